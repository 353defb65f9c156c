// lib/engine/internal/checkpoint_check.h: do the checkpoints hold together?
//
// Each is signed, and names the one of its process before it: so the newest
// that is held elsewhere vouches for all before it.
//
//   check.Start(stream);
//   for (const store::StoredEvent& stored : ...) check.Take(stored);
//   check.Close();
//   ...
//   check.Finish();     // names the processes that are gone

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_CHECKPOINT_CHECK_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_CHECKPOINT_CHECK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/engine/damage.h"
#include "lib/engine/signature_check.h"
#include "lib/store/event_store.h"

namespace careroute::engine::internal {

// Pure. Everything handed in must outlive it.
class CheckpointCheck {
 public:
  struct Options {
    SignatureCheck check;  // null: signatures are not looked at
    int64_t epoch = 1;     // of the store
    // Checkpoints of this store that are held elsewhere, all readable.
    const std::vector<model::v1::SignedCheckpoint>& witnesses;
    std::function<void(const Damage&)> found;
  };
  explicit CheckpointCheck(const Options& options);

  void Start(const store::StreamId& stream);
  void Take(const store::StoredEvent& stored);
  void Close();
  void Finish();

 private:
  struct Held {
    std::string hash;  // SHA-256 of the signed bytes
    int64_t epoch = 0;
  };
  using HeldOfProcess = std::map<int64_t, Held>;  // by number

  void CheckSignature(const model::v1::SignedCheckpoint& checkpoint,
                      int64_t version);
  void Find(int64_t version, DamageKind kind);
  // Those of `held` are not here: as `kind` says, or forgotten.
  void NameLost(const HeldOfProcess& held, int64_t version, DamageKind kind);

  const Options options_;
  std::map<store::StreamId, HeldOfProcess> held_;  // and not yet met
  HeldOfProcess here_;                             // of the stream walked
  store::StreamId stream_;
  int64_t version_ = 0;
  std::string previous_;  // SHA-256 of the checkpoint before
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_CHECKPOINT_CHECK_H_

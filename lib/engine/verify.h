// lib/engine/verify.h: are the records whole?
//
// Walks the chain of every stream and holds it against its head and against
// what the signed checkpoints witnessed: finds any entry changed, swapped or
// removed, and any cut before the last checkpoint. A store whose last
// checkpoints were cut with the entries is whole in itself; checkpoints held
// elsewhere show that too. Others may write meanwhile; what they add is
// verified as far as it is seen.
//
//   Verifier verifier({.store = store, .check = SignedBy(signer)});
//   verifier.VerifyAll(done);

#ifndef CAREROUTE_LIB_ENGINE_VERIFY_H_
#define CAREROUTE_LIB_ENGINE_VERIFY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/damage.h"
#include "lib/engine/signature_check.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Damages named at most: the first ones tell where to look.
inline constexpr size_t kDamagesMax = 100;

// Witnessed heads held at once, at 64 bytes each; a store with more is read
// once more for each so many.
inline constexpr size_t kHeadsAtOnce = 1000000;

struct Verification {
  int64_t verified = 0;           // entries
  int64_t not_yet_witnessed = 0;  // of them, newer than the last checkpoint
  std::vector<Damage> damages;
  // Lost when a backup was put back; no more of them is named either.
  std::vector<Damage> forgotten;
};

// Thread-safe. Everything handed in must outlive it, and it every call.
class Verifier {
 public:
  struct Options {
    store::Store& store;
    // Null: the signatures of checkpoints are not looked at.
    SignatureCheck check = nullptr;
    // Checkpoints of this store that are held elsewhere, and genuine: see
    // witness_file.h. The newest of a process vouches for those before it.
    std::vector<model::v1::SignedCheckpoint> witnesses = {};
    size_t heads_at_once = kHeadsAtOnce;  // above 0
    // Of VerifyAll, now and then, from the store's executor: entries verified,
    // and about how many there are. May be null.
    std::function<void(int64_t verified, int64_t total)> progress = nullptr;
  };
  explicit Verifier(Options options) : options_(std::move(options)) {}

  void VerifyStream(store::StreamId stream, base::Done<Verification> done);
  void VerifyAll(base::Done<Verification> done);

 private:
  const Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_VERIFY_H_

// lib/engine/checkpoints.h: signed statements of how far every stream is.
//
// A chain shows a change in its middle, not a cut at its end. Once a second,
// when anything was written, the process signs the heads of the streams it
// wrote since, chained to its checkpoint before. Whoever holds a checkpoint
// elsewhere can show a cut.
//
//   checkpoints.Observe(commit);    // from the store's commit listener
//   checkpoints.Sign(done);         // once a second

#ifndef CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_
#define CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/base/uid.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"

namespace careroute::engine {

inline constexpr absl::Duration kCheckpointEvery = absl::Seconds(1);

// Streams named by one checkpoint at most; the rest comes with the next.
inline constexpr size_t kHeadsPerCheckpointMax = 10000;

// Thread-safe. Everything handed in must outlive it.
class Checkpoints {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    const registry::Signer& signer;
    base::Uid process;
  };
  explicit Checkpoints(const Options& options);

  // Notes the newest head of a stream. Checkpoints themselves are left out.
  void Observe(const store::StreamHead& head);

  // Signs and stores what was observed since; OK and no write when nothing
  // was. After a failure what was observed is kept for the next. Asked while
  // one is under way, it signs after it what came meanwhile.
  void Sign(base::DoneStatus done);

  // The newest this process has signed and stored, to be shown to others; none
  // before the first.
  [[nodiscard]] std::optional<model::v1::SignedCheckpoint> Newest();

 private:
  using Heads = std::map<store::StreamId, store::StreamHead>;

  [[nodiscard]] Heads TakeObserved();
  void GiveBack(Heads heads);
  [[nodiscard]] std::string MakeSigned(const Heads& heads) const;
  void Resolve(base::DoneStatus done);
  void SignObserved(base::DoneStatus done);
  void Finish(base::DoneStatus done, absl::Status status);

  store::Store& store_;
  const base::Clock& clock_;
  const registry::Signer& signer_;
  const base::Uid process_;

  base::Mutex mutex_;
  Heads observed_ CAREROUTE_GUARDED_BY(mutex_);
  bool signing_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::vector<base::DoneStatus> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  std::optional<model::v1::SignedCheckpoint> newest_
      CAREROUTE_GUARDED_BY(mutex_);
  // Touched only by the one Sign under way.
  int64_t version_ = 0;
  std::string chain_head_;
  std::string previous_;
  // A write whose outcome is not known yet.
  struct Attempt {
    std::string chain_hash;
    std::string own_hash;
    std::string bytes;
  };
  void Keep(const Attempt& attempt);
  std::optional<Attempt> unresolved_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_

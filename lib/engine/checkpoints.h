// lib/engine/checkpoints.h: signed statements of how far every stream is.
//
// A chain shows a change in its middle, not a cut at its end. Once a second,
// when anything was written, the process signs the heads of the streams it
// wrote since, chained to its checkpoint before. Whoever holds a checkpoint
// elsewhere can show a cut.
//
// They are shown to other hubs with what is exchanged anyway; the newest one
// vouches for all before it, so no other needs to be shown.
//
//   checkpoints.Observe(commit);    // from the store's commit listener
//   checkpoints.Sign(done);         // once a second
//   checkpoints.Newest();           // for a hub that asks how far this one is

#ifndef CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_
#define CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_

#include <cstdint>
#include <map>
#include <memory>
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

// Streams named by a checkpoint that is shown to another hub at most: what is
// signed for each batch stays small, at some 60 bytes a stream.
inline constexpr size_t kHeadsShownMax = 500;

// A checkpoint as another hub may see it. Immutable.
struct ShownCheckpoint {
  int64_t sequence = 0;  // of this process, from 1
  model::v1::SignedCheckpoint checkpoint;
};

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
  // One with many heads is followed by one with none, to be shown.
  void Sign(base::DoneStatus done);

  // The newest one that is durable and small enough to be shown; null before
  // the first.
  [[nodiscard]] std::shared_ptr<const ShownCheckpoint> Newest() const;

 private:
  using Heads = std::map<store::StreamId, store::StreamHead>;
  // A checkpoint that was written, or whose outcome is not known yet.
  struct Attempt {
    Heads heads;
    std::string chain_hash;
    std::string own_hash;
    // None when it is too large to be shown.
    std::shared_ptr<const ShownCheckpoint> shown;
  };

  [[nodiscard]] Heads TakeObserved();
  void GiveBack(Heads heads);
  [[nodiscard]] model::v1::SignedCheckpoint MakeSigned(
      const Heads& heads) const;
  void Resolve(base::DoneStatus done);
  void SignObserved(base::DoneStatus done);
  void Write(Heads heads, base::DoneStatus done);
  // The next one follows it.
  void Follow(int64_t version, Attempt written);
  void Finish(base::DoneStatus done, absl::Status status);

  store::Store& store_;
  const base::Clock& clock_;
  const registry::Signer& signer_;
  const base::Uid process_;

  mutable base::Mutex mutex_;
  Heads observed_ CAREROUTE_GUARDED_BY(mutex_);
  bool signing_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::vector<base::DoneStatus> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  std::shared_ptr<const ShownCheckpoint> newest_ CAREROUTE_GUARDED_BY(mutex_);
  // Touched only by the one Sign under way.
  int64_t version_ = 0;
  std::string chain_head_;
  std::string previous_;
  // The last one was too large to be shown: a small one is to follow.
  bool owes_shown_ = false;
  std::optional<Attempt> unresolved_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CHECKPOINTS_H_

// lib/exchange/comparison.h: a hub that was put back from a backup finds its
// place among the others again.
//
// Its store is of a new epoch: whatever was acknowledged after the backup is
// forgotten here and known elsewhere. With each peer it goes through all the
// referrals they share. It gets its own halves back, and both have sent again
// what the other has not taken. Until it has its halves the peer's lane is
// held, so that nothing is written to a half that is shared with it: an
// envelope number is used once. Then that is recorded in the peer's stream.
//
//   lanes.Hold(LaneOf("east"));
//   comparison.Start("east");

#ifndef CAREROUTE_LIB_EXCHANGE_COMPARISON_H_
#define CAREROUTE_LIB_EXCHANGE_COMPARISON_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/engine/held_lanes.h"
#include "lib/exchange/halves.h"
#include "lib/exchange/peer_streams.h"
#include "lib/exchange/transport.h"

namespace careroute::exchange {

inline constexpr absl::Duration kCompareWithin = absl::Seconds(30);
// After a pass that failed or brought nothing; the longest when the peer is
// away for long.
inline constexpr absl::Duration kCompareAgain = absl::Seconds(5);
inline constexpr absl::Duration kCompareAgainMax = absl::Minutes(10);

// Thread-safe. Everything handed in must outlive it, and it what it asked for.
class Comparison {
 public:
  struct Options {
    std::string hub_id;  // this hub
    int64_t epoch = 1;   // of this hub's store
    const base::Clock& clock;
    base::Executor& executor;
    engine::MarksSource& marks;
    Halves& halves;
    PeerStreams& streams;
    Transport& transport;
    engine::HeldLanes& lanes;
  };
  explicit Comparison(Options options) : options_(std::move(options)) {}

  // Whether a hub with a store of that epoch has forgotten anything: one of the
  // first has not.
  [[nodiscard]] static bool IsNeeded(int64_t epoch) { return epoch > 1; }

  // Compares, unless that was done in this epoch, and releases the hub's lane.
  void Start(const std::string& hub);

  // Why the hub's lane is held still, in words; empty = it is not.
  [[nodiscard]] std::string ProblemOf(absl::string_view hub) const;

 private:
  struct Pass;
  using PassPtr = std::shared_ptr<Pass>;

  void Begin(const std::string& hub);
  void NextPage(const PassPtr& pass);
  void Ask(const PassPtr& pass, engine::MarksPage page);
  void TakeAnswer(const PassPtr& pass, v1::CompareResponse answer);
  void NextOwed(const PassPtr& pass);
  void Adopt(const PassPtr& pass, const Owed& owed);
  void SendAgain(const PassPtr& pass, const Owed& owed);
  void EndPass(const PassPtr& pass);
  void Record(const PassPtr& pass);
  void Release(const std::string& hub);
  // The whole pass again, later each time.
  void Fail(const std::string& hub, const std::string& problem);
  void Again(const std::string& hub, absl::Duration wait);

  const Options options_;
  mutable base::Mutex mutex_;
  struct Trying {
    int failed = 0;  // passes in a row
    std::string problem;
  };
  // Hubs whose lane is held.
  std::map<std::string, Trying, std::less<>> trying_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_COMPARISON_H_

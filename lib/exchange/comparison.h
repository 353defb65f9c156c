// lib/exchange/comparison.h: a hub that was put back from a backup finds its
// place among the others again.
//
// Its store is of a new epoch: whatever was acknowledged after the backup is
// forgotten here and known elsewhere. First it learns from every peer which
// cases moved, and asks again whom it asked before another one gave something
// back; until then the fence is up, and no case is written to. Then it
// goes with each peer through all the referrals they share: before, a half
// might be one of a case that is not this hub's any more. It gets its own
// halves back, and both have sent again what the other has not taken. Until it
// has its halves the peer's lane is held, so that nothing is written to a half
// that is shared with it: an envelope number is used once. Then that is
// recorded in the peer's stream.
//
//   lanes.Hold(LaneOf("east"));
//   fence.Hold(LaneOf("east"));
//   comparison.Start("east");

#ifndef CAREROUTE_LIB_EXCHANGE_COMPARISON_H_
#define CAREROUTE_LIB_EXCHANGE_COMPARISON_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/engine/case_fence.h"
#include "lib/engine/held_lanes.h"
#include "lib/exchange/case_comparison.h"
#include "lib/exchange/halves.h"
#include "lib/exchange/peer_streams.h"
#include "lib/exchange/transport.h"

namespace careroute::exchange {

// After a pass that failed or brought nothing; the longest when the peer is
// away for long, and while the fence is up: families wait then.
inline constexpr absl::Duration kCompareAgain = absl::Seconds(5);
inline constexpr absl::Duration kCompareAgainMax = absl::Minutes(10);
inline constexpr absl::Duration kFencedAgainMax = absl::Minutes(1);

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
    ReturnedCases& cases;
    PeerStreams& streams;
    Transport& transport;
    engine::HeldLanes& lanes;
    engine::CaseFence& fence;
  };
  explicit Comparison(Options options);

  // Whether a hub with a store of that epoch has forgotten anything: one of the
  // first has not.
  [[nodiscard]] static bool IsNeeded(int64_t epoch) { return epoch > 1; }

  // Compares, unless that was done in this epoch, and releases the hub's lane
  // and its end of the fence.
  void Start(const std::string& hub);

  // Why the hub's lane is held still, in words; empty = it is not.
  [[nodiscard]] std::string ProblemOf(absl::string_view hub) const;

 private:
  struct Pass;
  using PassPtr = std::shared_ptr<Pass>;

  void Begin(const std::string& hub);
  void CompareCases(const std::string& hub);
  void TakeCases(const std::string& hub, std::vector<base::Uid> lost);
  // Goes on with the referrals of every hub, once the fence is down.
  void LiftFence(const std::string& hub);
  void BeginReferrals(const std::string& hub);
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
  CaseComparison cases_;
  mutable base::Mutex mutex_;
  // How far it is with a hub.
  enum class Stage : std::uint8_t { kCases, kWaits, kReferrals };
  struct Trying {
    Stage stage = Stage::kCases;
    int failed = 0;     // passes in a row
    int64_t began = 0;  // what had been taken back when it was asked of cases
    std::string problem;
    std::vector<base::Uid> lost_cases;
  };
  // Hubs whose lane is held.
  std::map<std::string, Trying, std::less<>> trying_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_COMPARISON_H_

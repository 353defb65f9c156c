// lib/exchange/comparison.h: a hub that was put back from a backup finds its
// place among the others again.
//
// Its store is of a new epoch: whatever was acknowledged after the backup is
// forgotten here and known elsewhere. With each peer it goes through all the
// referrals they share, in passes, until nothing is owed:
//   - first it gets its own halves back. Until it has them, nothing is sent to
//     that peer, nothing of it is taken, and nothing is written to a half that
//     is shared with it: IsOpen is false. An envelope number is used once.
//   - then both send again what the other has not taken, and a last pass sees
//     that it arrived.
// What was found is recorded in the peer's stream, so that a restart goes on.
//
//   comparison.Start("east");
//   if (!comparison.IsOpen("east")) return Later();

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
#include "lib/exchange/halves.h"
#include "lib/exchange/peer_streams.h"

namespace careroute::exchange {

inline constexpr absl::Duration kCompareWithin = absl::Seconds(30);
// Between two passes: time for what is sent again to arrive.
inline constexpr absl::Duration kCompareAgain = absl::Seconds(5);
// After a pass that failed; the peer may be away for long.
inline constexpr absl::Duration kCompareAgainMax = absl::Minutes(10);
// Passes after which nothing moved: what is left was refused, and is for people
// to see to. With the time between them, half an hour.
inline constexpr int kIdlePassesMax = 360;

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
    CompareTransport& transport;
    // Called once own halves are whole again: sender and receiver go on.
    std::function<void(const std::string& hub)> opened;
    // A referral that is for people to see to. May repeat.
    std::function<void(const std::string& hub, const Owed& owed)> trouble;
  };
  explicit Comparison(Options options) : options_(std::move(options)) {}

  // Reads what was compared before, and goes on where it has to. A store of the
  // first epoch has forgotten nothing.
  void Start(const std::string& hub);

  // Whether own halves shared with the hub are whole. False before Start has
  // found out.
  [[nodiscard]] bool IsOpen(absl::string_view hub) const;

  // Why the last pass did not come to its end, in words; empty = it did.
  [[nodiscard]] std::string ProblemOf(absl::string_view hub) const;

 private:
  struct Pass;
  using PassPtr = std::shared_ptr<Pass>;

  void Open(const std::string& hub);
  void Begin(const std::string& hub, int idle, int64_t owed_before);
  void NextPage(const PassPtr& pass);
  void Ask(const PassPtr& pass, engine::MarksPage page);
  void TakeAnswer(const PassPtr& pass, v1::CompareResponse answer);
  void NextOwed(const PassPtr& pass);
  void Adopt(const PassPtr& pass, const Owed& owed);
  void SendAgain(const PassPtr& pass, const Owed& owed);
  void EndPass(const PassPtr& pass);
  void EndSettling(const PassPtr& pass);
  void Record(const PassPtr& pass, bool settled, std::function<void()> then);
  void Fail(const PassPtr& pass, const absl::Status& status);

  const Options options_;
  mutable base::Mutex mutex_;
  std::map<std::string, bool, std::less<>> open_ CAREROUTE_GUARDED_BY(mutex_);
  struct Trying {
    int failed = 0;  // passes in a row
    std::string problem;
  };
  std::map<std::string, Trying, std::less<>> trying_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_COMPARISON_H_

// services/core/sandbox_clock.h: a sandbox's time, and who moves it.
//
// Moving the clock steps from due time to due time: what falls due on the way
// happens at its own time and in order, before the answer. Between moves the
// clock stands still, but messages between cases still arrive and checkpoints
// are still signed.
//
//   SandboxClock sandbox({.engine = engine, .clock = clock, ...});
//   sandbox.AddMethods(pipeline);
//   sandbox.RunInBackground();

#ifndef CAREROUTE_SERVICES_CORE_SANDBOX_CLOCK_H_
#define CAREROUTE_SERVICES_CORE_SANDBOX_CLOCK_H_

#include <atomic>
#include <deque>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "lib/api/pipeline.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/engine/engine.h"
#include "services/core/clock_file.h"

namespace careroute::services {

// The longest move: nobody lives longer, and a mistake in units shows.
inline constexpr absl::Duration kMoveMax = absl::Hours(24 * 36525);

// Thread-safe. Everything handed in must outlive it. Destroy it once the
// executors have stopped.
class SandboxClock {
 public:
  struct Options {
    engine::Engine& engine;
    base::VirtualClock& clock;
    base::Executor& executor;
    base::Executor& io_executor;  // for the file
    std::string file;             // empty = not kept
    ClockState state;             // as it was loaded
  };
  explicit SandboxClock(Options options);

  // GetClock and AdvanceClock.
  void AddMethods(api::Pipeline& pipeline);

  // Delivers messages, fires what became due by itself, signs checkpoints.
  void RunInBackground();
  void Stop();

 private:
  struct Move;
  using MovePtr = std::shared_ptr<Move>;

  // One at a time: a sweep, or a move with all its sweeps.
  // False when too many wait.
  [[nodiscard]] bool Enter(base::Task job);
  void Leave();

  void Advance(const api::CallPtr& call,
               const testing::v1::AdvanceClockRequest& request,
               base::Done<api::Served> done);
  void Begin(const MovePtr& move);
  void Take(const MovePtr& move);
  void Step(const MovePtr& move);
  void StepTo(const MovePtr& move, absl::Time time, bool last);
  void Finish(const MovePtr& move, absl::Status status);
  void Save(base::DoneStatus done);
  [[nodiscard]] ClockMove* FindMove(const std::string& request_id);

  void SweepLater();
  void SignLater();

  const Options options_;
  std::atomic<bool> stopped_{false};
  // Touched only by the job that has entered.
  ClockState state_;
  base::Mutex mutex_;
  bool busy_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::deque<base::Task> waiting_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_SANDBOX_CLOCK_H_

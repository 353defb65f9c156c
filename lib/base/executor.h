// lib/base/executor.h: where work runs, as something that is handed in.
//
// Nothing in lib/ starts a thread. A hub hands in a pool of threads, tests and
// the simulator a ManualExecutor that runs on the calling thread, in the order
// of posting, under a virtual clock.
//
//   executor.Post([] { ... });
//   executor.PostAt(clock.Now() + absl::Seconds(5), [] { ... });

#ifndef CAREROUTE_LIB_BASE_EXECUTOR_H_
#define CAREROUTE_LIB_BASE_EXECUTOR_H_

#include <cstdint>
#include <deque>
#include <map>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"

namespace careroute::base {

using Task = absl::AnyInvocable<void()>;

// Thread-safe. A task runs exactly once, on some thread of the executor, never
// inside Post itself. Tasks still queued when the executor is destroyed are
// destroyed without running.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void Post(Task task) = 0;
  // Runs `task` once the executor's clock has reached `when`. There is no
  // cancellation: a task that may have become pointless checks for itself.
  virtual void PostAt(absl::Time when, Task task) = 0;
};

// A deterministic executor: one thread, the caller's. Thread-safe to post to;
// the Run functions must be called from one thread at a time.
class ManualExecutor final : public Executor {
 public:
  // `clock` must outlive the executor.
  explicit ManualExecutor(VirtualClock& clock) : clock_(clock) {}

  void Post(Task task) override;
  void PostAt(absl::Time when, Task task) override;

  // Runs what is ready, including what that posts, until nothing is ready.
  // Returns how many tasks ran.
  int64_t RunReady();

  // Moves the clock from due task to due task up to `until`, running each
  // where it falls due, and leaves the clock at `until`.
  int64_t RunUntil(absl::Time until);

 private:
  [[nodiscard]] bool TakeReady(Task& task);

  VirtualClock& clock_;
  Mutex mutex_;
  std::deque<Task> ready_ CAREROUTE_GUARDED_BY(mutex_);
  // Keyed by (when, order of posting), so that equal times keep their order.
  std::map<std::pair<absl::Time, int64_t>, Task> timed_
      CAREROUTE_GUARDED_BY(mutex_);
  int64_t posted_ CAREROUTE_GUARDED_BY(mutex_) = 0;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_EXECUTOR_H_

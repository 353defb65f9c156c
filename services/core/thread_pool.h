// services/core/thread_pool.h: the threads of a hub.
//
// The only place of a hub where threads start. Work runs on a fixed number of
// them; one more waits for the tasks of PostAt.
//
//   ThreadPool pool({.clock = clock, .threads = 4});
//   pool.Post([] { ... });
//   pool.Stop();  // before what the tasks use is destroyed

#ifndef CAREROUTE_SERVICES_CORE_THREAD_POOL_H_
#define CAREROUTE_SERVICES_CORE_THREAD_POOL_H_

#include <cstdint>
#include <deque>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"

namespace careroute::services {

// Thread-safe. The destructor stops it.
class ThreadPool final : public base::Executor {
 public:
  struct Options {
    // Whose time PostAt speaks of. A wait is as long as from its Now() to the
    // time asked for, measured in real time: so the hub's own housekeeping
    // goes on in a sandbox whose clock stands still. Must outlive the pool.
    const base::Clock& clock;
    // 1 to 256.
    int threads = 1;
  };
  explicit ThreadPool(const Options& options);
  ~ThreadPool() override;

  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // After Stop both destroy the task without running it.
  void Post(base::Task task) override;
  void PostAt(absl::Time when, base::Task task) override;

  // Waits for the tasks that run now and drops those that wait. Not from a
  // task of this pool; a second call does nothing.
  void Stop();

 private:
  void Work();
  void KeepTime();

  const base::Clock& clock_;
  base::Mutex mutex_;
  base::CondVar work_comes_;
  base::CondVar timers_change_;
  bool stopping_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::deque<base::Task> ready_ CAREROUTE_GUARDED_BY(mutex_);
  // By (monotonic time, order of posting): equal times keep their order.
  std::map<std::pair<absl::Duration, int64_t>, base::Task> timed_
      CAREROUTE_GUARDED_BY(mutex_);
  int64_t posted_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::vector<std::thread> threads_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_THREAD_POOL_H_

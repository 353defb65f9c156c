#include "services/core/thread_pool.h"

#include "lib/base/check.h"
#include "lib/base/real_clock.h"

namespace careroute::services {

ThreadPool::ThreadPool(const Options& options) : clock_(options.clock) {
  CAREROUTE_CHECK(options.threads > 0);
  for (int i = 0; i < options.threads; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
  threads_.emplace_back([this] { KeepTime(); });
}

ThreadPool::~ThreadPool() { Stop(); }

void ThreadPool::Post(base::Task task) {
  base::MutexLock lock(mutex_);
  if (stopping_) return;
  ready_.push_back(std::move(task));
  work_comes_.NotifyOne();
}

void ThreadPool::PostAt(absl::Time when, base::Task task) {
  const absl::Duration due = base::MonotonicTime() + (when - clock_.Now());
  base::MutexLock lock(mutex_);
  if (stopping_) return;
  timed_.emplace(std::pair(due, posted_++), std::move(task));
  timers_change_.NotifyOne();
}

void ThreadPool::Stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
    work_comes_.NotifyAll();
    timers_change_.NotifyAll();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  // Dropped outside the lock: what a task holds may post as it goes.
  std::deque<base::Task> ready;
  std::map<std::pair<absl::Duration, int64_t>, base::Task> timed;
  {
    base::MutexLock lock(mutex_);
    ready.swap(ready_);
    timed.swap(timed_);
  }
}

void ThreadPool::Work() {
  while (true) {
    base::Task task;
    {
      base::MutexLock lock(mutex_);
      while (ready_.empty() && !stopping_) work_comes_.Wait(mutex_);
      if (stopping_) return;
      task = std::move(ready_.front());
      ready_.pop_front();
    }
    task();
  }
}

void ThreadPool::KeepTime() {
  base::MutexLock lock(mutex_);
  while (!stopping_) {
    if (timed_.empty()) {
      timers_change_.Wait(mutex_);
      continue;
    }
    const absl::Duration wait =
        timed_.begin()->first.first - base::MonotonicTime();
    if (wait > absl::ZeroDuration()) {
      timers_change_.WaitFor(mutex_, wait);
      continue;
    }
    ready_.push_back(std::move(timed_.begin()->second));
    timed_.erase(timed_.begin());
    work_comes_.NotifyOne();
  }
}

}  // namespace careroute::services

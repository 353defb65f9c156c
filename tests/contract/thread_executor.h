// tests/contract/thread_executor.h: a real pool of threads, for one test.
//
// What one thread at a time cannot show. Worth most under the thread sanitizer.
//
//   ThreadExecutor executor(6);
//   ...
//   executor.Join();   // everything has run

#ifndef CAREROUTE_TESTS_CONTRACT_THREAD_EXECUTOR_H_
#define CAREROUTE_TESTS_CONTRACT_THREAD_EXECUTOR_H_

#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"

namespace careroute::tests {

// Thread-safe. Time stands still: what is posted for later never runs.
class ThreadExecutor final : public base::Executor {
 public:
  explicit ThreadExecutor(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }
  ~ThreadExecutor() override { Join(); }

  void Post(base::Task task) override {
    base::MutexLock lock(mutex_);
    tasks_.push_back(std::move(task));
    changed_.NotifyOne();
  }
  void PostAt(absl::Time, base::Task) override {}

  // Waits until every task has run, those they posted included.
  void Join() {
    {
      base::MutexLock lock(mutex_);
      ending_ = true;
      changed_.NotifyAll();
    }
    for (std::thread& thread : threads_) {
      if (thread.joinable()) {
        thread.join();
      }
    }
  }

 private:
  void Work() {
    base::Task task;
    while (Take(task)) {
      task();
      task = nullptr;
      base::MutexLock lock(mutex_);
      --running_;
      changed_.NotifyAll();
    }
  }
  bool Take(base::Task& task) {
    base::MutexLock lock(mutex_);
    while (tasks_.empty()) {
      if (ending_ && running_ == 0) {
        return false;
      }
      changed_.Wait(mutex_);
    }
    task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    return true;
  }

  base::Mutex mutex_;
  base::CondVar changed_;
  std::deque<base::Task> tasks_ CAREROUTE_GUARDED_BY(mutex_);
  int running_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool ending_ CAREROUTE_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_CONTRACT_THREAD_EXECUTOR_H_

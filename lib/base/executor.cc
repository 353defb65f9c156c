#include "lib/base/executor.h"

#include <optional>

namespace careroute::base {

void ManualExecutor::Post(Task task) {
  MutexLock lock(mutex_);
  ready_.push_back(std::move(task));
}

void ManualExecutor::PostAt(absl::Time when, Task task) {
  MutexLock lock(mutex_);
  timed_.emplace(std::pair(when, posted_++), std::move(task));
}

bool ManualExecutor::TakeReady(Task& task) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  while (!timed_.empty() && timed_.begin()->first.first <= now) {
    ready_.push_back(std::move(timed_.begin()->second));
    timed_.erase(timed_.begin());
  }
  if (ready_.empty()) {
    return false;
  }
  task = std::move(ready_.front());
  ready_.pop_front();
  return true;
}

int64_t ManualExecutor::RunReady() {
  int64_t ran = 0;
  for (Task task; TakeReady(task); ++ran) {
    task();
    task = nullptr;  // what it captured goes before the next one runs
  }
  return ran;
}

int64_t ManualExecutor::RunUntil(absl::Time until) {
  int64_t ran = RunReady();
  while (true) {
    std::optional<absl::Time> next;
    {
      MutexLock lock(mutex_);
      if (!timed_.empty()) {
        next = timed_.begin()->first.first;
      }
    }
    if (!next.has_value() || *next > until) {
      break;
    }
    clock_.AdvanceTo(*next);
    ran += RunReady();
  }
  clock_.AdvanceTo(until);
  return ran;
}

}  // namespace careroute::base

#include "bindings/c/internal/deadlines.h"

#include <vector>

#include "lib/base/real_clock.h"

namespace careroute::bindings {

Deadlines::Number Deadlines::Add(absl::Duration timeout, base::Task over) {
  const absl::Duration due = base::MonotonicTime() + timeout;
  if (due == absl::InfiniteDuration()) return {due, 0};
  base::MutexLock lock(mutex_);
  const Number number(due, ++given_);
  waiting_.emplace(number, std::move(over));
  Arm();
  return number;
}

void Deadlines::Remove(const Number& number) {
  base::Task removed;  // goes after the lock: what it holds may come back here
  base::MutexLock lock(mutex_);
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  removed = std::move(found->second);
  waiting_.erase(found);
}

void Deadlines::Arm() {
  if (waiting_.empty()) return;
  const absl::Duration due = waiting_.begin()->first.first;
  if (!looks_.empty() && *looks_.begin() <= due) return;
  looks_.insert(due);
  options_.executor.PostAt(options_.clock.Now() + (due - base::MonotonicTime()),
                           [this, due] { Sweep(due); });
}

void Deadlines::Sweep(absl::Duration due) {
  std::vector<base::Task> over;
  {
    base::MutexLock lock(mutex_);
    looks_.erase(due);
    const absl::Duration now = base::MonotonicTime();
    while (!waiting_.empty() && waiting_.begin()->first.first <= now) {
      over.push_back(std::move(waiting_.begin()->second));
      waiting_.erase(waiting_.begin());
    }
    Arm();
  }
  for (base::Task& task : over) task();
}

}  // namespace careroute::bindings

#include "lib/testing/hub_life.h"

namespace careroute::testing {

void HubLife::Post(base::Task task) {
  if (!ended_) executor_.Post(Running(std::move(task)));
}

void HubLife::PostAt(absl::Time when, base::Task task) {
  if (!ended_) executor_.PostAt(when - ahead_, Running(std::move(task)));
}

void HubLife::PostIn(absl::Duration after, base::Task task) {
  if (after == absl::ZeroDuration()) return Post(std::move(task));
  if (!ended_) {
    executor_.PostAt(clock_.Now() + after, Running(std::move(task)));
  }
}

base::DoneStatus HubLife::WrapStatus(base::DoneStatus done,
                                     absl::Duration after) {
  return [self = shared_from_this(), after,
          done = std::move(done)](absl::Status answer) mutable {
    self->PostIn(
        after, [done = std::move(done), answer = std::move(answer)]() mutable {
          std::move(done)(std::move(answer));
        });
  };
}

// The executor holds a number only: what the task holds goes with this life,
// whatever still waits there.
base::Task HubLife::Running(base::Task task) {
  const Number number = next_++;
  waiting_.emplace(number, std::move(task));
  return [self = shared_from_this(), number] { self->Run(number); };
}

void HubLife::Run(Number number) {
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  base::Task task = std::move(found->second);
  waiting_.erase(found);
  task();
}

void HubLife::End() {
  ended_ = true;
  // What a task held may post as it goes: nothing comes of that.
  const std::map<Number, base::Task> dropped = std::move(waiting_);
  waiting_.clear();
}

}  // namespace careroute::testing

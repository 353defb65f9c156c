#include "bindings/c/internal/pending_call.h"

#include "lib/base/real_clock.h"

namespace careroute::bindings {

bool PendingCall::Complete(absl::StatusOr<std::string> reply) {
  std::optional<Answer> answer;
  {
    base::MutexLock lock(mutex_);
    if (std::exchange(answered_, true)) return false;
    if (!answer_.has_value()) {
      reply_ = std::move(reply);
      told_.NotifyAll();
      return true;
    }
    answer.emplace(*TakeAnswer(answer_));
  }
  std::move (*answer)({.reply = std::move(reply)});
  return true;
}

void PendingCall::Abandon(absl::Status why, Leaving leaving) {
  if (Complete(std::move(why))) Leave(*call_, leaving);
}

std::optional<absl::StatusOr<std::string>> PendingCall::Wait(
    absl::Duration timeout) {
  const absl::Duration end = base::MonotonicTime() + timeout;
  base::MutexLock lock(mutex_);
  while (!answered_) {
    const absl::Duration left = end - base::MonotonicTime();
    if (left <= absl::ZeroDuration()) return std::nullopt;
    told_.WaitFor(mutex_, left);
  }
  return std::exchange(reply_, std::nullopt);
}

uint64_t PendingCalls::Add(PendingCallPtr call) {
  base::MutexLock lock(mutex_);
  if (cut_) return 0;
  calls_.emplace(++given_, std::move(call));
  return given_;
}

void PendingCalls::Remove(uint64_t number) {
  PendingCallPtr removed;  // goes after the lock
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(number);
  if (found == calls_.end()) return;
  removed = std::move(found->second);
  calls_.erase(found);
}

PendingCallPtr PendingCalls::Find(uint64_t number) {
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(number);
  return found == calls_.end() ? nullptr : found->second;
}

void PendingCalls::Cut(const absl::Status& why) {
  std::unordered_map<uint64_t, PendingCallPtr> calls;
  {
    base::MutexLock lock(mutex_);
    cut_ = true;
    calls.swap(calls_);
  }
  for (const auto& [number, call] : calls) {
    call->Abandon(why, Leaving::kCancelled);
  }
}

}  // namespace careroute::bindings

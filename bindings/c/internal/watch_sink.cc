#include "bindings/c/internal/watch_sink.h"

#include <utility>

#include "lib/api/status.h"
#include "lib/base/real_clock.h"
#include "services/core/live_calls.h"

namespace careroute::bindings {
namespace {

absl::Status CallerGone() {
  return absl::CancelledError("the caller has gone");
}

absl::Status ReadAlready() {
  return absl::FailedPreconditionError(
      "watch: another reader waits for its next message");
}

Answered Nothing() {
  return {.reply = absl::DeadlineExceededError("no message came in this time")};
}

}  // namespace

// --- The method's side -------------------------------------------------------

void WatchSink::Write(std::string message, base::DoneStatus written) {
  bool taken = false;
  {
    base::MutexLock lock(mutex_);
    taken = !gone_ && !finished_;
    if (taken) {
      messages_.push_back(std::move(message));
      something_.NotifyAll();
    }
    if (taken && messages_.size() >= kMessagesAheadMax) {
      held_ = std::exchange(written, nullptr);
    }
  }
  if (!taken) return std::move(written)(CallerGone());
  if (written != nullptr) Acknowledge(std::move(written));
  Tell();
}

void WatchSink::Finish(absl::Status status) {
  // What waits for the caller to go holds this sink: it must not stay.
  absl::AnyInvocable<void()> never;
  bool parted = false;
  {
    base::MutexLock lock(mutex_);
    if (std::exchange(finished_, true)) return;
    parted = gone_;
    if (!end_.has_value()) end_ = api::Presentable(status);
    never = std::exchange(on_gone_, nullptr);
    something_.NotifyAll();
  }
  // A method that hears its caller go finishes within Part, on the thread of
  // whoever cancels: who parted them tells, where it may.
  if (!parted) Tell();
  options_.on_finished();
}

void WatchSink::OnCancel(absl::AnyInvocable<void()> gone) {
  {
    base::MutexLock lock(mutex_);
    if (!gone_) {
      on_gone_ = std::move(gone);
      return;
    }
  }
  gone();
}

// A method that would go on at once, within its Write, would call itself for
// each message of a batch.
void WatchSink::Acknowledge(base::DoneStatus written) {
  // Refused only once the hub has stopped: nobody waits for the word then.
  static_cast<void>(
      options_.poster->Post([written = std::move(written)]() mutable {
        std::move(written)(absl::OkStatus());
      }));
}

base::DoneStatus WatchSink::TakeHeld() {
  if (held_ == nullptr || messages_.size() >= kMessagesAheadMax) return nullptr;
  return std::exchange(held_, nullptr);
}

// --- The reader's side -------------------------------------------------------

std::optional<Answered> WatchSink::TakeLocked() {
  if (!messages_.empty()) {
    Answered next{.reply = std::move(messages_.front())};
    messages_.pop_front();
    return next;
  }
  if (!end_.has_value()) return std::nullopt;
  if (end_->ok()) return Answered{.reply = std::string(), .ended = true};
  return Answered{.reply = *end_, .ended = true};
}

std::optional<Answered> WatchSink::Take() {
  std::optional<Answered> taken;
  base::DoneStatus room;
  {
    base::MutexLock lock(mutex_);
    if (waits_ || reader_.has_value()) return Answered{.reply = ReadAlready()};
    taken = TakeLocked();
    room = TakeHeld();
  }
  if (room != nullptr) Acknowledge(std::move(room));
  return taken;
}

Answered WatchSink::Wait(absl::Duration timeout) {
  const absl::Duration end = base::MonotonicTime() + timeout;
  std::optional<Answered> taken;
  base::DoneStatus room;
  {
    base::MutexLock lock(mutex_);
    if (waits_ || reader_.has_value()) return {.reply = ReadAlready()};
    waits_ = true;
    while (true) {
      taken = TakeLocked();
      const absl::Duration left = end - base::MonotonicTime();
      if (taken.has_value() || left <= absl::ZeroDuration()) break;
      something_.WaitFor(mutex_, left);
    }
    waits_ = false;
    room = TakeHeld();
  }
  if (room != nullptr) Acknowledge(std::move(room));
  return taken.has_value() ? *std::move(taken) : Nothing();
}

Answered WatchSink::Start(Answer answer) {
  {
    base::MutexLock lock(mutex_);
    if (waits_ || reader_.has_value()) {
      answer.Release();
      return {.reply = ReadAlready()};
    }
    if (stopped_) {
      answer.Release();
      return {.reply = end_.has_value() && !end_->ok() ? *end_
                                                       : services::Draining(),
              .ended = true};
    }
    reader_.emplace(std::move(answer));
  }
  // Never within this function: what is there already is told by a thread of
  // the hub. While it stops, Stop tells.
  static_cast<void>(
      options_.poster->Post([self = shared_from_this()] { self->Tell(); }));
  return {.reply = std::string()};
}

void WatchSink::Tell() {
  std::optional<Answer> reader;
  std::optional<Answered> taken;
  base::DoneStatus room;
  {
    base::MutexLock lock(mutex_);
    if (!reader_.has_value()) return;
    taken = TakeLocked();
    if (!taken.has_value()) return;
    reader.emplace(*TakeAnswer(reader_));
    room = TakeHeld();
  }
  if (room != nullptr) Acknowledge(std::move(room));
  std::move (*reader)(*std::move(taken));
}

// --- From outside ------------------------------------------------------------

void WatchSink::Part(absl::Status why, Leaving leaving) {
  absl::AnyInvocable<void()> gone;
  base::DoneStatus unread;
  {
    base::MutexLock lock(mutex_);
    if (std::exchange(gone_, true)) return;
    if (!end_.has_value()) end_ = std::move(why);
    gone = std::exchange(on_gone_, nullptr);
    unread = std::exchange(held_, nullptr);
    something_.NotifyAll();
  }
  Leave(*options_.call, leaving);
  if (unread != nullptr) std::move(unread)(CallerGone());
  if (gone != nullptr) gone();
}

void WatchSink::Cancel() {
  Part(absl::CancelledError("the watch was cancelled"), Leaving::kCancelled);
  {
    base::MutexLock lock(mutex_);
    messages_.clear();  // once no other can come
  }
  // Not here: whoever cancels may hold what the callback takes.
  static_cast<void>(
      options_.poster->Post([self = shared_from_this()] { self->Tell(); }));
}

void WatchSink::Expire() {
  Part(absl::DeadlineExceededError("the deadline of the call is over"),
       Leaving::kExpired);
  Tell();
}

void WatchSink::Stop(const absl::Status& why) {
  Part(why, Leaving::kCancelled);
  {
    base::MutexLock lock(mutex_);
    stopped_ = true;
    messages_.clear();
  }
  Tell();
}

}  // namespace careroute::bindings

#include "bindings/c/internal/answer.h"

#include "bindings/c/internal/result.h"
#include "services/core/live_calls.h"

namespace careroute::bindings {
namespace {

thread_local bool in_callback = false;

// Restores what was: in a world callbacks run inside one another.
class CallbackScope {
 public:
  CallbackScope() : before_(std::exchange(in_callback, true)) {}
  ~CallbackScope() { in_callback = before_; }
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

 private:
  const bool before_;
};

}  // namespace

absl::Status CheckMayWait() {
  if (!in_callback) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "a callback must not wait: it runs on a thread that others need; use "
      "the function that starts, or another thread");
}

Answer::~Answer() {
  if (done_ == nullptr) return;
  std::move (*this)({.reply = services::Draining(), .ended = true});
}

void Answer::operator()(Answered answered) && {
  const careroute_done done = std::exchange(done_, nullptr);
  if (done == nullptr) return;
  careroute_result result;
  FillResult(std::move(answered), &result);
  const CallbackScope scope;
  done(context_, &result);
}

std::optional<Answer> TakeAnswer(std::optional<Answer>& from) {
  if (!from.has_value()) return std::nullopt;
  std::optional<Answer> taken(std::move(*from));
  from.reset();
  return taken;
}

}  // namespace careroute::bindings

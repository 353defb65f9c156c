// bindings/c/internal/answer.h: what is told to whoever asked, exactly once.
//
// A callback of another language waits for every answer that was started: one
// that never comes leaves a promise open for ever. So an Answer that is dropped
// unanswered (the hub stops with the task that held it) answers for itself.
//
//   Answer answer(done, context);
//   std::move(answer)({.reply = reply});

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_ANSWER_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_ANSWER_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "careroute/careroute.h"

namespace careroute::bindings {

// What came of a call, or of waiting for a watch's next message.
struct Answered {
  absl::StatusOr<std::string> reply;
  bool ended = false;  // of a watch: nothing comes any more
};

// For whatever waits: FAILED_PRECONDITION on a thread that is inside a
// callback, which must not.
[[nodiscard]] absl::Status CheckMayWait();

// A callback and its context. Move-only; for one thread at a time.
class Answer {
 public:
  Answer(careroute_done done, void* context) : done_(done), context_(context) {}
  ~Answer();

  Answer(Answer&& other) noexcept
      : done_(std::exchange(other.done_, nullptr)), context_(other.context_) {}
  Answer& operator=(Answer&& other) = delete;
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  void operator()(Answered answered) &&;

  // Nothing was started after all: the callback is not called.
  void Release() { done_ = nullptr; }

 private:
  careroute_done done_;
  void* context_;
};

// Takes the answer out, if there is one.
[[nodiscard]] std::optional<Answer> TakeAnswer(std::optional<Answer>& from);

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_ANSWER_H_

// bindings/c/internal/result.h: an answer in the shape that C reads.
//
//   return FillResult({.reply = std::move(bytes)}, result);

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_RESULT_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_RESULT_H_

#include <cerrno>
#include <new>
#include <utility>

#include "absl/status/status.h"
#include "bindings/c/internal/answer.h"
#include "careroute/careroute.h"

namespace careroute::bindings {

// Fills `result`, whatever was in it; null = only the code is told. What it
// then holds goes with careroute_result_free. Without memory for that it says
// RESOURCE_EXHAUSTED and holds nothing.
careroute_code FillResult(Answered answered, careroute_result* result) noexcept;
careroute_code FillResult(absl::Status status,
                          careroute_result* result) noexcept;

// What a filled result holds; null = nothing.
void FreeHeld(void* held) noexcept;

// The two answers that need no memory.
careroute_code FillNoMemory(careroute_result* result) noexcept;
careroute_code FillBroken(careroute_result* result) noexcept;

// Puts errno back: it belongs to the program around.
class KeptErrno {
 public:
  KeptErrno() = default;
  ~KeptErrno() { errno = before_; }
  KeptErrno(const KeptErrno&) = delete;
  KeptErrno& operator=(const KeptErrno&) = delete;

 private:
  const int before_ = errno;
};

// Runs a function of the ABI: nothing that is thrown below leaves it, and
// nothing of errno. `body` gives an Answered or an absl::Status.
template <typename Body>
careroute_code Guarded(careroute_result* result, Body&& body) noexcept {
  const KeptErrno kept;
  try {
    return FillResult(std::forward<Body>(body)(), result);
  } catch (const std::bad_alloc&) {
    return FillNoMemory(result);
  } catch (...) {
    return FillBroken(result);
  }
}

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_RESULT_H_

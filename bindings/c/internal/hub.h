// bindings/c/internal/hub.h: what the ABI needs of a hub and of a watch.
//
// A hub with threads of its own (EmbeddedHub) and a hub of a simulated world
// (WorldHub) are used through the same functions.

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_HUB_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_HUB_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bindings/c/internal/answer.h"
#include "lib/api/call.h"
#include "lib/api/method_table.h"

namespace careroute::bindings {

// What is asked, once it has passed the border.
struct Request {
  api::CallPtr call;  // with method and metadata
  std::string body;
  absl::Duration timeout = absl::InfiniteDuration();
};

// One reader at a time. As thread-safe as its hub.
class Watch {
 public:
  virtual ~Watch() = default;

  // Waits. DEADLINE_EXCEEDED, not ended, when nothing came in time;
  // FAILED_PRECONDITION, not ended, while another reader waits.
  [[nodiscard]] virtual Answered Next(absl::Duration timeout) = 0;
  // Unless the reply is OK the answer was not taken.
  [[nodiscard]] virtual Answered NextStart(Answer answer) = 0;
  // FAILED_PRECONDITION, and nothing is cancelled, while the thread of a world
  // is another; OK for one that is over.
  [[nodiscard]] virtual absl::Status Cancel() = 0;
};

class Hub {
 public:
  virtual ~Hub() = default;

  // Waits.
  [[nodiscard]] virtual absl::StatusOr<std::string> Call(Request request) = 0;
  // The number of the call. Unless OK the answer was not taken.
  [[nodiscard]] virtual absl::StatusOr<uint64_t> Start(Request request,
                                                       Answer answer) = 0;
  virtual void CancelCall(uint64_t call) = 0;
  [[nodiscard]] virtual absl::StatusOr<std::shared_ptr<Watch>> OpenWatch(
      Request request) = 0;

  [[nodiscard]] virtual absl::StatusOr<absl::Time> Now() = 0;
  [[nodiscard]] virtual absl::Status Advance(absl::Duration by) = 0;
  // A serialised careroute.config.v1.MethodList.
  [[nodiscard]] virtual absl::StatusOr<std::string> Methods() = 0;

  // Waits for running calls, for `drain` at most. Once.
  [[nodiscard]] virtual absl::Status Close(absl::Duration drain) = 0;
};

// The method of that name; UNIMPLEMENTED when there is none, or it streams and
// should not, or the other way round.
enum class Shape { kUnary, kStream };
[[nodiscard]] absl::StatusOr<const api::Method*> FindMethod(
    const api::MethodTable& table, const std::string& name, Shape shape);

// A serialised careroute.config.v1.MethodList.
[[nodiscard]] std::string MethodsOf(const api::MethodTable& table);

// Whoever waited for the call went, at its deadline or before.
enum class Leaving { kExpired, kCancelled };
void Leave(api::Call& call, Leaving why);

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_HUB_H_

// services/core/await.h: waiting for an asynchronous answer.
//
// For main and the commands, before a hub serves and while it stops: nothing
// else of a hub may wait.
//
//   absl::Status ready = AwaitStatus([&](base::DoneStatus done) {
//     engine.Start(std::move(done));
//   });

#ifndef CAREROUTE_SERVICES_CORE_AWAIT_H_
#define CAREROUTE_SERVICES_CORE_AWAIT_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/callback.h"
#include "lib/base/mutex.h"

namespace careroute::services {

// Calls `start` and waits until the Done it was given is called, which must
// happen on a thread of some pool, or at once.
template <typename T>
[[nodiscard]] absl::StatusOr<T> Await(
    absl::FunctionRef<void(base::Done<T>)> start) {
  struct Waiting {
    base::Mutex mutex;
    base::CondVar answered;
    std::optional<absl::StatusOr<T>> answer;
  };
  // Shared: the answering thread may still notify when the wait is over.
  auto waiting = std::make_shared<Waiting>();
  start([waiting](absl::StatusOr<T> answer) {
    base::MutexLock lock(waiting->mutex);
    waiting->answer = std::move(answer);
    waiting->answered.NotifyAll();
  });
  base::MutexLock lock(waiting->mutex);
  while (!waiting->answer.has_value()) waiting->answered.Wait(waiting->mutex);
  return *std::move(waiting->answer);
}

[[nodiscard]] inline absl::Status AwaitStatus(
    absl::FunctionRef<void(base::DoneStatus)> start) {
  return Await<bool>([start](base::Done<bool> done) {
           start([done = std::move(done)](absl::Status status) mutable {
             if (status.ok()) {
               std::move(done)(true);
             } else {
               std::move(done)(std::move(status));
             }
           });
         })
      .status();
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_AWAIT_H_

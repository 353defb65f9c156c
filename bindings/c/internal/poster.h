// bindings/c/internal/poster.h: the threads of a hub, while there are any.
//
// Watches and their sinks outlive the hub they belong to. What they have to run
// elsewhere goes through here, and is refused once the hub has stopped.
//
//   if (!poster.Post([] { ... })) ...

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_POSTER_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_POSTER_H_

#include <utility>

#include "lib/base/executor.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

// Thread-safe. The executor must live until Close.
class Poster {
 public:
  explicit Poster(base::Executor& executor) : executor_(&executor) {}

  // False once closed: the task is then destroyed and never runs.
  [[nodiscard]] bool Post(base::Task task) {
    base::MutexLock lock(mutex_);
    if (executor_ == nullptr) return false;
    executor_->Post(std::move(task));
    return true;
  }

  void Close() {
    base::MutexLock lock(mutex_);
    executor_ = nullptr;
  }

 private:
  base::Mutex mutex_;
  base::Executor* executor_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_POSTER_H_

// lib/engine/internal/stream_queue.h: one command a stream at a time.
//
//   if (!queue.Enter(id, [..] { ... queue.Leave(id); })) overloaded();

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_QUEUE_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_QUEUE_H_

#include <cstddef>
#include <deque>

#include "absl/container/flat_hash_map.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/base/uid.h"

namespace careroute::engine::internal {

// Commands that may wait on one stream. One case is worked on by a handful of
// people; more waiting is a loop or an attack.
inline constexpr size_t kStreamQueueMax = 64;

// Thread-safe. Work runs on the executor, never inside Enter or Leave.
class StreamQueue {
 public:
  explicit StreamQueue(base::Executor& executor) : executor_(executor) {}

  // Runs `work` once it is the stream's turn; it must end with Leave. False,
  // and nothing happens, when too many wait.
  [[nodiscard]] bool Enter(const base::Uid& id, base::Task work);

  // The stream's turn is over; the next one begins.
  void Leave(const base::Uid& id);

 private:
  base::Executor& executor_;
  base::Mutex mutex_;
  // Present = busy; the deque holds who waits.
  absl::flat_hash_map<base::Uid, std::deque<base::Task>> busy_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_QUEUE_H_

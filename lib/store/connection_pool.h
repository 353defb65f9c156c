// lib/store/connection_pool.h: a few connections, and what waits for one.
//
// For backends only. A handful of connections keeps the cores busy and memory
// bounded; what exceeds them waits in a bounded queue, not on a thread. A
// connection is opened when it is first needed and kept while it is fit.
//
//   auto pool = std::make_shared<ConnectionPool<Connection>>(
//       ConnectionPoolOptions<Connection>{.executor = io, .open = Open});
//   pool->Enqueue(0, [](absl::StatusOr<Connection*> db) { ... });

#ifndef CAREROUTE_LIB_STORE_CONNECTION_POOL_H_
#define CAREROUTE_LIB_STORE_CONNECTION_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/errors.h"

namespace careroute::store {

template <typename Connection>
struct ConnectionPoolOptions {
  base::Executor& executor;  // may block; outlives the pool
  std::function<absl::StatusOr<std::unique_ptr<Connection>>()> open;
  // Whether a connection that was idle may be used again.
  std::function<bool(Connection&)> fit = [](Connection&) { return true; };
  size_t connections_max = 4;
  size_t queue_max = 1024;
  size_t queue_bytes_max = std::numeric_limits<size_t>::max();
};

// Thread-safe. Shared: a job in flight keeps it alive.
template <typename Connection>
class ConnectionPool
    : public std::enable_shared_from_this<ConnectionPool<Connection>> {
 public:
  // Given a connection, or the reason why there is none.
  using Job = absl::AnyInvocable<void(absl::StatusOr<Connection*>)>;

  explicit ConnectionPool(ConnectionPoolOptions<Connection> options)
      : options_(std::move(options)) {}

  // Runs the job on the executor once a connection is free. When too many wait
  // already, or too many bytes with them, the job is given QueueFull.
  void Enqueue(size_t bytes, Job job) {
    switch (Enter(bytes, job)) {
      case Entry::kFull:
        options_.executor.Post(
            [job = std::move(job)]() mutable { job(QueueFull()); });
        break;
      case Entry::kFree:
        options_.executor.Post(
            [self = this->shared_from_this()] { self->RunOne(); });
        break;
      case Entry::kBehind:
        break;
    }
  }

 private:
  // How a job came into the queue: not at all, with a connection to spare for
  // it, or behind as many as there may be.
  enum class Entry { kFull, kFree, kBehind };

  struct Waiting {
    size_t bytes = 0;
    Job job;
  };

  // Leaves the job untouched when the queue is full.
  [[nodiscard]] Entry Enter(size_t bytes, Job& job) {
    base::MutexLock lock(mutex_);
    if (waiting_.size() >= options_.queue_max ||
        waiting_bytes_ + bytes > options_.queue_bytes_max) {
      return Entry::kFull;
    }
    waiting_bytes_ += bytes;
    waiting_.push_back({.bytes = bytes, .job = std::move(job)});
    if (running_ == options_.connections_max) return Entry::kBehind;
    ++running_;
    return Entry::kFree;
  }

  [[nodiscard]] std::unique_ptr<Connection> TakeIdle() {
    base::MutexLock lock(mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Connection> db = std::move(idle_.back());
    idle_.pop_back();
    return db;
  }

  [[nodiscard]] absl::StatusOr<std::unique_ptr<Connection>> TakeConnection() {
    while (std::unique_ptr<Connection> idle = TakeIdle()) {
      if (options_.fit(*idle)) return idle;
    }
    return options_.open();
  }

  // One job a task, so that other work of the executor gets its turn.
  void RunOne() {
    Job job;
    {
      base::MutexLock lock(mutex_);
      if (waiting_.empty()) {  // another task has taken what this one was for
        --running_;
        return;
      }
      waiting_bytes_ -= waiting_.front().bytes;
      job = std::move(waiting_.front().job);
      waiting_.pop_front();
    }
    absl::StatusOr<std::unique_ptr<Connection>> db = TakeConnection();
    if (db.ok()) {
      job(db->get());
    } else {
      job(db.status());
    }
    bool more = false;
    {
      base::MutexLock lock(mutex_);
      if (db.ok()) idle_.push_back(*std::move(db));
      more = !waiting_.empty();
      running_ -= more ? 0 : 1;
    }
    if (more) {
      options_.executor.Post(
          [self = this->shared_from_this()] { self->RunOne(); });
    }
  }

  const ConnectionPoolOptions<Connection> options_;

  base::Mutex mutex_;
  std::deque<Waiting> waiting_ CAREROUTE_GUARDED_BY(mutex_);
  size_t waiting_bytes_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::vector<std::unique_ptr<Connection>> idle_ CAREROUTE_GUARDED_BY(mutex_);
  size_t running_ CAREROUTE_GUARDED_BY(mutex_) = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_CONNECTION_POOL_H_

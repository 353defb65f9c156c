#include "lib/store/sqlite/internal/read_pool.h"

#include "lib/store/errors.h"

namespace careroute::store::internal {

ReadPool::ReadPool(ReadPoolOptions options)
    : executor_(options.executor),
      connection_(std::move(options.connection)),
      queue_max_(options.queue_max) {}

absl::Status ReadPool::Begin(Connection& db) {
  return Query(db, "BEGIN").Run();
}

// A read has nothing to lose, so how the transaction ends does not matter.
void ReadPool::End(Connection& db) {
  if (db.in_transaction()) {
    Query(db, "ROLLBACK").Run().IgnoreError();
  }
}

void ReadPool::Add(Job job) {
  switch (Enter(job)) {
    case Entry::kFull:
      executor_.Post([job = std::move(job)]() mutable { job(QueueFull()); });
      break;
    case Entry::kFree:
      executor_.Post([self = shared_from_this()] { self->RunOne(); });
      break;
    case Entry::kBehind:
      break;
  }
}

ReadPool::Entry ReadPool::Enter(Job& job) {
  base::MutexLock lock(mutex_);
  if (waiting_.size() >= queue_max_) {
    return Entry::kFull;
  }
  waiting_.push_back(std::move(job));
  if (running_ == kReadConnectionsMax) {
    return Entry::kBehind;
  }
  ++running_;
  return Entry::kFree;
}

absl::StatusOr<std::unique_ptr<Connection>> ReadPool::TakeConnection() {
  {
    base::MutexLock lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Connection> db = std::move(idle_.back());
      idle_.pop_back();
      return db;
    }
  }
  return Connection::Open(connection_);
}

// One read a task, so that other work of the executor gets its turn.
void ReadPool::RunOne() {
  Job job;
  {
    base::MutexLock lock(mutex_);
    if (waiting_.empty()) {  // another task has taken what this one was for
      --running_;
      return;
    }
    job = std::move(waiting_.front());
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
    if (db.ok()) {
      idle_.push_back(*std::move(db));
    }
    more = !waiting_.empty();
    running_ -= more ? 0 : 1;
  }
  if (more) {
    executor_.Post([self = shared_from_this()] { self->RunOne(); });
  }
}

}  // namespace careroute::store::internal

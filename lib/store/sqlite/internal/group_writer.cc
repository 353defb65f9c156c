#include "lib/store/sqlite/internal/group_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/store/errors.h"

namespace careroute::store::internal {

GroupWriter::GroupWriter(GroupWriterOptions options)
    : executor_(options.executor),
      queue_max_(options.queue_max),
      lock_(std::move(options.lock)),
      batcher_(std::move(options.db), options.last_stamp,
               std::move(options.erasure_list)) {}

void GroupWriter::SetListener(CommitListener listener) {
  base::MutexLock lock(mutex_);
  listener_ = std::make_shared<const CommitListener>(std::move(listener));
}

void GroupWriter::Add(WriteJob job) {
  switch (Enter(job)) {
    case Entry::kFull:
      executor_.Post(
          [answer = std::move(job.answer)]() mutable { answer(QueueFull()); });
      break;
    case Entry::kFirst:
      executor_.Post([self = shared_from_this()] { self->RunBatch(); });
      break;
    case Entry::kBehind:
      break;
  }
}

GroupWriter::Entry GroupWriter::Enter(WriteJob& job) {
  base::MutexLock lock(mutex_);
  if (waiting_.size() >= queue_max_ ||
      waiting_bytes_ + job.bytes > kAppendQueueBytesMax) {
    return Entry::kFull;
  }
  waiting_bytes_ += job.bytes;
  waiting_.push_back(std::move(job));
  return std::exchange(running_, true) ? Entry::kBehind : Entry::kFirst;
}

std::vector<WriteJob> GroupWriter::TakeWaiting() {
  base::MutexLock lock(mutex_);
  const size_t count = std::min(waiting_.size(), kWritesPerCommitMax);
  std::vector<WriteJob> jobs;
  jobs.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    waiting_bytes_ -= waiting_.front().bytes;
    jobs.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return jobs;
}

void GroupWriter::RunBatch() {
  std::vector<WriteJob> jobs = TakeWaiting();
  std::vector<WriteJob*> pointers;
  pointers.reserve(jobs.size());
  std::transform(jobs.begin(), jobs.end(), std::back_inserter(pointers),
                 [](WriteJob& job) { return &job; });
  batcher_.Write(pointers);
  Announce(jobs);
  bool more = false;
  {
    base::MutexLock lock(mutex_);
    more = !waiting_.empty();
    running_ = more;
  }
  if (more) {
    executor_.Post([self = shared_from_this()] { self->RunBatch(); });
  }
  // Beside the next batch: whoever is answered often has more to ask.
  for (WriteJob& job : jobs) job.answer(job.status);
}

void GroupWriter::Announce(const std::vector<WriteJob>& jobs) {
  std::shared_ptr<const CommitListener> listener;
  {
    base::MutexLock lock(mutex_);
    listener = listener_;
  }
  if (listener == nullptr) return;
  for (const WriteJob& job : jobs) {
    if (job.commit.has_value()) (*listener)(*job.commit);
  }
}

}  // namespace careroute::store::internal

#include "lib/engine/access_log.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "lib/engine/tables.h"
#include "lib/store/chain.h"

namespace careroute::engine {

AccessLog::AccessLog(const Options& options)
    : store_(options.store),
      clock_(options.clock),
      executor_(options.executor),
      process_(options.process),
      head_(store::ChainStart()) {}

void AccessLog::Record(const model::v1::Access& entry, Durability durability,
                       base::DoneStatus done) {
  Waiting waiting{.bytes = entry.SerializeAsString(), .done = std::move(done)};
  base::DoneStatus at_once;
  bool now = durability == Durability::kWait;
  bool later = false;
  {
    base::MutexLock lock(mutex_);
    now = now || buffer_.size() >= kAccessLogBufferMax;
    if (!now) at_once = std::exchange(waiting.done, nullptr);
    buffer_.push_back(std::move(waiting));
    if (!now && !flush_posted_) later = flush_posted_ = true;
  }
  if (now) {
    WriteIfIdle();
    return;
  }
  if (later) {
    executor_.PostAt(clock_.Now() + kAccessLogDelay, [this] {
      {
        base::MutexLock lock(mutex_);
        flush_posted_ = false;
      }
      WriteIfIdle();
    });
  }
  std::move(at_once)(absl::OkStatus());
}

void AccessLog::Flush(base::DoneStatus done) {
  base::DoneStatus at_once;
  {
    base::MutexLock lock(mutex_);
    if (buffer_.empty() && !writing_) {
      at_once = std::move(done);
    } else {
      // Rides on the last entry, or on a batch of its own after this one.
      buffer_.push_back({.bytes = {}, .done = std::move(done)});
    }
  }
  if (at_once != nullptr) {
    std::move(at_once)(absl::OkStatus());
    return;
  }
  WriteIfIdle();
}

void AccessLog::WriteIfIdle() {
  std::vector<Waiting> batch;
  {
    base::MutexLock lock(mutex_);
    if (writing_ || buffer_.empty()) return;
    writing_ = true;
    const size_t size = std::min(buffer_.size(), store::kEventsPerAppendMax);
    const auto end = buffer_.begin() + static_cast<ptrdiff_t>(size);
    batch.assign(std::make_move_iterator(buffer_.begin()),
                 std::make_move_iterator(end));
    buffer_.erase(buffer_.begin(), end);
  }
  Write(std::move(batch));
}

void AccessLog::Write(std::vector<Waiting> batch) {
  store::AppendRequest request{
      .stream = {.kind = store::StreamKind::kAccessLog, .id = process_},
      .expected_version = version_,
      .recorded_time = clock_.Now()};
  std::string head = head_;
  for (const Waiting& waiting : batch) {
    if (waiting.bytes.empty()) continue;
    head = store::ChainHash({.previous = head, .stored = waiting.bytes});
    request.events.push_back({.bytes = waiting.bytes, .chain_hash = head});
  }
  if (version_ == 0) {
    request.put_rows.push_back({.list = ListOf(Table::kAccessLogs, ""),
                                .sort = SortByTime(clock_.Now()),
                                .id = process_.Hex()});
  }
  auto shared = std::make_shared<std::vector<Waiting>>(std::move(batch));
  store_.Append(std::move(request),
                [this, shared, head = std::move(head)](
                    absl::StatusOr<store::AppendResult> result) {
                  if (!result.ok()) {
                    return LookUp(std::move(*shared), head, result.status());
                  }
                  version_ = result->version;
                  head_ = result->head_hash;
                  Written(std::move(*shared), absl::OkStatus());
                });
}

void AccessLog::LookUp(std::vector<Waiting> batch, std::string wanted,
                       absl::Status failure) {
  auto shared = std::make_shared<std::vector<Waiting>>(std::move(batch));
  store_.ReadHead(
      {.kind = store::StreamKind::kAccessLog, .id = process_},
      [this, shared, wanted = std::move(wanted),
       failure = std::move(failure)](absl::StatusOr<store::StreamHead> head) {
        bool written = false;
        if (head.ok()) {
          written = head->hash == wanted;
          version_ = head->version;
          head_ = std::move(head->hash);
        }
        Written(std::move(*shared), written ? absl::OkStatus() : failure);
      });
}

void AccessLog::Written(std::vector<Waiting> batch,
                        const absl::Status& status) {
  {
    base::MutexLock lock(mutex_);
    writing_ = false;
    if (!status.ok()) {
      // Entries nobody waits for are kept for the next try; who waits is told.
      std::vector<Waiting> kept;
      for (Waiting& waiting : batch) {
        if (waiting.done == nullptr) kept.push_back(std::move(waiting));
      }
      buffer_.insert(buffer_.begin(), std::make_move_iterator(kept.begin()),
                     std::make_move_iterator(kept.end()));
    }
  }
  for (Waiting& waiting : batch) {
    if (waiting.done != nullptr) std::move(waiting.done)(status);
  }
  if (status.ok()) WriteIfIdle();
}

}  // namespace careroute::engine

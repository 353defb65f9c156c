#include "services/core/live_calls.h"

#include <algorithm>
#include <utility>

#include "careroute/model/v1/refusal.pb.h"
#include "lib/api/status.h"

namespace careroute::services {

absl::Status Draining() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_DRAINING);
  refusal.set_message_key("draining");
  refusal.set_message("the hub stops; call again once it serves");
  return api::RefusalStatus(refusal);
}

bool LiveCalls::Begin() {
  base::MutexLock lock(mutex_);
  if (draining_) return false;
  ++calls_;
  return true;
}

void LiveCalls::End() {
  base::MutexLock lock(mutex_);
  if (--calls_ == 0) idle_.NotifyAll();
}

int64_t LiveCalls::AddStream(EndStream end) {
  {
    base::MutexLock lock(mutex_);
    if (!draining_) {
      const int64_t id = next_++;
      streams_.emplace(id, std::move(end));
      return id;
    }
  }
  end();
  return 0;
}

void LiveCalls::RemoveStream(int64_t id) {
  base::MutexLock lock(mutex_);
  streams_.erase(id);
}

void LiveCalls::Drain() {
  std::map<int64_t, EndStream> streams;
  {
    base::MutexLock lock(mutex_);
    draining_ = true;
    streams.swap(streams_);
  }
  // Outside the lock: a stream that ends removes itself.
  for (const auto& [id, end] : streams) end();
}

void LiveCalls::WaitUntilIdle(const WaitOptions& options) {
  base::MutexLock lock(mutex_);
  while (true) {
    const absl::Time end = calls_ == 0
                               ? std::min(options.earliest, options.deadline)
                               : options.deadline;
    const absl::Duration left = end - options.clock.Now();
    if (left <= absl::ZeroDuration()) return;
    idle_.WaitFor(mutex_, left);
  }
}

}  // namespace careroute::services

#include "services/grpc/internal/live_streams.h"

#include <utility>

namespace careroute::services::internal {

int64_t LiveStreams::Add(End end) {
  {
    base::MutexLock lock(mutex_);
    if (!ended_) {
      const int64_t id = next_++;
      streams_.emplace(id, std::move(end));
      return id;
    }
  }
  end();
  return 0;
}

void LiveStreams::Remove(int64_t id) {
  base::MutexLock lock(mutex_);
  streams_.erase(id);
}

void LiveStreams::EndAll() {
  std::map<int64_t, End> streams;
  {
    base::MutexLock lock(mutex_);
    ended_ = true;
    streams.swap(streams_);
  }
  // Outside the lock: a stream that ends removes itself.
  for (const auto& [id, end] : streams) end();
}

}  // namespace careroute::services::internal

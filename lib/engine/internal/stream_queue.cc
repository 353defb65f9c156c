#include "lib/engine/internal/stream_queue.h"

#include <utility>

namespace careroute::engine::internal {

bool StreamQueue::Enter(const base::Uid& id, base::Task work) {
  {
    base::MutexLock lock(mutex_);
    const auto [it, free] = busy_.try_emplace(id);
    if (!free) {
      if (it->second.size() >= kStreamQueueMax) return false;
      it->second.push_back(std::move(work));
      return true;
    }
  }
  executor_.Post(std::move(work));
  return true;
}

void StreamQueue::Leave(const base::Uid& id) {
  base::Task next;
  {
    base::MutexLock lock(mutex_);
    const auto it = busy_.find(id);
    if (it == busy_.end()) return;
    if (it->second.empty()) {
      busy_.erase(it);
      return;
    }
    next = std::move(it->second.front());
    it->second.pop_front();
  }
  executor_.Post(std::move(next));
}

}  // namespace careroute::engine::internal

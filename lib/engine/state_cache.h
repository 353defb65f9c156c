// lib/engine/state_cache.h: the newest states, bounded, least used out first.
//
//   StateCache<LoadedCase> cache(10000);
//   cache.Put(uid, loaded);
//   if (auto hit = cache.Get(uid)) ...

#ifndef CAREROUTE_LIB_ENGINE_STATE_CACHE_H_
#define CAREROUTE_LIB_ENGINE_STATE_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/mutex.h"
#include "lib/base/uid.h"

namespace careroute::engine {

// Thread-safe. Values are cheap to copy (shared pointers inside), and dear to
// destroy where nobody else holds them: what goes is destroyed outside the
// lock, which every reader takes.
template <typename Value>
class StateCache {
 public:
  explicit StateCache(size_t size_max) : size_max_(size_max) {}

  [[nodiscard]] std::optional<Value> Get(const base::Uid& id) {
    base::MutexLock lock(mutex_);
    const auto it = index_.find(id);
    if (it == index_.end()) return std::nullopt;
    order_.splice(order_.begin(), order_, it->second);
    return it->second->second;
  }

  // Keeps the value unless a newer version is cached already: two readers may
  // finish in either order.
  void Put(const base::Uid& id, Value value) {
    std::list<Entry> gone;
    base::MutexLock lock(mutex_);
    const auto it = index_.find(id);
    if (it != index_.end()) {
      if (it->second->second.version <= value.version) {
        std::swap(it->second->second, value);
      }
      order_.splice(order_.begin(), order_, it->second);
      return;
    }
    order_.emplace_front(id, std::move(value));
    index_.emplace(id, order_.begin());
    if (order_.size() <= size_max_) return;
    index_.erase(order_.back().first);
    gone.splice(gone.end(), order_, std::prev(order_.end()));
  }

  void Erase(const base::Uid& id) {
    std::list<Entry> gone;
    base::MutexLock lock(mutex_);
    const auto it = index_.find(id);
    if (it == index_.end()) return;
    gone.splice(gone.end(), order_, it->second);
    index_.erase(it);
  }

  // Keeps what is at least of that version.
  void EraseOlder(const base::Uid& id, int64_t version) {
    std::list<Entry> gone;
    base::MutexLock lock(mutex_);
    const auto it = index_.find(id);
    if (it == index_.end() || it->second->second.version >= version) return;
    gone.splice(gone.end(), order_, it->second);
    index_.erase(it);
  }

  void Clear() {
    std::list<Entry> gone;
    base::MutexLock lock(mutex_);
    index_.clear();
    gone.swap(order_);
  }

 private:
  using Entry = std::pair<base::Uid, Value>;

  const size_t size_max_;
  base::Mutex mutex_;
  std::list<Entry> order_ CAREROUTE_GUARDED_BY(mutex_);  // newest use first
  absl::flat_hash_map<base::Uid, typename std::list<Entry>::iterator> index_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_STATE_CACHE_H_

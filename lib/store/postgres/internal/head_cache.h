// lib/store/postgres/internal/head_cache.h: hashes that are known already.
//
// An event is never changed, so that at some version a stream had some hash is
// true for ever. What was read or written here needs no look at the server
// before the next append: the unique key (stream, version) tells whether the
// version is still the newest.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_HEAD_CACHE_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_HEAD_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"

namespace careroute::store::postgres {

// About 10 MB. When it is full it forgets everything: what is in use comes
// back with the next read.
inline constexpr size_t kHeadsKeptMax = 65536;

// Thread-safe.
class HeadCache {
 public:
  void Put(const StreamHead& head) {
    if (head.version == 0) return;
    base::MutexLock lock(mutex_);
    if (heads_.size() >= kHeadsKeptMax && !heads_.contains(head.stream)) {
      heads_.clear();
    }
    Entry& entry = heads_[head.stream];
    if (entry.version <= head.version) entry = {head.version, head.hash};
  }

  // The hash of the stream at this version, when that is the newest known.
  [[nodiscard]] std::optional<std::string> HashAt(const StreamId& stream,
                                                  int64_t version) {
    base::MutexLock lock(mutex_);
    const auto it = heads_.find(stream);
    if (it == heads_.end() || it->second.version != version) {
      return std::nullopt;
    }
    return it->second.hash;
  }

 private:
  struct Entry {
    int64_t version = 0;
    std::string hash;
  };

  base::Mutex mutex_;
  absl::flat_hash_map<StreamId, Entry> heads_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_HEAD_CACHE_H_

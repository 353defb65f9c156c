// bindings/c/internal/watch_list.h: the watches that are open on one hub.
//
// Shared by the hub and its watches, whichever goes first.

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_WATCH_LIST_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_WATCH_LIST_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "bindings/c/internal/watch_sink.h"
#include "lib/base/mutex.h"

namespace careroute::bindings {

// More open at once are a program that forgets to close them.
inline constexpr size_t kWatchesMax = 10000;

// Thread-safe.
class WatchList {
 public:
  // Its number; 0 when too many are open.
  [[nodiscard]] uint64_t Add(std::weak_ptr<WatchSink> sink) {
    base::MutexLock lock(mutex_);
    if (sinks_.size() >= kWatchesMax) return 0;
    sinks_.emplace(++given_, std::move(sink));
    return given_;
  }

  void Remove(uint64_t number) {
    base::MutexLock lock(mutex_);
    sinks_.erase(number);
  }

  // As WatchSink::Stop, of all.
  void StopAll(const absl::Status& why) {
    std::vector<std::shared_ptr<WatchSink>> open;
    {
      base::MutexLock lock(mutex_);
      for (const auto& [number, sink] : sinks_) open.push_back(sink.lock());
    }
    for (const auto& sink : open) {
      if (sink != nullptr) sink->Stop(why);
    }
  }

 private:
  base::Mutex mutex_;
  uint64_t given_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  std::map<uint64_t, std::weak_ptr<WatchSink>> sinks_
      CAREROUTE_GUARDED_BY(mutex_);
};

using WatchListPtr = std::shared_ptr<WatchList>;

// WatchList::Add until it is destroyed.
class ListedWatch {
 public:
  ListedWatch(WatchListPtr list, const std::shared_ptr<WatchSink>& sink)
      : list_(std::move(list)), number_(list_->Add(sink)) {}
  ~ListedWatch() { list_->Remove(number_); }
  ListedWatch(const ListedWatch&) = delete;
  ListedWatch& operator=(const ListedWatch&) = delete;

  [[nodiscard]] absl::Status Check() const {
    if (number_ != 0) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        "watch: too many are open on this hub; close those that nobody reads");
  }

 private:
  const WatchListPtr list_;
  const uint64_t number_;
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_WATCH_LIST_H_

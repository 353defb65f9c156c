#include "lib/engine/watches.h"

#include <utility>

namespace careroute::engine {

int64_t Watches::OnStream(store::StreamId stream, Wake wake) {
  return Add(
      {.stream = stream, .wake = std::make_shared<Wake>(std::move(wake))});
}

int64_t Watches::OnList(store::IndexList list, Wake wake) {
  return Add({.list = std::move(list),
              .on_list = true,
              .wake = std::make_shared<Wake>(std::move(wake))});
}

int64_t Watches::Add(Watcher watcher) {
  base::MutexLock lock(mutex_);
  const int64_t id = next_++;
  if (watcher.on_list) {
    by_list_[watcher.list].insert(id);
  } else {
    by_stream_[watcher.stream].insert(id);
  }
  watchers_.emplace(id, std::move(watcher));
  return id;
}

void Watches::Remove(int64_t id) {
  base::MutexLock lock(mutex_);
  const auto it = watchers_.find(id);
  if (it == watchers_.end()) return;
  if (it->second.on_list) {
    const auto list = by_list_.find(it->second.list);
    list->second.erase(id);
    if (list->second.empty()) by_list_.erase(list);
  } else {
    const auto stream = by_stream_.find(it->second.stream);
    stream->second.erase(id);
    if (stream->second.empty()) by_stream_.erase(stream);
  }
  watchers_.erase(it);
}

void Watches::Notify(const store::Commit& commit) {
  std::vector<std::weak_ptr<Wake>> woken;
  {
    base::MutexLock lock(mutex_);
    std::set<int64_t> ids;
    const auto stream = by_stream_.find(commit.head.stream);
    if (stream != by_stream_.end()) {
      ids.insert(stream->second.begin(), stream->second.end());
    }
    for (const store::IndexList& list : commit.changed_lists) {
      const auto watched = by_list_.find(list);
      if (watched == by_list_.end()) continue;
      ids.insert(watched->second.begin(), watched->second.end());
    }
    for (const int64_t id : ids) woken.emplace_back(watchers_.at(id).wake);
  }
  // Who was removed before its turn is not woken.
  for (std::weak_ptr<Wake>& wake : woken) {
    executor_.Post([wake = std::move(wake)] {
      if (const auto alive = wake.lock()) (*alive)();
    });
  }
}

}  // namespace careroute::engine

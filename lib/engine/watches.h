// lib/engine/watches.h: who waits for news of a stream or a list.
//
// Level-triggered: a watcher is only woken, and reads what is new by itself,
// from where it was. So nothing is ever missed and nothing queues up behind a
// slow watcher.
//
//   const int64_t id = watches.OnStream(stream, [..] { Pump(); });
//   ...
//   watches.Remove(id);

#ifndef CAREROUTE_LIB_ENGINE_WATCHES_H_
#define CAREROUTE_LIB_ENGINE_WATCHES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/store/event_store.h"

namespace careroute::engine {

// Thread-safe. Wake-ups run on the executor.
class Watches {
 public:
  using Wake = std::function<void()>;

  explicit Watches(base::Executor& executor) : executor_(executor) {}

  // `wake` runs some time after each commit to the stream, or to a row of the
  // list; several commits may wake once. Answers the id for Remove.
  int64_t OnStream(store::StreamId stream, Wake wake);
  int64_t OnList(store::IndexList list, Wake wake);

  // No wake-up begins after it returns; one under way may still run.
  void Remove(int64_t id);

  // From the store's commit listener.
  void Notify(const store::Commit& commit);

 private:
  struct Watcher {
    store::StreamId stream;
    store::IndexList list;
    bool on_list = false;
    std::shared_ptr<Wake> wake;
  };
  int64_t Add(Watcher watcher);

  base::Executor& executor_;
  base::Mutex mutex_;
  int64_t next_ CAREROUTE_GUARDED_BY(mutex_) = 1;
  std::map<int64_t, Watcher> watchers_ CAREROUTE_GUARDED_BY(mutex_);
  std::map<store::StreamId, std::set<int64_t>> by_stream_
      CAREROUTE_GUARDED_BY(mutex_);
  std::map<store::IndexList, std::set<int64_t>> by_list_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_WATCHES_H_

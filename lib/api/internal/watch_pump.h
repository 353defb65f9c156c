// lib/api/internal/watch_pump.h: turns wake-ups into messages, one at a time.
//
// A pump reads what is new when it is woken, sends it message by message, and
// reads again if it was woken meanwhile. A slow reader makes only itself wait.

#ifndef CAREROUTE_LIB_API_INTERNAL_WATCH_PUMP_H_
#define CAREROUTE_LIB_API_INTERNAL_WATCH_PUMP_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lib/api/call.h"
#include "lib/base/callback.h"
#include "lib/base/mutex.h"
#include "lib/engine/watches.h"

namespace careroute::api::internal {

// What one reading found.
struct Batch {
  std::vector<std::string> messages;  // serialised, in order
  bool more = false;                  // read again at once
};

// Owned by shared pointers: of the wake-up and of what is under way. Runs until
// the caller goes or a reading fails.
class WatchPump : public std::enable_shared_from_this<WatchPump> {
 public:
  // Reads what came since the last reading. Called again only after it
  // completed and its messages were sent.
  using Read = std::function<void(base::Done<Batch>)>;

  WatchPump(engine::Watches& watches, StreamSinkPtr sink, Read read)
      : watches_(watches), sink_(std::move(sink)), read_(std::move(read)) {}

  // Listens first and reads then, so that nothing falls between.
  void WatchStream(store::StreamId stream);
  void WatchList(store::IndexList list);

 private:
  void Begin(int64_t watch);
  void Wake();
  void ReadNow();
  void Send(std::shared_ptr<Batch> batch, size_t index);
  void End(absl::Status status);

  engine::Watches& watches_;
  StreamSinkPtr sink_;
  Read read_;
  base::Mutex mutex_;
  int64_t watch_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  bool busy_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool woken_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool ended_ CAREROUTE_GUARDED_BY(mutex_) = false;
};

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_WATCH_PUMP_H_

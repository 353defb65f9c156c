// services/grpc/internal/live_streams.h: the streams that run now.
//
// A watch has no end of its own. A door that stops ends them all at once, so
// that draining waits for calls that will be answered and for nothing else.

#ifndef CAREROUTE_SERVICES_GRPC_INTERNAL_LIVE_STREAMS_H_
#define CAREROUTE_SERVICES_GRPC_INTERNAL_LIVE_STREAMS_H_

#include <cstdint>
#include <functional>
#include <map>

#include "lib/base/mutex.h"

namespace careroute::services::internal {

// Thread-safe.
class LiveStreams {
 public:
  using End = std::function<void()>;

  // `end` runs once EndAll is called, at once if it was. Answers the id for
  // Remove.
  int64_t Add(End end);
  void Remove(int64_t id);

  // Ends what runs, and whatever is added later.
  void EndAll();

 private:
  base::Mutex mutex_;
  bool ended_ CAREROUTE_GUARDED_BY(mutex_) = false;
  int64_t next_ CAREROUTE_GUARDED_BY(mutex_) = 1;
  std::map<int64_t, End> streams_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_GRPC_INTERNAL_LIVE_STREAMS_H_

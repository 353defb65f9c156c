// services/core/protobuf_log.h: what protobuf complains of, as a count.
//
// protobuf writes a line to standard error for each message that is not UTF-8,
// so that whoever sends such requests fills the disk of who runs the hub. Here
// they are counted, and told at most once a minute, without any content.
//
//   const ProtobufLog complaints(log, clock);  // before other threads run
//   ...                                        // until the hub has stopped

#ifndef CAREROUTE_SERVICES_CORE_PROTOBUF_LOG_H_
#define CAREROUTE_SERVICES_CORE_PROTOBUF_LOG_H_

#include <cstdint>

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "services/core/log.h"

namespace careroute::services {

// Between two lines: often enough to be noticed, seldom enough to be read.
inline constexpr absl::Duration kComplaintsToldEvery = absl::Minutes(1);

// Thread-safe once it is made. protobuf has one handler a process: while
// several live, the newest counts. `log` and `clock` must outlive it.
class ProtobufLog {
 public:
  ProtobufLog(const Log& log, const base::Clock& clock);
  // Tells what was counted and not told yet.
  ~ProtobufLog();

  ProtobufLog(const ProtobufLog&) = delete;
  ProtobufLog& operator=(const ProtobufLog&) = delete;

  void Count();

 private:
  void Tell() CAREROUTE_REQUIRES(mutex_);

  const Log& log_;
  const base::Clock& clock_;
  base::Mutex mutex_;
  int64_t untold_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  absl::Time told_ CAREROUTE_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_PROTOBUF_LOG_H_

// lib/engine/access_log.h: who read or changed what.
//
// One chained log a process, one entry a request. A reply that holds identity,
// medical or diagnosis data waits until its entry is durable; others may lose
// the last 100 ms in a crash.
//
//   log.Record(entry, AccessLog::kWait, [..](absl::Status durable) { ... });

#ifndef CAREROUTE_LIB_ENGINE_ACCESS_LOG_H_
#define CAREROUTE_LIB_ENGINE_ACCESS_LOG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "careroute/model/v1/access.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/mutex.h"
#include "lib/base/uid.h"
#include "lib/store/store.h"

namespace careroute::engine {

// How long an entry nobody waits for may stay in memory.
inline constexpr absl::Duration kAccessLogDelay = absl::Milliseconds(100);

// Entries kept in memory at most; beyond it every request waits, so that a
// disk that cannot keep up slows its readers instead of losing their trace.
inline constexpr size_t kAccessLogBufferMax = 10000;

// Thread-safe. Everything handed in must outlive it.
class AccessLog {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Executor& executor;
    // A fresh id: two processes never share a log.
    base::Uid process;
  };
  explicit AccessLog(const Options& options);

  enum class Durability { kWait, kLater };

  // Completes with OK once the entry is durable (kWait) or taken (kLater).
  // With an error under kWait the reply must not be given.
  void Record(const model::v1::Access& entry, Durability durability,
              base::DoneStatus done);

  // Writes what is buffered; completes once it is durable.
  void Flush(base::DoneStatus done);

  [[nodiscard]] const base::Uid& process() const { return process_; }

 private:
  struct Waiting {
    std::string bytes;
    base::DoneStatus done;  // null when nobody waits
  };

  void WriteIfIdle();
  void Write(std::vector<Waiting> batch);
  // After a failed write: where does the log stand, and was it written after
  // all? `wanted` is the head it would then have.
  void LookUp(std::vector<Waiting> batch, std::string wanted,
              absl::Status failure);
  void Written(std::vector<Waiting> batch, const absl::Status& status);

  store::Store& store_;
  const base::Clock& clock_;
  base::Executor& executor_;
  const base::Uid process_;

  base::Mutex mutex_;
  std::vector<Waiting> buffer_ CAREROUTE_GUARDED_BY(mutex_);
  bool writing_ CAREROUTE_GUARDED_BY(mutex_) = false;
  bool flush_posted_ CAREROUTE_GUARDED_BY(mutex_) = false;
  // Touched only by the one write under way.
  int64_t version_ = 0;
  std::string head_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ACCESS_LOG_H_

// services/core/live_calls.h: the calls that run now.
//
// Whoever lets calls in counts them: gRPC's own shutdown cannot tell a call
// that runs from a connection that is merely open, waits until each client has
// read that the server goes, which an idle one does seconds later, and cancels
// what arrives meanwhile without a reason. A door that stops lets in no more,
// ends the streams, which have no end of their own, and waits for the calls
// that will be answered and for nothing else.
//
//   if (!live.Begin()) return Refuse(Draining());
//   ...
//   live.End();

#ifndef CAREROUTE_SERVICES_CORE_LIVE_CALLS_H_
#define CAREROUTE_SERVICES_CORE_LIVE_CALLS_H_

#include <cstdint>
#include <functional>
#include <map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"

namespace careroute::services {

// How long calls that run may go on while a hub stops.
inline constexpr absl::Duration kDrainTime = absl::Seconds(10);

// Why a stream ends that would have gone on, and a call that comes now does not
// begin.
[[nodiscard]] absl::Status Draining();

// Thread-safe.
class LiveCalls {
 public:
  using EndStream = std::function<void()>;

  // Counts a call. False once draining: the call is then not counted and is to
  // be refused.
  [[nodiscard]] bool Begin();
  // A counted call is over: its last byte was written, or it broke.
  void End();

  // `end` runs once Drain is called, at once if it was. Answers the id for
  // RemoveStream.
  int64_t AddStream(EndStream end);
  void RemoveStream(int64_t id);

  // Lets in no more calls and ends the streams that run.
  void Drain();
  // Blocks until `earliest`, then for as long as calls run, until `deadline` at
  // the longest.
  struct WaitOptions {
    const base::Clock& clock;
    absl::Time earliest;
    absl::Time deadline;
  };
  void WaitUntilIdle(const WaitOptions& options);

 private:
  base::Mutex mutex_;
  base::CondVar idle_;
  bool draining_ CAREROUTE_GUARDED_BY(mutex_) = false;
  int64_t calls_ CAREROUTE_GUARDED_BY(mutex_) = 0;
  int64_t next_ CAREROUTE_GUARDED_BY(mutex_) = 1;
  std::map<int64_t, EndStream> streams_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_LIVE_CALLS_H_

// lib/base/clock.h: what time it is, as something that is handed in.
//
// Production code never asks the operating system for the time: it asks the
// Clock it was given, so that a sandbox, a test or the simulator can move time
// by hand. RealClock lives in lib/base/real_clock.h.
//
//   base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
//   clock.AdvanceTo(clock.Now() + absl::Hours(24));

#ifndef CAREROUTE_LIB_BASE_CLOCK_H_
#define CAREROUTE_LIB_BASE_CLOCK_H_

#include "absl/time/time.h"
#include "lib/base/mutex.h"

namespace careroute::base {

// Thread-safe. Now() may step backwards on a real clock; callers that need
// order use versions, never instants.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual absl::Time Now() const = 0;
};

// Stands still between explicit calls. Thread-safe.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(absl::Time start) : now_(start) {}

  [[nodiscard]] absl::Time Now() const override;

  // Moves to `time`. An earlier time is ignored: virtual time never runs
  // backwards unless a test says so with SetForTest.
  void AdvanceTo(absl::Time time);

  // Sets any time, also an earlier one, to imitate a clock that jumps.
  void SetForTest(absl::Time time);

 private:
  mutable Mutex mutex_;
  absl::Time now_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_CLOCK_H_

// lib/base/real_clock.h: the operating system's time.
//
// Made once, in main, and handed on as a base::Clock. Nothing else in the
// project reads the system clock.
//
//   base::RealClock clock;
//   engine::Engine engine({.clock = clock, ...});

#ifndef CAREROUTE_LIB_BASE_REAL_CLOCK_H_
#define CAREROUTE_LIB_BASE_REAL_CLOCK_H_

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/monotonic_clock.h"

namespace careroute::base {

// Thread-safe. Steps backwards when an administrator or NTP sets it back.
class RealClock final : public Clock {
 public:
  [[nodiscard]] absl::Time Now() const override;
};

// Time since some fixed moment that never steps: what a timer measures a wait
// by. Meaningless across restarts of the machine.
[[nodiscard]] absl::Duration MonotonicTime();

// MonotonicTime, handed in. Thread-safe.
class RealMonotonicClock final : public MonotonicClock {
 public:
  [[nodiscard]] absl::Duration Elapsed() const override;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_REAL_CLOCK_H_

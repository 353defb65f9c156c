// lib/base/monotonic_clock.h: how long it has been, as something handed in.
//
// A wall clock can be set; this one only runs. Whoever acts on the time of day
// holds it against this one, to notice that somebody set it. RealMonotonicClock
// is in lib/base/real_clock.h.
//
//   const absl::Duration before = monotonic.Elapsed();
//   ...
//   const absl::Duration took = monotonic.Elapsed() - before;

#ifndef CAREROUTE_LIB_BASE_MONOTONIC_CLOCK_H_
#define CAREROUTE_LIB_BASE_MONOTONIC_CLOCK_H_

#include "absl/time/time.h"

namespace careroute::base {

// Thread-safe. Never steps; only differences mean anything.
class MonotonicClock {
 public:
  virtual ~MonotonicClock() = default;
  [[nodiscard]] virtual absl::Duration Elapsed() const = 0;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_MONOTONIC_CLOCK_H_

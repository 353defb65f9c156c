// lib/engine/clock_guard.h: can the wall clock be believed?
//
// A clock that was set wrong would raise every deadline of a region at once,
// and what was told to people cannot be taken back. So the wall clock is held
// against one that nobody can set: when the two part, nothing is raised until
// they agree again. What fell due meanwhile is raised then.
//
//   ClockGuard guard({.clock = clock, .monotonic = &monotonic});
//   if (guard.Agrees()) timers.FireDue(clock.Now(), ...);
//
// A time that is right after all (the clock had been wrong before, or the
// machine slept) is confirmed by starting the hub again: whoever does that has
// seen what the hub says about its clock.

#ifndef CAREROUTE_LIB_ENGINE_CLOCK_GUARD_H_
#define CAREROUTE_LIB_ENGINE_CLOCK_GUARD_H_

#include <functional>

#include "absl/time/time.h"
#include "lib/base/clock.h"
#include "lib/base/monotonic_clock.h"
#include "lib/base/mutex.h"

namespace careroute::engine {

// How far the two may part: what no correction of a running clock reaches, and
// short beside the shortest limit.
inline constexpr absl::Duration kClocksPartMax = absl::Minutes(1);

// How far the wall clock is ahead of where it must be; below zero behind.
// Within kClocksPartMax they agree.
using ClockListener = std::function<void(absl::Duration ahead)>;

// Thread-safe. What is handed in must outlive it.
class ClockGuard {
 public:
  struct Options {
    const base::Clock& clock;
    // None: the clock is moved by hand and always believed.
    const base::MonotonicClock* monotonic = nullptr;
    // Told when the two part, and when they agree again.
    ClockListener listener;
  };
  // Believes the wall clock as it is now.
  explicit ClockGuard(Options options);

  // Looks, and tells the listener of a change.
  [[nodiscard]] bool Agrees();

 private:
  const Options options_;
  const absl::Time start_;
  const absl::Duration start_elapsed_;
  base::Mutex mutex_;
  bool agreed_ CAREROUTE_GUARDED_BY(mutex_) = true;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CLOCK_GUARD_H_

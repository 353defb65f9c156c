// lib/api/call_limits.h: how many calls one caller may make.
//
// A caller that is stuck in a loop must not use up the hub that others need.
// Each caller, a member or another hub, has an allowance of its own: so many
// calls a second, which it may also make all at once after a second of rest.
// Every call counts once, however many rows its list has and however long its
// watch runs.
//
//   CallLimits limits({.clock = monotonic, .calls_per_second = 100});
//   CAREROUTE_RETURN_IF_ERROR(limits.Take(*call));

#ifndef CAREROUTE_LIB_API_CALL_LIMITS_H_
#define CAREROUTE_LIB_API_CALL_LIMITS_H_

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/api/call.h"
#include "lib/base/monotonic_clock.h"
#include "lib/base/mutex.h"

namespace careroute::api {

// Enough for an information system that imports while people work with it.
inline constexpr int kCallsPerSecondDefault = 100;

// Callers remembered of each of the last two seconds: more than a hub has
// members at work. Of still more, some get a new allowance too early.
inline constexpr size_t kRememberedCallersMax = 10000;

// Thread-safe. The clock must outlive it.
class CallLimits {
 public:
  struct Options {
    // A wall clock that is set would lend or take an allowance.
    const base::MonotonicClock& clock;
    int calls_per_second = kCallsPerSecondDefault;  // at least 1
  };
  explicit CallLimits(const Options& options);

  // Counts a call whose caller is known. A refusal that says when to try again
  // once the allowance is used up; that call is not counted.
  [[nodiscard]] absl::Status Take(const Call& call);

 private:
  // The time by which all that a caller did would have been within its rate.
  using ByCaller = absl::flat_hash_map<std::string, absl::Duration>;

  absl::Duration& PaidUntil(const std::string& caller, absl::Duration now)
      CAREROUTE_REQUIRES(mutex_);

  const base::MonotonicClock& clock_;
  const int calls_per_second_;
  const absl::Duration interval_;  // between two calls at the full rate
  base::Mutex mutex_;
  // Who called in the current span of time, and in the one before. A caller in
  // neither has rested for a second, which is as good as never having called.
  ByCaller recent_ CAREROUTE_GUARDED_BY(mutex_);
  ByCaller earlier_ CAREROUTE_GUARDED_BY(mutex_);
  absl::Duration span_began_ CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CALL_LIMITS_H_

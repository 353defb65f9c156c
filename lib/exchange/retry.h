// lib/exchange/retry.h: when something is tried again.
//
// Twice as long each time, up to a bound, and never for all at the same moment:
// what failed together must not come back together.
//
//   row.due = clock.Now() + RetryAfter(row.attempts, random);

#ifndef CAREROUTE_LIB_EXCHANGE_RETRY_H_
#define CAREROUTE_LIB_EXCHANGE_RETRY_H_

#include <cstdint>

#include "absl/time/time.h"
#include "lib/base/random.h"

namespace careroute::exchange {

// A restart of the other hub is over by then.
inline constexpr absl::Duration kRetryFirst = absl::Seconds(1);
// Whoever mends a hub sees what waited go within this.
inline constexpr absl::Duration kRetryMax = absl::Minutes(10);

// How long after the `attempts`-th attempt, from 1: a second times two to that
// power, at most kRetryMax, and of that between a half and the whole.
[[nodiscard]] absl::Duration RetryAfter(int32_t attempts, base::Random& random);

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_RETRY_H_

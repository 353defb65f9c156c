#include "lib/exchange/retry.h"

#include <algorithm>

namespace careroute::exchange {

absl::Duration RetryAfter(int32_t attempts, base::Random& random) {
  // Two to the tenth seconds are more than kRetryMax.
  constexpr int32_t kDoublingsMax = 10;
  const int32_t doublings = std::clamp<int32_t>(attempts, 0, kDoublingsMax);
  const absl::Duration whole =
      std::min(kRetryFirst * (int64_t{1} << doublings), kRetryMax);
  const int64_t half = absl::ToInt64Milliseconds(whole) / 2;
  const uint64_t more = random.Uniform(static_cast<uint64_t>(half) + 1);
  return absl::Milliseconds(half + static_cast<int64_t>(more));
}

}  // namespace careroute::exchange

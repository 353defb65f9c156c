#include "lib/base/real_clock.h"

#include <chrono>

#include "absl/time/clock.h"

namespace careroute::base {

absl::Time RealClock::Now() const { return absl::Now(); }

absl::Duration MonotonicTime() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

absl::Duration RealMonotonicClock::Elapsed() const { return MonotonicTime(); }

}  // namespace careroute::base

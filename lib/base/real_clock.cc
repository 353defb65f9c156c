#include "lib/base/real_clock.h"

#include "absl/time/clock.h"

namespace careroute::base {

absl::Time RealClock::Now() const { return absl::Now(); }

}  // namespace careroute::base

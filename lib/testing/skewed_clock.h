// lib/testing/skewed_clock.h: a clock that is wrong by the same span always.
//
//   SkewedClock clock(world, absl::Seconds(-40));

#ifndef CAREROUTE_LIB_TESTING_SKEWED_CLOCK_H_
#define CAREROUTE_LIB_TESTING_SKEWED_CLOCK_H_

#include "absl/time/time.h"
#include "lib/base/clock.h"

namespace careroute::testing {

// Thread-safe. The clock it is held against must outlive it.
class SkewedClock final : public base::Clock {
 public:
  SkewedClock(const base::Clock& right, absl::Duration ahead)
      : right_(right), ahead_(ahead) {}

  [[nodiscard]] absl::Time Now() const override {
    return right_.Now() + ahead_;
  }

 private:
  const base::Clock& right_;
  const absl::Duration ahead_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_SKEWED_CLOCK_H_

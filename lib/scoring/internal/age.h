// lib/scoring/internal/age.h: which age variant holds on a day.
//
// An age is known exactly by a birth date, or as a number of months that the
// person is taken to be exactly.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_AGE_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_AGE_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "lib/scoring/internal/plan.h"

namespace careroute::scoring::internal {

struct AgeOnDay {
  absl::CivilDay day;
  // One of the two is set.
  std::optional<absl::CivilDay> birth;
  int months = 0;
};

// The position of the variant whose months the age is in; -1 = none.
[[nodiscard]] int VariantAt(const Plan& plan, const AgeOnDay& age);

// The day somebody born on `birth` is `months` months old: the same day of the
// month, or its last day when it has no such day.
[[nodiscard]] absl::CivilDay DayOfAge(absl::CivilDay birth, int months);

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_AGE_H_

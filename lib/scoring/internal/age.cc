#include "lib/scoring/internal/age.h"

#include <algorithm>

namespace careroute::scoring::internal {
namespace {

bool IsAtLeast(const AgeOnDay& age, int months) {
  return age.birth.has_value() ? DayOfAge(*age.birth, months) <= age.day
                               : months <= age.months;
}

bool IsAtMost(const AgeOnDay& age, int months) {
  return age.birth.has_value() ? age.day <= DayOfAge(*age.birth, months)
                               : age.months <= months;
}

}  // namespace

absl::CivilDay DayOfAge(absl::CivilDay birth, int months) {
  const absl::CivilMonth month = absl::CivilMonth(birth) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (birth.day() - 1), last);
}

int VariantAt(const Plan& plan, const AgeOnDay& age) {
  for (size_t i = 0; i < plan.variants.size(); ++i) {
    const PlanVariant& variant = plan.variants[i];
    if (IsAtLeast(age, variant.from_months) &&
        (!variant.up_to_months.has_value() ||
         IsAtMost(age, *variant.up_to_months))) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

}  // namespace careroute::scoring::internal

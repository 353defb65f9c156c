#include "lib/pathway/internal/term_range.h"

#include <cstdint>
#include <optional>

namespace careroute::pathway::internal {
namespace {

using model::v1::Term;

constexpr std::int64_t kMinutesPerDay = std::int64_t{24} * 60;

// Shortest and longest length in minutes.
struct Range {
  std::int64_t least;
  std::int64_t most;
};

Range Days(std::int64_t least, std::int64_t most) {
  return {least * kMinutesPerDay, most * kMinutesPerDay};
}

std::optional<Range> RangeOf(const Term& term) {
  const std::int64_t n = term.n();
  switch (term.unit()) {
    case model::v1::TIME_UNIT_MINUTE:
      return Range{n, n};
    case model::v1::TIME_UNIT_HOUR:
      return Range{60 * n, 60 * n};
    case model::v1::TIME_UNIT_CALENDAR_DAY:
      return Days(n, n);
    case model::v1::TIME_UNIT_WORKING_DAY:
      // Two days off a week, and the longest holidays beside them.
      return Days(n, 2 * n + 14);
    case model::v1::TIME_UNIT_WEEK:
      return Days(7 * n, 7 * n);
    case model::v1::TIME_UNIT_MONTH:
      return Days(28 * n, 31 * n);
    case model::v1::TIME_UNIT_YEAR:
      return Days(365 * n, 366 * n);
    case model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH:
      return Days(n, 31 + n);
    default:
      return std::nullopt;
  }
}

}  // namespace

bool SurelyLonger(const Term& a, const Term& b) {
  if (a.unit() == b.unit()) {
    return RangeOf(a).has_value() && a.n() > b.n();
  }
  const std::optional<Range> of_a = RangeOf(a);
  const std::optional<Range> of_b = RangeOf(b);
  return of_a.has_value() && of_b.has_value() && of_a->least > of_b->most;
}

bool SurelyNotShorter(const Term& a, const Term& b) {
  if (a.unit() == b.unit()) {
    return RangeOf(a).has_value() && a.n() >= b.n();
  }
  const std::optional<Range> of_a = RangeOf(a);
  const std::optional<Range> of_b = RangeOf(b);
  return of_a.has_value() && of_b.has_value() && of_a->least >= of_b->most;
}

bool IsBeforeBirth(const model::v1::Age& age, const Term& before_by) {
  if (!age.parameter().empty()) {
    return false;
  }
  Term since_birth;
  since_birth.set_unit(model::v1::TIME_UNIT_MONTH);
  since_birth.set_n(12 * age.years() + age.months());
  Term months = before_by;
  if (before_by.unit() == model::v1::TIME_UNIT_YEAR) {
    months.set_unit(model::v1::TIME_UNIT_MONTH);
    months.set_n(12 * before_by.n());
  }
  return SurelyLonger(months, since_birth);
}

}  // namespace careroute::pathway::internal

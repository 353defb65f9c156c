#include "lib/calendar/internal/day_counter.h"

#include <algorithm>

namespace careroute::calendar::internal {
namespace {

std::optional<CivilDate> IfSupported(CivilDate date) {
  return IsSupported(date) ? std::optional<CivilDate>(date) : std::nullopt;
}

// `date` and `n` units of the calendar later, or earlier when n is negative.
CivilDate Shift(CivilDate date, const Term& term) {
  switch (term.unit) {
    case TimeUnit::kCalendarDays:
      return date + term.n;
    case TimeUnit::kWeeks:
      return date + 7 * term.n;
    case TimeUnit::kMonths:
      return AddMonths(date, term.n);
    case TimeUnit::kYears:
      return AddMonths(date, 12 * term.n);
    case TimeUnit::kDayOfNextMonth:
      return DayOfMonth(absl::CivilMonth(date) + 1, term.n);
    case TimeUnit::kMinutes:
    case TimeUnit::kHours:
    case TimeUnit::kWorkingDays:
      break;  // counted elsewhere
  }
  return date;
}

}  // namespace

std::optional<CivilDate> DayCounter::LastDay(CivilDate start, int64_t n) const {
  if (!CountsWorkingDays()) {
    return IfSupported(Shift(start, {.n = n, .unit = options_.unit}));
  }
  return n == 0 ? options_.calendar.WorkingDayOnOrAfter(start)
                : options_.calendar.WorkingDayAfter(start, n);
}

std::optional<CivilDate> DayCounter::FirstDay(CivilDate end, int64_t n) const {
  if (!CountsWorkingDays()) {
    return IfSupported(Shift(end, {.n = -n, .unit = options_.unit}));
  }
  return n == 0 ? options_.calendar.WorkingDayOnOrBefore(end)
                : options_.calendar.WorkingDayBefore(end, n);
}

int64_t DayCounter::Count(const DayRange& days) const {
  return CountsWorkingDays()
             ? options_.calendar.CountWorkingDays(days.first, days.end)
             : std::max<int64_t>(0, days.end - days.first);
}

std::optional<CivilDate> DayCounter::Prolong(CivilDate last,
                                             int64_t count) const {
  if (count == 0 || !CountsWorkingDays()) {
    return IfSupported(last + count);
  }
  return options_.calendar.WorkingDayAfter(last, count);
}

std::optional<CivilDate> DayCounter::Settle(CivilDate last) const {
  const bool settles = options_.statutory || CountsWorkingDays();
  return settles ? options_.calendar.WorkingDayOnOrAfter(last)
                 : IfSupported(last);
}

}  // namespace careroute::calendar::internal

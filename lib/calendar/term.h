// lib/calendar/term.h: how long something may take, as a rule states it.
//
// The plain form in which deadlines are computed; term_from_proto.h reads it
// from a pathway. Examples:
//
//   Limit decision = Term{.n = 5, .unit = TimeUnit::kWorkingDays};
//   Limit notice = Term{.n = 5, .unit = TimeUnit::kDayOfNextMonth};
//   Limit place = BeforeAge{.birth_date = CivilDate(2023, 5, 10), .years = 3};

#ifndef CAREROUTE_LIB_CALENDAR_TERM_H_
#define CAREROUTE_LIB_CALENDAR_TERM_H_

#include <cstdint>
#include <variant>

#include "lib/calendar/civil_date.h"

namespace careroute::calendar {

// What a term counts.
enum class TimeUnit {
  kMinutes,         // elapsed time from the start event, to the instant
  kHours,           // the same
  kCalendarDays,    // every day, from the day after the start event
  kWorkingDays,     // worked days only, from the day after the start event
  kWeeks,           // seven calendar days
  kMonths,          // to the same day of a later month; month ends clamp
  kYears,           // twelve months
  kDayOfNextMonth,  // by the n-th day of the month after the start event
};

// No rule of law or practice counts further; it keeps sums far from overflow.
inline constexpr int64_t kTermMax = 100'000;

// A length of time. Calendar and working days may be 0, which is "the same
// day"; every other unit starts at 1. A day of the next month is 1 to 31.
struct Term {
  int64_t n = 0;
  TimeUnit unit = TimeUnit::kCalendarDays;

  friend bool operator==(const Term&, const Term&) = default;
};

// Nobody is older; it keeps an age inside the supported years.
inline constexpr int kAgeYearsMax = 150;

// Before the birthday on which a person has the age of `years` and `months`:
// before 00:00 of that day. Together they must be at least one month.
struct BeforeAge {
  CivilDate birth_date = kDateMin;
  int years = 0;
  int months = 0;  // 0 to 11 beside the years, or up to 1,800 alone

  friend bool operator==(const BeforeAge&, const BeforeAge&) = default;
};

// Before 00:00 of a date.
struct BeforeDate {
  CivilDate date = kDateMin;

  friend bool operator==(const BeforeDate&, const BeforeDate&) = default;
};

using Limit = std::variant<Term, BeforeAge, BeforeDate>;

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_TERM_H_

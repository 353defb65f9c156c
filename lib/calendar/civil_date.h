// lib/calendar/civil_date.h: dates as people write them, without a clock.
//
// A CivilDate is a day of the Gregorian calendar in some place; only a Zone
// (zone.h) turns it into instants. Arithmetic in days is Abseil's own.
//
//   const CivilDate due = AddMonths(CivilDate(2025, 1, 31), 1);
//   FormatDate(due);  // "2025-02-28"
//
// All functions are pure and thread-safe.

#ifndef CAREROUTE_LIB_CALENDAR_CIVIL_DATE_H_
#define CAREROUTE_LIB_CALENDAR_CIVIL_DATE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace careroute::calendar {

using CivilDate = absl::CivilDay;

// The years the library answers for: every living person's birth, and every
// deadline anybody will wait for. Working days of all of them are tabulated.
inline constexpr int kYearMin = 1900;
inline constexpr int kYearMax = 2200;
inline constexpr CivilDate kDateMin{kYearMin, 1, 1};
inline constexpr CivilDate kDateMax{kYearMax, 12, 31};

// True from kDateMin to kDateMax.
[[nodiscard]] bool IsSupported(CivilDate date);

// True for instants between the two dates, in every zone; false for the
// infinite past and future.
[[nodiscard]] bool IsSupported(absl::Time time);

// Exactly "YYYY-MM-DD", a date that exists and is supported; otherwise
// INVALID_ARGUMENT with what is wrong and the form to use.
[[nodiscard]] absl::StatusOr<CivilDate> ParseDate(absl::string_view text);

// The date `days` after 1 January 1970. Abseil's own sum walks year by year,
// which would be most of the cost of a deadline. For dates of the supported
// years and some centuries around them.
[[nodiscard]] CivilDate DateOfDayNumber(int64_t days);

// Days from 1 January 1970 to `date`; negative before it.
[[nodiscard]] inline int64_t DayNumberOf(CivilDate date) {
  return date - CivilDate(1970, 1, 1);
}

// "YYYY-MM-DD".
[[nodiscard]] std::string FormatDate(CivilDate date);

// The same day of the month `months` later (earlier when negative), or the
// last day of that month when it has no such day: 31 January + 1 = 28 or 29
// February. Years are 12 months: 29 February + 12 = 28 February.
[[nodiscard]] CivilDate AddMonths(CivilDate date, int64_t months);

// The `day` of the month of `month`, or its last day when it has fewer.
[[nodiscard]] CivilDate DayOfMonth(absl::CivilMonth month, int64_t day);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_CIVIL_DATE_H_

// lib/calendar/count_back.h: when something must begin so that it is in time.
//
//   // Nine months before the third birthday:
//   CountBack(calendars,
//             {.term = Term{.n = 9, .unit = TimeUnit::kMonths},
//              .before = Birthday(birth, {.years = 3}),
//              .calendar = "ru", .zone = "RU-KHA"});
//
// Also the latest safe departure for a planned date, or the day to remind of a
// document that expires. Pure and thread-safe.

#ifndef CAREROUTE_LIB_CALENDAR_COUNT_BACK_H_
#define CAREROUTE_LIB_CALENDAR_COUNT_BACK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/term.h"

namespace careroute::calendar {

struct CountBackRequest {
  // Calendar days, working days, weeks, months or years. 0 days is the date
  // itself, 0 working days the last working day up to it.
  Term term;
  CivilDate before;
  // As in DeadlineRequest.
  absl::string_view calendar;
  absl::string_view zone;
};

struct EarlierDate {
  // 00:00 of `date` in the zone.
  absl::Time at;
  // The same day of an earlier month (month ends clamp), or so many days
  // earlier. A day off is not moved, except when working days are counted.
  CivilDate date = kDateMin;
  // As in Deadline.
  bool provisional = false;
  std::string calendar_edition;
  std::string zone;

  friend bool operator==(const EarlierDate&, const EarlierDate&) = default;
};

// INVALID_ARGUMENT lists every field that is wrong, with its mend. A date that
// is already past is an answer like any other.
[[nodiscard]] absl::StatusOr<EarlierDate> CountBack(
    const CalendarSet& calendars, const CountBackRequest& request);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_COUNT_BACK_H_

// lib/calendar/internal/day_plan.h: from an edition's data to a verdict on
// every day of the supported years.
//
// A known year is taken as its data states it. For every other year the
// weekend and the fixed holidays are laid out, and a holiday of the kind that
// the standing law moves by itself is moved to the next worked day.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_PLAN_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_PLAN_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "careroute/model/v1/calendar.pb.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar::internal {

struct DayPlan {
  std::vector<bool> working;     // one a day, from kDateMin
  std::vector<bool> known_year;  // one a year, from kYearMin
  // Looked up only, never iterated.
  absl::flat_hash_map<CivilDate, CivilDate> moved_to;    // from -> to
  absl::flat_hash_map<CivilDate, CivilDate> moved_from;  // to -> from
};

// `edition` has passed CheckEdition; a date that does not parse is skipped.
[[nodiscard]] DayPlan MakeDayPlan(const model::v1::CalendarEdition& edition);

// True when `date` is a weekly day off of the edition.
[[nodiscard]] bool IsWeekend(const model::v1::CalendarEdition& edition,
                             CivilDate date);

// The holiday kept on `date`, or null. Holidays are few: a scan.
[[nodiscard]] const model::v1::Holiday* FindHoliday(
    const model::v1::CalendarEdition& edition, CivilDate date);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_PLAN_H_

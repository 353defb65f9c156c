// lib/calendar/internal/check_year.h: what must hold of a published year.
//
// Nothing of a year is computed, so its data are held against each other: what
// a move takes away must have been a day off, what it gives must have been
// worked, and the days must add up to the published number.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_YEAR_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_YEAR_H_

#include "careroute/model/v1/calendar.pb.h"
#include "lib/base/problems.h"
#include "lib/calendar/internal/day_plan.h"

namespace careroute::calendar::internal {

// Each year once, its decree, its moves and its worked days.
void CheckYears(const model::v1::CalendarEdition& edition,
                base::Problems& problems);

// The number of working days each year states against `plan`; for an edition
// without errors.
void CheckWorkingDays(const model::v1::CalendarEdition& edition,
                      const DayPlan& plan, base::Problems& problems);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_YEAR_H_

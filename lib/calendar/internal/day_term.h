// lib/calendar/internal/day_term.h: deadlines counted in days, weeks, months
// and years.
//
// The last day is found as if nothing stopped the clock. Then each stop that
// begins before the deadline, earliest first, adds the whole local days it
// covers after the day of the start event. What begins after the deadline
// comes too late, so that the order matters: an added day can bring the next
// stop inside. No deadline ends while the clock stands.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_TERM_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_TERM_H_

#include "absl/status/statusor.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/internal/check_request.h"

namespace careroute::calendar::internal {

// `request` has been checked and its limit is a Term of days.
[[nodiscard]] absl::StatusOr<Deadline> EndOfDayTerm(
    const DeadlineRequest& request, const Place& place);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_TERM_H_

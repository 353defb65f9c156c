// lib/calendar/internal/elapsed_term.h: deadlines counted in minutes and hours.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_ELAPSED_TERM_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_ELAPSED_TERM_H_

#include "absl/status/statusor.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/internal/check_request.h"

namespace careroute::calendar::internal {

// Elapsed time from the start event; every stop that begins before the end
// adds exactly the time it takes after the start. `request` has been checked
// and its limit is a Term of minutes or hours.
[[nodiscard]] absl::StatusOr<Deadline> EndOfElapsedTerm(
    const DeadlineRequest& request, const Place& place);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_ELAPSED_TERM_H_

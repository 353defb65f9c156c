// lib/calendar/internal/fixed_date.h: deadlines before a birthday or a date.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_FIXED_DATE_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_FIXED_DATE_H_

#include "absl/status/statusor.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/internal/check_request.h"

namespace careroute::calendar::internal {

// Both end at 00:00 of a day, which neither stops nor days off move. The
// request has been checked.
[[nodiscard]] absl::StatusOr<Deadline> BeforeBirthday(
    const BeforeAge& age, const DeadlineRequest& request, const Place& place);
[[nodiscard]] absl::StatusOr<Deadline> BeforeFixedDate(
    const BeforeDate& before, const DeadlineRequest& request,
    const Place& place);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_FIXED_DATE_H_

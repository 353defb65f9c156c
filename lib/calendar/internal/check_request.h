// lib/calendar/internal/check_request.h: a deadline's request, checked and
// resolved.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_REQUEST_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_REQUEST_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/problems.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/term.h"

namespace careroute::calendar::internal {

// Neither is null. Borrowed from the CalendarSet.
struct Place {
  const Calendar* calendar = nullptr;
  const Zone* zone = nullptr;
};

// The calendar and zone of the names; what is unknown is reported under
// "calendar" and "zone" and left null.
struct PlaceNames {
  absl::string_view calendar;
  absl::string_view zone;
};
[[nodiscard]] Place FindPlace(const CalendarSet& calendars,
                              const PlaceNames& names,
                              base::Problems& problems);

// Reports under "n" and "unit" of the current place what is wrong with a term.
void CheckTerm(const Term& term, base::Problems& problems);

// The place of a request in which nothing is wrong; otherwise all that is.
[[nodiscard]] absl::StatusOr<Place> CheckRequest(
    const CalendarSet& calendars, const DeadlineRequest& request);

// The status of a result that would lie outside 1900 to 2200.
[[nodiscard]] absl::Status OutOfYears(absl::string_view field);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_CHECK_REQUEST_H_

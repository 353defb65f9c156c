#include "lib/calendar/deadline.h"

#include <utility>
#include <variant>

#include "lib/base/status_macros.h"
#include "lib/calendar/internal/check_request.h"
#include "lib/calendar/internal/day_term.h"
#include "lib/calendar/internal/elapsed_term.h"
#include "lib/calendar/internal/fixed_date.h"

namespace careroute::calendar {
namespace {

struct Compute {
  const DeadlineRequest& request;
  const internal::Place& place;

  absl::StatusOr<Deadline> operator()(const Term& term) const {
    const bool elapsed =
        term.unit == TimeUnit::kMinutes || term.unit == TimeUnit::kHours;
    return elapsed ? internal::EndOfElapsedTerm(request, place)
                   : internal::EndOfDayTerm(request, place);
  }
  absl::StatusOr<Deadline> operator()(const BeforeAge& age) const {
    return internal::BeforeBirthday(age, request, place);
  }
  absl::StatusOr<Deadline> operator()(const BeforeDate& before) const {
    return internal::BeforeFixedDate(before, request, place);
  }
};

}  // namespace

absl::StatusOr<Deadline> ComputeDeadline(const CalendarSet& calendars,
                                         const DeadlineRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const internal::Place place,
                             internal::CheckRequest(calendars, request));
  CAREROUTE_ASSIGN_OR_RETURN(
      Deadline deadline, std::visit(Compute{request, place}, request.limit));
  deadline.calendar_edition = place.calendar->edition();
  deadline.zone = place.zone->id();
  deadline.steps.push_back({.kind = DeadlineStep::Kind::kDue,
                            .date = deadline.last_date,
                            .to = deadline.due});
  return deadline;
}

}  // namespace careroute::calendar

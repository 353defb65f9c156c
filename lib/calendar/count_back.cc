#include "lib/calendar/count_back.h"

#include <optional>

#include "lib/base/problems.h"
#include "lib/base/status_macros.h"
#include "lib/calendar/internal/check_request.h"
#include "lib/calendar/internal/day_counter.h"

namespace careroute::calendar {
namespace {

bool CountsBack(TimeUnit unit) {
  return unit != TimeUnit::kMinutes && unit != TimeUnit::kHours &&
         unit != TimeUnit::kDayOfNextMonth;
}

void CheckBackwardTerm(const Term& term, base::Problems& problems) {
  const auto at = problems.Enter("term");
  if (CountsBack(term.unit)) {
    internal::CheckTerm(term, problems);
  } else {
    problems.Error("unit", "BAD_VALUE", "cannot be counted back",
                   "use calendar or working days, weeks, months or years");
  }
}

absl::StatusOr<internal::Place> Check(const CalendarSet& calendars,
                                      const CountBackRequest& request) {
  base::Problems problems;
  const internal::Place place = internal::FindPlace(
      calendars, {.calendar = request.calendar, .zone = request.zone},
      problems);
  CheckBackwardTerm(request.term, problems);
  if (!IsSupported(request.before)) {
    problems.Error("before", "OUT_OF_RANGE", "is out of range",
                   "use a date from 1900-01-01 to 2200-12-31");
  }
  if (problems.HasErrors()) {
    return problems.ToStatus();
  }
  return place;
}

}  // namespace

absl::StatusOr<EarlierDate> CountBack(const CalendarSet& calendars,
                                      const CountBackRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const internal::Place place,
                             Check(calendars, request));
  const internal::DayCounter counter(
      {.calendar = *place.calendar, .unit = request.term.unit});
  const std::optional<CivilDate> date =
      counter.FirstDay(request.before, request.term.n);
  if (!date) {
    return internal::OutOfYears("term.n");
  }
  EarlierDate earlier{.at = place.zone->StartOfDay(*date),
                      .date = *date,
                      .calendar_edition = place.calendar->edition(),
                      .zone = place.zone->id()};
  // The day itself is asked only when no day before it is counted.
  const CivilDate asked_last =
      request.term.n == 0 ? request.before : request.before - 1;
  const bool asks_days = request.term.unit == TimeUnit::kWorkingDays;
  earlier.provisional =
      (asks_days && place.calendar->FirstUnknown(*date, asked_last)) ||
      !place.zone->IsKnownAt(earlier.at);
  return earlier;
}

}  // namespace careroute::calendar

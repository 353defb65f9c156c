#include "lib/calendar/internal/fixed_date.h"

#include <cstdint>
#include <utility>

#include "lib/calendar/internal/provisional.h"

namespace careroute::calendar::internal {
namespace {

using Kind = DeadlineStep::Kind;

// Ends `deadline` with the day before `date`.
absl::StatusOr<Deadline> EndBefore(CivilDate date,
                                   const DeadlineRequest& request,
                                   const Place& place, Deadline deadline) {
  deadline.due = place.zone->StartOfDay(date);
  deadline.last_date = date - 1;
  if (!request.stops.empty()) {
    deadline.steps.push_back({.kind = Kind::kStopsDoNotCount});
  }
  FlagOffsets(*place.zone, {deadline.due, deadline.due}, deadline);
  return deadline;
}

}  // namespace

absl::StatusOr<Deadline> BeforeBirthday(const BeforeAge& age,
                                        const DeadlineRequest& request,
                                        const Place& place) {
  const int64_t months = int64_t{12} * age.years + age.months;
  const CivilDate birthday = AddMonths(age.birth_date, months);
  if (!IsSupported(birthday)) {
    return OutOfYears("limit.years");
  }
  Deadline deadline;
  deadline.steps.push_back(
      {.kind = Kind::kBirthday, .count = months, .date = birthday});
  if (birthday.day() != age.birth_date.day()) {
    deadline.steps.push_back({.kind = Kind::kMonthEnd,
                              .count = age.birth_date.day(),
                              .date = birthday});
  }
  return EndBefore(birthday, request, place, std::move(deadline));
}

absl::StatusOr<Deadline> BeforeFixedDate(const BeforeDate& before,
                                         const DeadlineRequest& request,
                                         const Place& place) {
  Deadline deadline;
  deadline.steps.push_back({.kind = Kind::kBeforeDate, .date = before.date});
  return EndBefore(before.date, request, place, std::move(deadline));
}

}  // namespace careroute::calendar::internal

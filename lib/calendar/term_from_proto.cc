#include "lib/calendar/term_from_proto.h"

#include "absl/status/status.h"

namespace careroute::calendar {

absl::StatusOr<Term> TermFromProto(const model::v1::Term& proto) {
  if (proto.no_limit()) {
    return absl::InvalidArgumentError(
        "no_limit: there is no limit to compute; ask before computing one");
  }
  switch (proto.unit()) {
    case model::v1::TIME_UNIT_MINUTE:
      return Term{.n = proto.n(), .unit = TimeUnit::kMinutes};
    case model::v1::TIME_UNIT_HOUR:
      return Term{.n = proto.n(), .unit = TimeUnit::kHours};
    case model::v1::TIME_UNIT_CALENDAR_DAY:
      return Term{.n = proto.n(), .unit = TimeUnit::kCalendarDays};
    case model::v1::TIME_UNIT_WORKING_DAY:
      return Term{.n = proto.n(), .unit = TimeUnit::kWorkingDays};
    case model::v1::TIME_UNIT_WEEK:
      return Term{.n = proto.n(), .unit = TimeUnit::kWeeks};
    case model::v1::TIME_UNIT_MONTH:
      return Term{.n = proto.n(), .unit = TimeUnit::kMonths};
    case model::v1::TIME_UNIT_YEAR:
      return Term{.n = proto.n(), .unit = TimeUnit::kYears};
    case model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH:
      return Term{.n = proto.n(), .unit = TimeUnit::kDayOfNextMonth};
    default:
      return absl::InvalidArgumentError(
          "unit: is missing or not known; bind the parameter, or use a value "
          "of TimeUnit");
  }
}

}  // namespace careroute::calendar

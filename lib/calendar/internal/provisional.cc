#include "lib/calendar/internal/provisional.h"

#include <optional>

namespace careroute::calendar::internal {

void FlagUnknownDays(const Calendar& calendar, const AskedDays& days,
                     Deadline& deadline) {
  const std::optional<CivilDate> unknown =
      calendar.FirstUnknown(days.first, days.last);
  if (unknown) {
    deadline.provisional = true;
    deadline.steps.push_back(
        {.kind = DeadlineStep::Kind::kProvisionalDays, .date = *unknown});
  }
}

void FlagOffsets(const Zone& zone, const AskedTimes& times,
                 Deadline& deadline) {
  if (!zone.IsKnownAt(times.first) || !zone.IsKnownAt(times.last)) {
    deadline.provisional = true;
    deadline.steps.push_back({.kind = DeadlineStep::Kind::kProvisionalOffset});
  }
}

}  // namespace careroute::calendar::internal

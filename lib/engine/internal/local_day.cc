#include "lib/engine/internal/local_day.h"

#include "lib/calendar/zone.h"

namespace careroute::engine::internal {

absl::CivilDay LocalDay(const calendar::CalendarSet& calendars,
                        const DirectoryPicture& directory,
                        const std::string& organisation, absl::Time time) {
  const auto it = directory.facts.find(organisation);
  if (it != directory.facts.end()) {
    const absl::StatusOr<const calendar::Calendar*> calendar =
        calendars.Find(it->second.calendar);
    const calendar::Zone* zone =
        calendar.ok() ? (*calendar)->FindZone(it->second.zone) : nullptr;
    if (zone != nullptr) return zone->LocalDate(time);
  }
  return absl::ToCivilDay(time, absl::UTCTimeZone());
}

}  // namespace careroute::engine::internal

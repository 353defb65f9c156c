#include "lib/calendar/load.h"

#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "lib/calendar/internal/check_edition.h"
#include "lib/calendar/internal/check_year.h"
#include "lib/calendar/internal/check_zone.h"
#include "lib/calendar/internal/day_plan.h"
#include "lib/calendar/internal/text_file.h"

namespace careroute::calendar {
namespace {

using model::v1::CalendarEdition;

std::vector<Zone> MakeZones(const CalendarEdition& edition) {
  std::vector<Zone> zones;
  for (const model::v1::Zone& zone : edition.zones()) {
    zones.emplace_back(zone.id(), internal::ReadOffsets(zone));
  }
  return zones;
}

void LoadFile(const CalendarFile& file, CalendarSet& calendars,
              base::Problems& problems) {
  CalendarEdition edition;
  internal::TextFile text({.name = file.name, .text = file.text});
  if (!text.Parse(edition, problems)) {
    return;
  }
  base::Problems found;
  if (const auto calendar = MakeCalendar(edition, found); calendar != nullptr) {
    if (const absl::Status added = calendars.Add(calendar); !added.ok()) {
      found.Error("edition", "DUPLICATE", "is the edition of another file",
                  "give it the next number");
    }
  }
  text.Locate(edition, found);
  for (base::Problem& problem : found.list()) {
    problems.Add(std::move(problem));
  }
}

}  // namespace

CalendarSet LoadCalendars(absl::Span<const CalendarFile> files,
                          base::Problems& problems) {
  CalendarSet calendars;
  for (const CalendarFile& file : files) {
    LoadFile(file, calendars, problems);
  }
  return calendars;
}

std::shared_ptr<const Calendar> MakeCalendar(CalendarEdition edition,
                                             base::Problems& problems) {
  base::Problems found;
  if (internal::CheckSizes(edition, found)) {
    internal::CheckEdition(edition, found);
    internal::CheckZones(edition, found);
    internal::CheckYears(edition, found);
  }
  internal::DayPlan plan;
  if (!found.HasErrors()) {
    plan = internal::MakeDayPlan(edition);
    internal::CheckWorkingDays(edition, plan, found);
  }
  const bool sound = !found.HasErrors();
  for (base::Problem& problem : found.list()) {
    problems.Add(std::move(problem));
  }
  if (!sound) {
    return nullptr;
  }
  std::vector<Zone> zones = MakeZones(edition);
  return std::make_shared<const Calendar>(std::move(edition), std::move(plan),
                                          std::move(zones));
}

}  // namespace careroute::calendar

#include "lib/calendar/calendar.h"

#include <algorithm>
#include <utility>

namespace careroute::calendar {

Calendar::Calendar(model::v1::CalendarEdition data, internal::DayPlan plan,
                   std::vector<Zone> zones)
    : data_(std::move(data)),
      plan_(std::move(plan)),
      table_(plan_.working),
      zones_(std::move(zones)) {
  for (size_t index = 0; index < zones_.size(); ++index) {
    zone_by_id_.emplace(zones_[index].id(), index);
  }
}

bool Calendar::IsWorkingDay(CivilDate date) const {
  return IsSupported(date) && table_.IsWorking(date);
}

bool Calendar::IsKnown(CivilDate date) const {
  return IsSupported(date) &&
         plan_.known_year[static_cast<size_t>(date.year() - kYearMin)];
}

std::optional<CivilDate> Calendar::FirstUnknown(CivilDate first,
                                                CivilDate last) const {
  for (CivilDate date = first; date <= last;
       date = CivilDate(date.year() + 1, 1, 1)) {
    if (!IsKnown(date)) {
      return date;
    }
  }
  return std::nullopt;
}

int64_t Calendar::CountWorkingDays(CivilDate first, CivilDate end) const {
  first = std::max(first, kDateMin);
  end = std::min(end, kDateMax + 1);
  return first < end ? table_.CountBefore(end) - table_.CountBefore(first) : 0;
}

std::optional<CivilDate> Calendar::WorkingDayAfter(CivilDate date,
                                                   int64_t n) const {
  if (!IsSupported(date) || n < 1) {
    return std::nullopt;
  }
  return table_.At(table_.CountBefore(date + 1) + n - 1);
}

std::optional<CivilDate> Calendar::WorkingDayBefore(CivilDate date,
                                                    int64_t n) const {
  if (!IsSupported(date) || n < 1) {
    return std::nullopt;
  }
  return table_.At(table_.CountBefore(date) - n);
}

std::optional<CivilDate> Calendar::WorkingDayOnOrAfter(CivilDate date) const {
  if (!IsSupported(date)) {
    return std::nullopt;
  }
  return table_.At(table_.CountBefore(date));
}

std::optional<CivilDate> Calendar::WorkingDayOnOrBefore(CivilDate date) const {
  if (!IsSupported(date)) {
    return std::nullopt;
  }
  return table_.At(table_.CountBefore(date + 1) - 1);
}

DayNote Calendar::Explain(CivilDate date) const {
  DayNote note{.known = IsKnown(date)};
  const auto to = plan_.moved_to.find(date);
  const auto from = plan_.moved_from.find(date);
  if (IsWorkingDay(date)) {
    const bool weekend = to != plan_.moved_to.end();
    note.kind =
        weekend ? DayNote::Kind::kWorkedWeekend : DayNote::Kind::kWorkingDay;
    note.moved = weekend ? to->second : kDateMin;
  } else if (from != plan_.moved_from.end()) {
    note.kind = DayNote::Kind::kMovedDayOff;
    note.moved = from->second;
  } else if (note.holiday = internal::FindHoliday(data_, date);
             note.holiday != nullptr) {
    note.kind = DayNote::Kind::kHoliday;
  } else {
    note.kind = DayNote::Kind::kWeekend;
  }
  return note;
}

const Zone* Calendar::FindZone(absl::string_view id) const {
  const auto found = zone_by_id_.find(id);
  return found == zone_by_id_.end() ? nullptr : &zones_[found->second];
}

const model::v1::Source& Calendar::SourceOf(
    model::v1::CountingRuleKind rule) const {
  for (const model::v1::CountingRule& entry : data_.rules()) {
    if (entry.rule() == rule) {
      return entry.source();
    }
  }
  return model::v1::Source::default_instance();
}

}  // namespace careroute::calendar

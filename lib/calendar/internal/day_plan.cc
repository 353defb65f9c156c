#include "lib/calendar/internal/day_plan.h"

#include <algorithm>
#include <cstdint>

#include "absl/status/statusor.h"
#include "lib/calendar/internal/working_day_table.h"

namespace careroute::calendar::internal {
namespace {

using model::v1::CalendarEdition;
using model::v1::CalendarYear;
using model::v1::Holiday;

bool IsKept(const Holiday& holiday, CivilDate date) {
  const int last_day =
      holiday.last_day() == 0 ? holiday.day() : holiday.last_day();
  return date.month() == holiday.month() && date.day() >= holiday.day() &&
         date.day() <= last_day &&
         (holiday.first_year() == 0 || date.year() >= holiday.first_year()) &&
         (holiday.last_year() == 0 || date.year() <= holiday.last_year());
}

void Move(DayPlan& plan, CivilDate from, CivilDate to) {
  plan.working[IndexOf(to)] = false;
  plan.moved_to.emplace(from, to);
  plan.moved_from.emplace(to, from);
}

void ApplyKnownYear(const CalendarYear& year, DayPlan& plan) {
  plan.known_year[static_cast<size_t>(year.year() - kYearMin)] = true;
  for (const auto& move : year.moves()) {
    const absl::StatusOr<CivilDate> from = ParseDate(move.from());
    const absl::StatusOr<CivilDate> to = ParseDate(move.to());
    if (from.ok() && to.ok()) {
      Move(plan, *from, *to);
    }
  }
  for (const auto& text : year.worked_days()) {
    if (const absl::StatusOr<CivilDate> date = ParseDate(text); date.ok()) {
      plan.working[IndexOf(*date)] = true;
    }
  }
}

// The next day that is worked so far; kDateMax when the years end first.
CivilDate NextWorked(const DayPlan& plan, CivilDate date) {
  while (date < kDateMax && !plan.working[IndexOf(date)]) {
    ++date;
  }
  return date;
}

// Holidays of the kind that the standing law moves off the weekend.
void ApplyGeneralRule(const CalendarEdition& edition, int year, DayPlan& plan) {
  const CivilDate end(year + 1, 1, 1);
  for (CivilDate date(year, 1, 1); date < end; ++date) {
    if (!IsWeekend(edition, date)) {
      continue;
    }
    const Holiday* holiday = FindHoliday(edition, date);
    if (holiday != nullptr &&
        holiday->on_weekend() == model::v1::WEEKEND_CLASH_NEXT_WORKING_DAY) {
      Move(plan, date, NextWorked(plan, date));
    }
  }
}

}  // namespace

bool IsWeekend(const CalendarEdition& edition, CivilDate date) {
  // The proto counts Monday as 1, Abseil Monday as 0.
  const int weekday = static_cast<int>(absl::GetWeekday(date)) + 1;
  return std::any_of(edition.weekend().begin(), edition.weekend().end(),
                     [weekday](int day) { return day == weekday; });
}

const Holiday* FindHoliday(const CalendarEdition& edition, CivilDate date) {
  for (const Holiday& holiday : edition.holidays()) {
    if (IsKept(holiday, date)) {
      return &holiday;
    }
  }
  return nullptr;
}

DayPlan MakeDayPlan(const CalendarEdition& edition) {
  DayPlan plan;
  plan.working.resize(kDays);
  plan.known_year.resize(kYearMax - kYearMin + 1);
  for (CivilDate date = kDateMin; date <= kDateMax; ++date) {
    plan.working[IndexOf(date)] =
        !IsWeekend(edition, date) && FindHoliday(edition, date) == nullptr;
  }
  for (const CalendarYear& year : edition.years()) {
    ApplyKnownYear(year, plan);
  }
  for (int year = kYearMin; year <= kYearMax; ++year) {
    if (!plan.known_year[static_cast<size_t>(year - kYearMin)]) {
      ApplyGeneralRule(edition, year, plan);
    }
  }
  return plan;
}

}  // namespace careroute::calendar::internal

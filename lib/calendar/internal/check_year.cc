#include "lib/calendar/internal/check_year.h"

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/internal/check_edition.h"
#include "lib/calendar/internal/working_day_table.h"

namespace careroute::calendar::internal {
namespace {

using base::Problems;
using model::v1::CalendarEdition;
using model::v1::CalendarYear;
using model::v1::DayOffMove;
using Dates = absl::flat_hash_set<CivilDate>;

// A year while it is checked. The sets are looked up, never iterated.
struct YearCheck {
  const CalendarEdition& edition;
  const CalendarYear& year;
  Problems& problems;
  Dates taken;   // days off that are moved away
  Dates given;   // days that become days off
  Dates worked;  // weekend days that are worked
};

// The date `text` of the year; reports what else it is.
std::optional<CivilDate> ReadDate(YearCheck& check, const std::string& text,
                                  absl::string_view field) {
  const absl::StatusOr<CivilDate> date = ParseDate(text);
  if (!date.ok()) {
    check.problems.Error(field, "BAD_DATE", "is not a date of 1900 to 2200",
                         "write it as YYYY-MM-DD");
    return std::nullopt;
  }
  if (date->year() != check.year.year()) {
    check.problems.Error(field, "OUT_OF_RANGE", "lies in another year",
                         "put it into the year it belongs to");
    return std::nullopt;
  }
  return *date;
}

bool IsOffByRule(const YearCheck& check, CivilDate date) {
  return IsWeekend(check.edition, date) ||
         FindHoliday(check.edition, date) != nullptr;
}

void CheckMove(YearCheck& check, const DayOffMove& move) {
  Problems& problems = check.problems;
  const std::optional<CivilDate> from = ReadDate(check, move.from(), "from");
  const std::optional<CivilDate> to = ReadDate(check, move.to(), "to");
  if (from && !IsOffByRule(check, *from)) {
    problems.Error("from", "NOT_OFF", "is no day off that could be moved",
                   "use a weekend day or a holiday");
  }
  if (from && !check.taken.insert(*from).second) {
    problems.Error("from", "DUPLICATE", "is moved twice", "remove one move");
  }
  if (to && IsOffByRule(check, *to)) {
    problems.Error("to", "OFF_ALREADY", "is a day off already",
                   "use a day that is worked otherwise");
  }
  if (to && !check.given.insert(*to).second) {
    problems.Error("to", "DUPLICATE", "is given twice",
                   "give each moved day off a date of its own");
  }
  if (move.basis() != model::v1::MOVE_BASIS_DECREE &&
      move.basis() != model::v1::MOVE_BASIS_GENERAL_RULE) {
    problems.Error("basis", "REQUIRED", "does not say who moves the day off",
                   "use MOVE_BASIS_DECREE or MOVE_BASIS_GENERAL_RULE");
  }
}

void CheckWorkedDays(YearCheck& check) {
  for (int i = 0; i < check.year.worked_days_size(); ++i) {
    const auto at = check.problems.Enter("worked_days", i);
    const std::optional<CivilDate> date =
        ReadDate(check, check.year.worked_days(i), "");
    if (!date) {
      continue;
    }
    if (!IsWeekend(check.edition, *date) ||
        FindHoliday(check.edition, *date) != nullptr) {
      check.problems.Error("", "NOT_WEEKEND",
                           "is no weekend day, or is a holiday",
                           "name only weekend days that are worked");
    } else if (!check.taken.contains(*date)) {
      check.problems.Error("", "NOT_MOVED",
                           "is worked but its day off goes nowhere",
                           "add the move, or remove it here");
    }
    if (!check.worked.insert(*date).second) {
      check.problems.Error("", "DUPLICATE", "is named twice", "remove one");
    }
  }
}

// A weekend day whose day off moves is worked, unless it is a holiday too.
void CheckTakenAreWorked(YearCheck& check) {
  for (int i = 0; i < check.year.moves_size(); ++i) {
    const absl::StatusOr<CivilDate> from =
        ParseDate(check.year.moves(i).from());
    if (!from.ok() || check.worked.contains(*from) ||
        FindHoliday(check.edition, *from) != nullptr) {
      continue;
    }
    const auto at = check.problems.Enter("moves", i);
    check.problems.Error("from", "NOT_WORKED",
                         "loses its day off but is not worked",
                         "add it to worked_days, or remove the move");
  }
}

// Holidays that the standing law moves must be moved by somebody.
void CheckHolidaysAreMoved(YearCheck& check) {
  const int year = check.year.year();
  const CivilDate end(year + 1, 1, 1);
  for (CivilDate date(year, 1, 1); date < end; ++date) {
    const model::v1::Holiday* holiday = FindHoliday(check.edition, date);
    if (holiday == nullptr || !IsWeekend(check.edition, date) ||
        holiday->on_weekend() != model::v1::WEEKEND_CLASH_NEXT_WORKING_DAY ||
        check.taken.contains(date)) {
      continue;
    }
    check.problems.Error("moves", "MISSING",
                         absl::StrCat("the holiday of ", FormatDate(date),
                                      " falls on a weekend and is not moved"),
                         "add the move with its basis");
  }
}

void CheckYear(YearCheck& check) {
  CheckSource(check.year.source(), check.problems);
  if (check.year.year() < kYearMin || check.year.year() > kYearMax) {
    check.problems.Error("year", "OUT_OF_RANGE", "is out of range",
                         "use 1900 to 2200");
    return;
  }
  for (int i = 0; i < check.year.moves_size(); ++i) {
    const auto at = check.problems.Enter("moves", i);
    CheckMove(check, check.year.moves(i));
  }
  CheckWorkedDays(check);
  CheckTakenAreWorked(check);
  CheckHolidaysAreMoved(check);
}

}  // namespace

void CheckYears(const CalendarEdition& edition, Problems& problems) {
  absl::flat_hash_set<int> seen;
  for (int i = 0; i < edition.years_size(); ++i) {
    const auto at = problems.Enter("years", i);
    if (!seen.insert(edition.years(i).year()).second) {
      problems.Error("year", "DUPLICATE", "is stated twice", "remove one");
    }
    YearCheck check{
        .edition = edition, .year = edition.years(i), .problems = problems};
    CheckYear(check);
  }
}

void CheckWorkingDays(const CalendarEdition& edition, const DayPlan& plan,
                      Problems& problems) {
  for (int i = 0; i < edition.years_size(); ++i) {
    const CalendarYear& year = edition.years(i);
    int64_t worked = 0;
    const CivilDate end(year.year() + 1, 1, 1);
    for (CivilDate date(year.year(), 1, 1); date < end; ++date) {
      worked += plan.working[IndexOf(date)] ? 1 : 0;
    }
    if (worked != year.working_days()) {
      const auto at = problems.Enter("years", i);
      problems.Error("working_days", "DOES_NOT_ADD_UP",
                     absl::StrCat("is ", year.working_days(),
                                  ", but the days of the year give ", worked),
                     "check the moves against the decree");
    }
  }
}

}  // namespace careroute::calendar::internal

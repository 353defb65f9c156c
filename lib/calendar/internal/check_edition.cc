#include "lib/calendar/internal/check_edition.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar::internal {
namespace {

using base::Problems;
using model::v1::CalendarEdition;
using model::v1::Holiday;

// The bounds of the proto fields.
constexpr size_t kCalendarIdMax = 16;
constexpr int kHolidaysMax = 100;
constexpr int kYearsMax = kYearMax - kYearMin + 1;
constexpr int kZonesMax = 200;
constexpr int kRulesMax = 20;

// The days of each month that every year has.
constexpr std::array<int, 13> kMonthDays = {0,  31, 28, 31, 30, 31, 30,
                                            31, 31, 30, 31, 30, 31};

// No dots: an edition adds the only one, so that the two never look alike.
bool IsCalendarId(absl::string_view id) {
  return !id.empty() && id.size() <= kCalendarIdMax &&
         absl::ascii_islower(static_cast<unsigned char>(id[0])) &&
         std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) ||
                  c == '_' || c == '-';
         });
}

void CheckIds(const CalendarEdition& edition, Problems& problems) {
  if (!IsCalendarId(edition.calendar())) {
    problems.Error("calendar", "BAD_ID", "is not the id of a calendar",
                   "use at most 16 of a-z, 0-9, _ and -, a letter first, such "
                   "as \"ru\"");
    return;
  }
  const absl::StatusOr<EditionNumber> number =
      ParseEdition(edition.calendar(), edition.edition());
  if (!number.ok()) {
    problems.Error(
        "edition", "BAD_ID", "is not an edition of the calendar",
        absl::StrCat("write the calendar, a year and a number, such as \"",
                     edition.calendar(), "-2026.1\""));
  }
}

void CheckWeekend(const CalendarEdition& edition, Problems& problems) {
  std::array<bool, 8> seen = {};
  for (int i = 0; i < edition.weekend_size(); ++i) {
    const int day = edition.weekend(i);
    const auto at = problems.Enter("weekend", i);
    if (day < model::v1::WEEKDAY_MONDAY || day > model::v1::WEEKDAY_SUNDAY) {
      problems.Error("", "BAD_VALUE", "is no day of the week",
                     "use WEEKDAY_MONDAY to WEEKDAY_SUNDAY");
    } else if (seen[static_cast<size_t>(day)]) {
      problems.Error("", "DUPLICATE", "is named twice", "remove one");
    } else {
      seen[static_cast<size_t>(day)] = true;
    }
  }
  const auto off = std::count(seen.begin(), seen.end(), true);
  if (off == 0 || off == 7) {
    problems.Error("weekend", "BAD_VALUE",
                   "a week needs days off and days that are worked",
                   "name one to six days of the week");
  }
}

int LastDay(const Holiday& holiday) {
  return holiday.last_day() == 0 ? holiday.day() : holiday.last_day();
}

bool HasDates(const Holiday& holiday) {
  return holiday.month() >= 1 && holiday.month() <= 12 && holiday.day() >= 1 &&
         LastDay(holiday) >= holiday.day() &&
         LastDay(holiday) <= kMonthDays[static_cast<size_t>(holiday.month())];
}

bool HasYear(int year) {
  return year == 0 || (year >= kYearMin && year <= kYearMax);
}

// True when some day of some year would be both holidays.
bool Overlap(const Holiday& a, const Holiday& b) {
  const auto end = [](int year) { return year == 0 ? kYearMax : year; };
  return a.month() == b.month() && a.day() <= LastDay(b) &&
         b.day() <= LastDay(a) && a.first_year() <= end(b.last_year()) &&
         b.first_year() <= end(a.last_year());
}

void CheckHolidayYears(const Holiday& holiday, Problems& problems) {
  if (!HasYear(holiday.first_year())) {
    problems.Error("first_year", "OUT_OF_RANGE", "is out of range",
                   "use 1900 to 2200, or leave it out");
  }
  if (!HasYear(holiday.last_year()) ||
      (holiday.last_year() != 0 &&
       holiday.last_year() < holiday.first_year())) {
    problems.Error("last_year", "OUT_OF_RANGE",
                   "is out of range or before first_year",
                   "use first_year to 2200, or leave it out");
  }
}

void CheckHoliday(const CalendarEdition& edition, int index,
                  Problems& problems) {
  const auto at = problems.Enter("holidays", index);
  const Holiday& holiday = edition.holidays(index);
  if (!HasDates(holiday)) {
    problems.Error("", "BAD_DATE",
                   "month, day and last_day give no dates of every year",
                   "use days that each year has, last_day not before day");
  }
  CheckTitle(holiday.title(), problems);
  CheckHolidayYears(holiday, problems);
  if (holiday.on_weekend() != model::v1::WEEKEND_CLASH_NEXT_WORKING_DAY &&
      holiday.on_weekend() != model::v1::WEEKEND_CLASH_BY_DECREE) {
    problems.Error("on_weekend", "REQUIRED",
                   "does not say what happens on a weekend",
                   "use WEEKEND_CLASH_NEXT_WORKING_DAY or "
                   "WEEKEND_CLASH_BY_DECREE");
  }
  CheckSource(holiday.source(), problems);
  for (int other = 0; other < index; ++other) {
    if (Overlap(edition.holidays(other), holiday)) {
      problems.Error("", "DUPLICATE",
                     absl::StrCat("shares a day with holidays[", other, "]"),
                     "give each day one holiday");
    }
  }
}

void CheckRules(const CalendarEdition& edition, Problems& problems) {
  constexpr int kLast = model::v1::CountingRuleKind_MAX;
  std::array<bool, kLast + 1> seen = {};
  for (int i = 0; i < edition.rules_size(); ++i) {
    const auto at = problems.Enter("rules", i);
    const int rule = edition.rules(i).rule();
    if (rule < 1 || rule > kLast) {
      problems.Error("rule", "BAD_VALUE", "is no rule of counting",
                     "use a value of CountingRuleKind");
    } else if (seen[static_cast<size_t>(rule)]) {
      problems.Error("rule", "DUPLICATE", "is named twice", "remove one");
    } else {
      seen[static_cast<size_t>(rule)] = true;
    }
    CheckSource(edition.rules(i).source(), problems);
  }
  for (int rule = 1; rule <= kLast; ++rule) {
    if (!seen[static_cast<size_t>(rule)]) {
      problems.Error(
          "rules", "MISSING",
          absl::StrCat("has no source of ",
                       model::v1::CountingRuleKind_Name(
                           static_cast<model::v1::CountingRuleKind>(rule))),
          "add an entry that names the act");
    }
  }
}

}  // namespace

bool CheckSizes(const CalendarEdition& edition, Problems& problems) {
  struct Bound {
    absl::string_view field;
    int size;
    int max;
  };
  const std::array<Bound, 4> bounds = {{
      {"holidays", edition.holidays_size(), kHolidaysMax},
      {"years", edition.years_size(), kYearsMax},
      {"zones", edition.zones_size(), kZonesMax},
      {"rules", edition.rules_size(), kRulesMax},
  }};
  bool fits = true;
  for (const Bound& bound : bounds) {
    if (bound.size > bound.max) {
      problems.Error(bound.field, "TOO_MANY",
                     absl::StrCat("has ", bound.size, " entries"),
                     absl::StrCat("use at most ", bound.max));
      fits = false;
    }
  }
  return fits;
}

void CheckEdition(const CalendarEdition& edition, Problems& problems) {
  CheckIds(edition, problems);
  CheckTitle(edition.title(), problems);
  CheckWeekend(edition, problems);
  for (int i = 0; i < edition.holidays_size(); ++i) {
    CheckHoliday(edition, i, problems);
  }
  if (edition.age_attained() != model::v1::AGE_ATTAINED_ON_BIRTHDAY &&
      edition.age_attained() != model::v1::AGE_ATTAINED_DAY_AFTER) {
    problems.Error("age_attained", "REQUIRED",
                   "does not say from which day a person has an age",
                   "use AGE_ATTAINED_ON_BIRTHDAY or AGE_ATTAINED_DAY_AFTER");
  }
  CheckRules(edition, problems);
}

void CheckSource(const model::v1::Source& source, Problems& problems) {
  const auto at = problems.Enter("source");
  if (source.act().empty()) {
    problems.Error("act", "REQUIRED", "names no act",
                   "cite the act and article as a lawyer would");
  }
  if (!model::v1::Provenance_IsValid(source.provenance()) ||
      source.provenance() == model::v1::PROVENANCE_UNSPECIFIED) {
    problems.Error("provenance", "REQUIRED",
                   "does not say how the fact is known",
                   "use PROVENANCE_CONFIRMED, PROVENANCE_SECOND_HAND, "
                   "PROVENANCE_RECALLED, PROVENANCE_REGION or PROVENANCE_DEMO");
  }
  const bool recalled = source.provenance() == model::v1::PROVENANCE_RECALLED;
  const bool confident =
      model::v1::Confidence_IsValid(source.confidence()) &&
      source.confidence() != model::v1::CONFIDENCE_UNSPECIFIED;
  if (recalled && !confident) {
    problems.Error("confidence", "REQUIRED",
                   "does not say how well the fact is remembered",
                   "use CONFIDENCE_LOW, CONFIDENCE_MEDIUM or CONFIDENCE_HIGH");
  }
}

void CheckTitle(const model::v1::LocalizedText& title, Problems& problems) {
  for (const absl::string_view language : {"ru", "en"}) {
    const auto& texts = title.translations();
    const auto count =
        std::count_if(texts.begin(), texts.end(), [language](const auto& text) {
          return text.language() == language && !text.text().empty();
        });
    if (count != 1) {
      problems.Error("title", "REQUIRED",
                     absl::StrCat("needs one text in \"", language, "\""),
                     "give the title once in each of \"ru\" and \"en\"");
    }
  }
}

}  // namespace careroute::calendar::internal

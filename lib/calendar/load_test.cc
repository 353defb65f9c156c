#include "lib/calendar/load.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using testing::HasSubstr;

constexpr char kShipped[] = "lib/calendar/catalogue/ru-2026.1.textproto";

base::Problems ProblemsOf(const std::string& text) {
  const std::vector<CalendarFile> files = {{.name = "test", .text = text}};
  base::Problems problems;
  const CalendarSet calendars = LoadCalendars(files, problems);
  EXPECT_EQ(calendars.editions().empty(), problems.HasErrors());
  return problems;
}

// The 1-based line of the first `needle`.
int LineOf(const std::string& text, const std::string& needle) {
  const size_t at = text.find(needle);
  EXPECT_NE(at, std::string::npos) << needle;
  const std::string before = text.substr(0, at);
  return static_cast<int>(1 + std::count(before.begin(), before.end(), '\n'));
}

struct Slip {
  std::string right;  // in the shipped file, once
  std::string wrong;
  std::string path;
  std::string reason;
};

std::vector<Slip> Slips() {
  return {
      {"calendar: \"ru\"", "calendar: \"RU\"", "calendar", "BAD_ID"},
      {"edition: \"ru-2026.1\"", "edition: \"ru-26\"", "edition", "BAD_ID"},
      {"text: \"Russia, five-day working week\"", "text: \"\"", "title",
       "REQUIRED"},
      {"weekend: WEEKDAY_SUNDAY", "weekend: WEEKDAY_SATURDAY", "weekend[1]",
       "DUPLICATE"},
      {"month: 2 day: 23", "month: 2 day: 29", "holidays[3]", "BAD_DATE"},
      {"month: 1 day: 8", "month: 1 day: 7", "holidays[2]", "DUPLICATE"},
      {"from: \"2024-01-06\"", "from: \"2024-1-06\"", "years[0].moves[0].from",
       "BAD_DATE"},
      {"from: \"2024-01-06\"", "from: \"2024-01-09\"", "years[0].moves[0].from",
       "NOT_OFF"},
      {"to: \"2024-05-10\"", "to: \"2024-05-09\"", "years[0].moves[0].to",
       "OFF_ALREADY"},
      {"to: \"2024-12-31\"", "to: \"2025-01-01\"", "years[0].moves[1].to",
       "OUT_OF_RANGE"},
      {"to: \"2024-12-31\"", "to: \"2024-05-10\"", "years[0].moves[1].to",
       "DUPLICATE"},
      {"  worked_days: \"2025-11-01\"\n", "", "years[1].moves[4].from",
       "NOT_WORKED"},
      {"worked_days: \"2025-11-01\"", "worked_days: \"2025-11-08\"",
       "years[1].worked_days[0]", "NOT_MOVED"},
      {"worked_days: \"2025-11-01\"", "worked_days: \"2025-11-05\"",
       "years[1].worked_days[0]", "NOT_WEEKEND"},
      {"working_days: 248", "working_days: 247", "years[0].working_days",
       "DOES_NOT_ADD_UP"},
      {"year: 2025", "year: 2024", "years[1].year", "DUPLICATE"},
      {"year: 2024", "year: 20240", "years[0].year", "OUT_OF_RANGE"},
      {"id: \"RU-PRI\"", "id: \"RU-KHA\"", "zones[14].id", "DUPLICATE"},
      {"id: \"RU-PRI\"", "id: \"RU PRI\"", "zones[14].id", "BAD_ID"},
      {"valid_from: \"2016-03-27T02:00:00+08:00\"",
       "valid_from: \"2016-03-27\"", "zones[11].offsets[1].valid_from",
       "BAD_TIME"},
      {"valid_from: \"2016-03-27T02:00:00+08:00\"",
       "valid_from: \"2013-03-27T02:00:00+08:00\"",
       "zones[11].offsets[1].valid_from", "OUT_OF_ORDER"},
      {"utc_offset_minutes: 420  # +07:00\n    source {\n      act: "
       "\"Федеральный закон от 03.06.2011 № 107-ФЗ ст. 5 в ред., действующей "
       "с 24.07.2016\"",
       "utc_offset_minutes: 4200\n source { act: \"x\"",
       "zones[6].offsets[1].utc_offset_minutes", "OUT_OF_RANGE"},
      {"age_attained: AGE_ATTAINED_DAY_AFTER", "", "age_attained", "REQUIRED"},
      {"rule: COUNTING_RULE_KIND_WEEKEND",
       "rule: COUNTING_RULE_KIND_END_OF_DAY", "rules[4].rule", "DUPLICATE"},
      {"act: \"ГК РФ ст. 191\"", "", "rules[0].source.act", "REQUIRED"},
  };
}

// Each slip alone is found at its place: path, reason and line.
TEST(LoadCalendars, FindsEachSlipAtItsLine) {
  const std::string shipped = ReadTestFile(kShipped);
  for (const Slip& slip : Slips()) {
    const std::string text =
        absl::StrReplaceAll(shipped, {{slip.right, slip.wrong}});
    ASSERT_NE(text, shipped) << slip.right;
    const base::Problems problems = ProblemsOf(text);
    const auto found = std::find_if(
        problems.list().begin(), problems.list().end(),
        [&slip](const base::Problem& problem) {
          return problem.path == slip.path && problem.reason == slip.reason;
        });
    ASSERT_NE(found, problems.list().end()) << slip.right << "\n"
                                            << problems.ToStatus();
    EXPECT_EQ(found->file, "test");
    EXPECT_FALSE(found->mend.empty());
    if (!slip.wrong.empty() && slip.reason != "REQUIRED") {
      EXPECT_LE(std::abs(found->line - LineOf(shipped, slip.right)), 1)
          << slip.path;
    }
  }
}

TEST(LoadCalendars, FindsAllSlipsOfAllFiles) {
  const std::string shipped = ReadTestFile(kShipped);
  const std::vector<CalendarFile> files = {
      {.name = "a",
       .text = absl::StrReplaceAll(shipped, {{"month: 6", "month: 16"},
                                             {"year: 2026", "year: 2025"},
                                             {"RU-KAM", "?"}})},
      {.name = "b", .text = shipped},
      {.name = "c", .text = "calendar: 7"},
      {.name = "d", .text = shipped},
  };
  base::Problems problems;
  const CalendarSet calendars = LoadCalendars(files, problems);
  EXPECT_EQ(calendars.editions().size(), 1U);
  const std::string text(problems.ToStatus().message());
  for (const char* part : {"holidays[7]", "years[2].year", "zones[18].id",
                           "c:1:", "edition: is the edition of another file"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(LoadCalendars, NamesTheLineOfASyntaxError) {
  const base::Problems problems =
      ProblemsOf("calendar: \"ru\"\nedition: \"ru-2026.1\"\nholydays {}\n");
  ASSERT_EQ(problems.list().size(), 1U);
  EXPECT_EQ(problems.list()[0].line, 3);
  EXPECT_EQ(problems.list()[0].reason, "SYNTAX");
}

TEST(LoadCalendars, RefusesHostileTextCheaply) {
  std::string deep = "zones { ";
  for (int i = 0; i < 20000; ++i) {
    deep += "title { translations { ";
  }
  EXPECT_TRUE(ProblemsOf(deep).HasErrors());
  EXPECT_TRUE(ProblemsOf(std::string(2 << 20, ' ')).HasErrors());
  EXPECT_TRUE(ProblemsOf("calendar: \"\xC3\x28\"").HasErrors());
  EXPECT_TRUE(ProblemsOf("").HasErrors());
  std::string many;
  for (int i = 0; i < 60000; ++i) {
    many += "years { }\n";
  }
  EXPECT_THAT(ProblemsOf(many).ToStatus().message(),
              HasSubstr("years: has 60000 entries"));
}

TEST(MakeCalendar, ChecksAMessageWithoutAFile) {
  base::Problems problems;
  EXPECT_EQ(MakeCalendar({}, problems), nullptr);
  EXPECT_TRUE(problems.HasErrors());
  for (const base::Problem& problem : problems.list()) {
    EXPECT_FALSE(problem.path.empty());
    EXPECT_EQ(problem.line, 0);
  }
}

// A calendar of another country needs no code: a Friday weekend, a holiday
// of some years only, birthdays that count at once.
TEST(MakeCalendar, HoldsToItsData) {
  model::v1::CalendarEdition edition = Russia().data();
  edition.set_calendar("xx");
  edition.set_edition("xx-2030.1");
  edition.clear_years();
  edition.clear_weekend();
  edition.add_weekend(model::v1::WEEKDAY_FRIDAY);
  model::v1::Holiday holiday = edition.holidays(3);
  edition.clear_holidays();
  holiday.set_first_year(2020);
  holiday.set_last_year(2029);
  *edition.add_holidays() = holiday;
  edition.set_age_attained(model::v1::AGE_ATTAINED_ON_BIRTHDAY);
  base::Problems problems;
  const auto calendar = MakeCalendar(edition, problems);
  ASSERT_NE(calendar, nullptr) << problems.ToStatus();
  EXPECT_FALSE(calendar->IsWorkingDay(Day("2026-01-09")));  // a Friday
  EXPECT_TRUE(calendar->IsWorkingDay(Day("2026-01-10")));
  EXPECT_TRUE(calendar->IsWorkingDay(Day("2019-02-23")));
  EXPECT_FALSE(calendar->IsWorkingDay(Day("2020-02-23")));
  EXPECT_TRUE(calendar->IsWorkingDay(Day("2030-02-23")));
  // Friday 23 February 2024 moves to Saturday.
  EXPECT_FALSE(calendar->IsWorkingDay(Day("2024-02-24")));
  EXPECT_FALSE(calendar->IsKnown(Day("2024-02-24")));
  EXPECT_EQ(calendar->age_attained(), AgeAttained::kOnBirthday);
}

// The shipped calendar without its decrees, and with Sunday alone off.
TEST(LoadCalendars, KeepsTheSaturdaysOfASixDayWeek) {
  std::string text = ReadTestFile(kShipped);
  const size_t years = text.find("years {");
  text.erase(years, text.find("# The federal time zones") - years);
  const std::vector<CalendarFile> files = {
      {.name = "six",
       .text = absl::StrReplaceAll(text, {{"weekend: WEEKDAY_SATURDAY", ""}})}};
  base::Problems problems;
  const CalendarSet calendars = LoadCalendars(files, problems);
  const absl::StatusOr<const Calendar*> six = calendars.Find("ru");
  ASSERT_TRUE(six.ok()) << problems.ToStatus();
  EXPECT_TRUE((*six)->IsWorkingDay(Day("2026-11-07")));   // Saturday
  EXPECT_FALSE((*six)->IsWorkingDay(Day("2026-11-08")));  // Sunday
  EXPECT_FALSE((*six)->IsWorkingDay(Day("2023-11-04")));  // holiday, Saturday
  EXPECT_TRUE((*six)->IsWorkingDay(Day("2023-11-06")));   // not moved
  EXPECT_FALSE((*six)->IsWorkingDay(Day("2029-11-05")));  // moved from Sunday
}

}  // namespace
}  // namespace careroute::calendar

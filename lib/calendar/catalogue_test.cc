// The shipped days of Russia against the decrees, day by day, and against an
// independent list.

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "lib/calendar/calendar.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using Kind = DayNote::Kind;

struct DayRow {
  std::string date;
  Kind kind;
  std::string moved;  // empty = not moved
};

void ExpectDays(const std::vector<DayRow>& rows) {
  for (const DayRow& row : rows) {
    const DayNote note = Russia().Explain(Day(row.date));
    const bool works =
        row.kind == Kind::kWorkingDay || row.kind == Kind::kWorkedWeekend;
    EXPECT_EQ(Russia().IsWorkingDay(Day(row.date)), works) << row.date;
    EXPECT_EQ(note.kind, row.kind) << row.date;
    EXPECT_TRUE(note.known) << row.date;
    if (!row.moved.empty()) {
      EXPECT_EQ(note.moved, Day(row.moved)) << row.date;
    }
  }
}

// Each moved day with its neighbours on both sides.
TEST(Russia2024, FollowsTheDecree) {
  ExpectDays({
      {"2024-01-01", Kind::kHoliday, ""},
      {"2024-01-05", Kind::kHoliday, ""},
      {"2024-01-06", Kind::kHoliday, ""},
      {"2024-01-07", Kind::kHoliday, ""},
      {"2024-01-08", Kind::kHoliday, ""},
      {"2024-01-09", Kind::kWorkingDay, ""},
      {"2024-02-22", Kind::kWorkingDay, ""},
      {"2024-02-23", Kind::kHoliday, ""},
      {"2024-02-24", Kind::kWeekend, ""},
      {"2024-02-29", Kind::kWorkingDay, ""},
      {"2024-03-08", Kind::kHoliday, ""},
      {"2024-03-11", Kind::kWorkingDay, ""},
      {"2024-04-26", Kind::kWorkingDay, ""},
      {"2024-04-27", Kind::kWorkedWeekend, "2024-04-29"},
      {"2024-04-28", Kind::kWeekend, ""},
      {"2024-04-29", Kind::kMovedDayOff, "2024-04-27"},
      {"2024-04-30", Kind::kMovedDayOff, "2024-11-02"},
      {"2024-05-01", Kind::kHoliday, ""},
      {"2024-05-02", Kind::kWorkingDay, ""},
      {"2024-05-08", Kind::kWorkingDay, ""},
      {"2024-05-09", Kind::kHoliday, ""},
      {"2024-05-10", Kind::kMovedDayOff, "2024-01-06"},
      {"2024-05-13", Kind::kWorkingDay, ""},
      {"2024-06-12", Kind::kHoliday, ""},
      {"2024-06-13", Kind::kWorkingDay, ""},
      {"2024-11-01", Kind::kWorkingDay, ""},
      {"2024-11-02", Kind::kWorkedWeekend, "2024-04-30"},
      {"2024-11-03", Kind::kWeekend, ""},
      {"2024-11-04", Kind::kHoliday, ""},
      {"2024-11-05", Kind::kWorkingDay, ""},
      {"2024-12-27", Kind::kWorkingDay, ""},
      {"2024-12-28", Kind::kWorkedWeekend, "2024-12-30"},
      {"2024-12-29", Kind::kWeekend, ""},
      {"2024-12-30", Kind::kMovedDayOff, "2024-12-28"},
      {"2024-12-31", Kind::kMovedDayOff, "2024-01-07"},
  });
}

TEST(Russia2025, FollowsTheDecree) {
  ExpectDays({
      {"2025-01-01", Kind::kHoliday, ""},
      {"2025-01-04", Kind::kHoliday, ""},
      {"2025-01-05", Kind::kHoliday, ""},
      {"2025-01-08", Kind::kHoliday, ""},
      {"2025-01-09", Kind::kWorkingDay, ""},
      {"2025-02-21", Kind::kWorkingDay, ""},
      {"2025-02-22", Kind::kWeekend, ""},
      {"2025-02-23", Kind::kHoliday, ""},
      {"2025-02-24", Kind::kWorkingDay, ""},
      {"2025-03-07", Kind::kWorkingDay, ""},
      {"2025-03-08", Kind::kHoliday, ""},
      {"2025-03-10", Kind::kWorkingDay, ""},
      {"2025-04-30", Kind::kWorkingDay, ""},
      {"2025-05-01", Kind::kHoliday, ""},
      {"2025-05-02", Kind::kMovedDayOff, "2025-01-04"},
      {"2025-05-05", Kind::kWorkingDay, ""},
      {"2025-05-07", Kind::kWorkingDay, ""},
      {"2025-05-08", Kind::kMovedDayOff, "2025-02-23"},
      {"2025-05-09", Kind::kHoliday, ""},
      {"2025-05-12", Kind::kWorkingDay, ""},
      {"2025-06-11", Kind::kWorkingDay, ""},
      {"2025-06-12", Kind::kHoliday, ""},
      {"2025-06-13", Kind::kMovedDayOff, "2025-03-08"},
      {"2025-06-16", Kind::kWorkingDay, ""},
      {"2025-10-31", Kind::kWorkingDay, ""},
      {"2025-11-01", Kind::kWorkedWeekend, "2025-11-03"},
      {"2025-11-02", Kind::kWeekend, ""},
      {"2025-11-03", Kind::kMovedDayOff, "2025-11-01"},
      {"2025-11-04", Kind::kHoliday, ""},
      {"2025-11-05", Kind::kWorkingDay, ""},
      {"2025-12-30", Kind::kWorkingDay, ""},
      {"2025-12-31", Kind::kMovedDayOff, "2025-01-05"},
  });
}

TEST(Russia2026, FollowsTheDecreeAndTheGeneralRule) {
  ExpectDays({
      {"2026-01-01", Kind::kHoliday, ""},
      {"2026-01-03", Kind::kHoliday, ""},
      {"2026-01-04", Kind::kHoliday, ""},
      {"2026-01-08", Kind::kHoliday, ""},
      {"2026-01-09", Kind::kMovedDayOff, "2026-01-03"},
      {"2026-01-10", Kind::kWeekend, ""},
      {"2026-01-12", Kind::kWorkingDay, ""},
      {"2026-02-20", Kind::kWorkingDay, ""},
      {"2026-02-23", Kind::kHoliday, ""},
      {"2026-02-24", Kind::kWorkingDay, ""},
      {"2026-03-06", Kind::kWorkingDay, ""},
      {"2026-03-08", Kind::kHoliday, ""},
      {"2026-03-09", Kind::kMovedDayOff, "2026-03-08"},
      {"2026-03-10", Kind::kWorkingDay, ""},
      {"2026-05-01", Kind::kHoliday, ""},
      {"2026-05-04", Kind::kWorkingDay, ""},
      {"2026-05-08", Kind::kWorkingDay, ""},
      {"2026-05-09", Kind::kHoliday, ""},
      {"2026-05-11", Kind::kMovedDayOff, "2026-05-09"},
      {"2026-05-12", Kind::kWorkingDay, ""},
      {"2026-06-12", Kind::kHoliday, ""},
      {"2026-06-15", Kind::kWorkingDay, ""},
      {"2026-11-03", Kind::kWorkingDay, ""},
      {"2026-11-04", Kind::kHoliday, ""},
      {"2026-11-05", Kind::kWorkingDay, ""},
      {"2026-12-30", Kind::kWorkingDay, ""},
      {"2026-12-31", Kind::kMovedDayOff, "2026-01-04"},
  });
}

// The list's head names the package it was taken from.
TEST(RussiaAgainstAnIndependentList, AgreesOnEveryDay) {
  std::set<std::string> off;
  std::set<std::string> worked;
  for (const absl::string_view line : absl::StrSplit(
           ReadTestFile("lib/calendar/testdata/holidays-ru.txt"), '\n')) {
    const std::vector<std::string> parts = absl::StrSplit(line, ' ');
    if (parts[0] == "off") {
      off.insert(parts[1]);
    } else if (parts[0] == "worked") {
      worked.insert(parts[1]);
    }
  }
  ASSERT_EQ(off.size(), 56U);
  ASSERT_EQ(worked.size(), 4U);
  const CivilDate end(2027, 1, 1);
  for (CivilDate date(2024, 1, 1); date < end; ++date) {
    const std::string text = FormatDate(date);
    const absl::Weekday day = absl::GetWeekday(date);
    const bool weekend =
        day == absl::Weekday::saturday || day == absl::Weekday::sunday;
    const bool expected =
        worked.contains(text) || (!weekend && !off.contains(text));
    EXPECT_EQ(Russia().IsWorkingDay(date), expected) << text;
    // And what is off by name there is no mere weekend here.
    if (off.contains(text)) {
      EXPECT_NE(Russia().Explain(date).kind, Kind::kWeekend) << text;
    }
  }
}

// The sums of the published production calendars for a five-day week.
TEST(Russia, HasTheWorkingDaysOfEachMonth) {
  struct Row {
    int year;
    int months[12];
    int sum;
  };
  const Row rows[] = {
      {2024, {17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21}, 248},
      {2025, {17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22}, 247},
      {2026, {15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22}, 247},
  };
  for (const Row& row : rows) {
    int sum = 0;
    for (int month = 1; month <= 12; ++month) {
      int days = 0;
      for (CivilDate date(row.year, month, 1); date.month() == month; ++date) {
        days += Russia().IsWorkingDay(date) ? 1 : 0;
      }
      EXPECT_EQ(days, row.months[month - 1]) << row.year << "-" << month;
      sum += days;
    }
    EXPECT_EQ(sum, row.sum) << row.year;
  }
}

TEST(RussiaBeyondThePublishedYears, FollowsTheGeneralRule) {
  struct Row {
    std::string date;
    bool works;
  };
  const std::vector<Row> rows = {
      {"2027-01-08", false},
      {"2027-01-11", true},
      // January's days are moved by decree only, and there is none.
      {"2027-12-31", true},
      {"2027-05-03", false},  // for Saturday 1 May
      {"2027-05-10", false},  // for Sunday 9 May
      {"2027-06-14", false},  // for Saturday 12 June
      {"2027-06-15", true},
      {"2028-11-06", false},  // for Saturday 4 November
      {"2023-11-06", false},
      {"2023-11-07", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Russia().IsWorkingDay(Day(row.date)), row.works) << row.date;
    EXPECT_FALSE(Russia().IsKnown(Day(row.date))) << row.date;
  }
}

TEST(Russia, StatesItsChoices) {
  EXPECT_EQ(Russia().id(), "ru");
  EXPECT_EQ(Russia().edition(), "ru-2026.1");
  EXPECT_EQ(Russia().age_attained(), AgeAttained::kDayAfter);
  EXPECT_EQ(Russia().SourceOf(model::v1::COUNTING_RULE_KIND_LAST_DAY_OFF).act(),
            "ГК РФ ст. 193");
}

}  // namespace
}  // namespace careroute::calendar

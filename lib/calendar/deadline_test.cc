// Where terms end, without stops (deadline_stop_test.cc has those).

#include "lib/calendar/deadline.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

// A deadline from 10:00 of `start` in Khabarovsk.
Deadline From(absl::string_view start, const Term& term, bool statutory) {
  const Zone* zone = Russia().FindZone("RU-KHA");
  const absl::StatusOr<Deadline> deadline =
      ComputeDeadline(ShippedCalendars(),
                      {.limit = term,
                       .start = zone->StartOfDay(Day(start)) + absl::Hours(10),
                       .calendar = "ru",
                       .zone = "RU-KHA",
                       .statutory = statutory});
  EXPECT_TRUE(deadline.ok()) << start << ": " << deadline.status();
  return deadline.ok() ? *deadline : Deadline{};
}

struct DateRow {
  std::string start;
  int64_t n;
  std::string last;
};

void ExpectLastDates(const std::vector<DateRow>& rows, TimeUnit unit,
                     bool statutory) {
  for (const DateRow& row : rows) {
    const Deadline deadline =
        From(row.start, {.n = row.n, .unit = unit}, statutory);
    EXPECT_EQ(FormatDate(deadline.last_date), row.last)
        << row.start << " + " << row.n;
    EXPECT_EQ(deadline.due,
              Russia().FindZone("RU-KHA")->EndOfDay(Day(row.last)))
        << row.start << " + " << row.n;
  }
}

TEST(WorkingDays, SkipDaysOffAndCountWorkedWeekends) {
  ExpectLastDates(
      {
          // 2024: 27 April, 2 November and 28 December are worked.
          {"2024-01-05", 1, "2024-01-09"},
          {"2024-02-29", 2, "2024-03-04"},
          {"2024-04-25", 5, "2024-05-06"},
          {"2024-04-26", 1, "2024-04-27"},
          {"2024-04-26", 2, "2024-05-02"},
          {"2024-04-27", 1, "2024-05-02"},
          {"2024-05-08", 1, "2024-05-13"},
          {"2024-06-11", 1, "2024-06-13"},
          {"2024-11-01", 1, "2024-11-02"},
          {"2024-11-02", 1, "2024-11-05"},
          {"2024-12-20", 10, "2025-01-14"},
          {"2024-12-27", 1, "2024-12-28"},
          {"2024-12-27", 2, "2025-01-09"},
          {"2024-12-28", 1, "2025-01-09"},
          {"2024-12-29", 1, "2025-01-09"},
          // 2025: 1 November is worked.
          {"2025-01-01", 5, "2025-01-15"},
          {"2025-01-01", 30, "2025-02-19"},
          {"2025-01-01", 250, "2026-01-14"},
          {"2025-02-21", 1, "2025-02-24"},
          {"2025-03-07", 1, "2025-03-10"},
          {"2025-04-30", 1, "2025-05-05"},
          {"2025-05-01", 1, "2025-05-05"},
          {"2025-05-07", 1, "2025-05-12"},
          {"2025-06-11", 1, "2025-06-16"},
          {"2025-10-31", 1, "2025-11-01"},
          {"2025-11-01", 1, "2025-11-05"},
          {"2025-12-26", 10, "2026-01-21"},
          {"2025-12-30", 1, "2026-01-12"},
          {"2025-12-30", 5, "2026-01-16"},
          // 2026: 9 and 11 January stand beside weekends.
          {"2026-01-08", 1, "2026-01-12"},
          {"2026-02-20", 1, "2026-02-24"},
          {"2026-03-06", 1, "2026-03-10"},
          {"2026-04-30", 5, "2026-05-08"},
          {"2026-05-08", 1, "2026-05-12"},
          {"2026-06-11", 1, "2026-06-15"},
          {"2026-11-03", 1, "2026-11-05"},
          {"2026-12-25", 5, "2027-01-12"},
          {"2026-12-30", 1, "2027-01-11"},
      },
      TimeUnit::kWorkingDays, /*statutory=*/false);
}

TEST(WorkingDays, NoneIsTheSameDayOrTheNextWorkedOne) {
  ExpectLastDates({{"2025-05-07", 0, "2025-05-07"},
                   {"2025-05-08", 0, "2025-05-12"},
                   {"2025-05-10", 0, "2025-05-12"},
                   {"2024-04-27", 0, "2024-04-27"}},
                  TimeUnit::kWorkingDays, /*statutory=*/true);
}

TEST(CalendarDays, EndOnAnyDayUnlessALawSetsThem) {
  ExpectLastDates({{"2025-02-13", 10, "2025-02-23"},
                   {"2025-12-21", 10, "2025-12-31"},
                   {"2025-12-22", 10, "2026-01-01"},
                   {"2024-02-28", 1, "2024-02-29"},
                   {"2025-02-28", 1, "2025-03-01"},
                   {"2025-03-08", 0, "2025-03-08"}},
                  TimeUnit::kCalendarDays, /*statutory=*/false);
}

TEST(StatutoryCalendarDays, MoveALastDayOffToTheNextWorkingDay) {
  ExpectLastDates(
      {
          {"2024-04-17", 10, "2024-04-27"},  // a worked Saturday stays
          {"2024-04-18", 10, "2024-05-02"}, {"2024-04-19", 10, "2024-05-02"},
          {"2024-12-18", 10, "2024-12-28"}, {"2024-12-19", 10, "2025-01-09"},
          {"2025-02-11", 10, "2025-02-21"}, {"2025-02-12", 10, "2025-02-24"},
          {"2025-02-13", 10, "2025-02-24"}, {"2025-04-22", 10, "2025-05-05"},
          {"2025-04-28", 10, "2025-05-12"}, {"2025-06-03", 10, "2025-06-16"},
          {"2025-10-22", 10, "2025-11-01"}, {"2025-10-23", 10, "2025-11-05"},
          {"2025-10-24", 10, "2025-11-05"}, {"2025-12-21", 10, "2026-01-12"},
          {"2026-02-26", 10, "2026-03-10"}, {"2026-05-01", 10, "2026-05-12"},
          {"2026-12-21", 10, "2027-01-11"}, {"2025-03-08", 0, "2025-03-10"},
      },
      TimeUnit::kCalendarDays, /*statutory=*/true);
}

TEST(Weeks, EndOnTheSameDayOfTheWeek) {
  ExpectLastDates({{"2025-12-18", 2, "2026-01-01"},
                   {"2025-12-25", 1, "2026-01-01"},
                   {"2024-02-26", 1, "2024-03-04"}},
                  TimeUnit::kWeeks, /*statutory=*/false);
  ExpectLastDates({{"2025-12-18", 2, "2026-01-12"}}, TimeUnit::kWeeks,
                  /*statutory=*/true);
}

TEST(Months, ClampAndThenMove) {
  ExpectLastDates({{"2025-01-31", 1, "2025-02-28"},
                   {"2025-01-30", 1, "2025-02-28"},
                   {"2024-01-31", 1, "2024-02-29"},
                   {"2024-11-30", 3, "2025-02-28"},
                   {"2025-03-31", 3, "2025-06-30"},
                   {"2025-08-31", 6, "2026-02-28"},
                   {"2025-12-31", 1, "2026-01-31"}},
                  TimeUnit::kMonths, /*statutory=*/false);
  ExpectLastDates({{"2025-08-31", 6, "2026-03-02"},
                   {"2025-12-31", 1, "2026-02-02"},
                   {"2025-01-31", 1, "2025-02-28"}},
                  TimeUnit::kMonths, /*statutory=*/true);
}

TEST(Years, EndOnTheSameDateOrTheEndOfItsMonth) {
  ExpectLastDates({{"2024-02-29", 1, "2025-02-28"},
                   {"2024-02-29", 4, "2028-02-29"},
                   {"2025-06-01", 3, "2028-06-01"}},
                  TimeUnit::kYears, /*statutory=*/false);
}

TEST(DayOfNextMonth, IsThatDayOrTheLastOfTheMonth) {
  ExpectLastDates({{"2025-03-10", 5, "2025-04-05"},
                   {"2025-03-31", 5, "2025-04-05"},
                   {"2025-04-01", 5, "2025-05-05"},
                   {"2025-12-31", 5, "2026-01-05"},
                   {"2025-01-15", 31, "2025-02-28"},
                   {"2024-01-31", 30, "2024-02-29"},
                   {"2025-03-01", 1, "2025-04-01"}},
                  TimeUnit::kDayOfNextMonth, /*statutory=*/false);
  ExpectLastDates({{"2025-03-10", 5, "2025-04-07"},
                   {"2025-12-31", 5, "2026-01-12"},
                   {"2026-01-31", 31, "2026-03-02"}},
                  TimeUnit::kDayOfNextMonth, /*statutory=*/true);
}

struct InstantRow {
  std::string start;
  Term term;
  std::string zone;
  std::string due;
  std::string last;
};

void ExpectInstants(const std::vector<InstantRow>& rows) {
  for (const InstantRow& row : rows) {
    const absl::StatusOr<Deadline> deadline =
        ComputeDeadline(ShippedCalendars(), {.limit = row.term,
                                             .start = At(row.start),
                                             .calendar = "ru",
                                             .zone = row.zone,
                                             .statutory = true});
    ASSERT_TRUE(deadline.ok()) << deadline.status();
    EXPECT_EQ(deadline->due, At(row.due)) << row.start << " " << row.zone;
    EXPECT_EQ(FormatDate(deadline->last_date), row.last) << row.start;
  }
}

TEST(MinutesAndHours, AreElapsedTimeThroughNightsAndDaysOff) {
  ExpectInstants({
      {"2025-12-31T23:30:00+10:00",
       {.n = 120, .unit = TimeUnit::kMinutes},
       "RU-KHA",
       "2026-01-01T01:30:00+10:00",
       "2026-01-01"},
      {"2025-05-08T15:00:00+10:00",
       {.n = 24, .unit = TimeUnit::kHours},
       "RU-KHA",
       "2025-05-09T15:00:00+10:00",
       "2025-05-09"},
      // An end at midnight belongs to the day it ends.
      {"2025-05-08T00:00:00+10:00",
       {.n = 24, .unit = TimeUnit::kHours},
       "RU-KHA",
       "2025-05-09T00:00:00+10:00",
       "2025-05-08"},
      // Chita put its clock forward at 02:00: an hour is an hour.
      {"2016-03-27T01:30:00+08:00",
       {.n = 1, .unit = TimeUnit::kHours},
       "RU-ZAB",
       "2016-03-27T03:30:00+09:00",
       "2016-03-27"},
  });
}

// One instant is Thursday in Moscow and Friday in Khabarovsk.
TEST(Zones, DecideTheDayOfTheStartEvent) {
  const Term one = {.n = 1, .unit = TimeUnit::kWorkingDays};
  ExpectInstants({
      {"2025-10-16T17:00:00+03:00", one, "RU-MOW", "2025-10-18T00:00:00+03:00",
       "2025-10-17"},
      {"2025-10-16T17:00:00+03:00", one, "RU-KHA", "2025-10-21T00:00:00+10:00",
       "2025-10-20"},
      {"2025-10-16T16:59:59+03:00", one, "RU-KHA", "2025-10-18T00:00:00+10:00",
       "2025-10-17"},
      {"2025-10-16T17:59:59+03:00", one, "RU-ZAB", "2025-10-18T00:00:00+09:00",
       "2025-10-17"},
      {"2025-10-16T20:00:00+03:00", one, "RU-KEM", "2025-10-21T00:00:00+07:00",
       "2025-10-20"},
  });
}

Deadline Before(const Limit& limit) {
  const absl::StatusOr<Deadline> deadline = ComputeDeadline(
      ShippedCalendars(),
      {.limit = limit, .calendar = "ru", .zone = "RU-ZAB", .statutory = true});
  EXPECT_TRUE(deadline.ok()) << deadline.status();
  return deadline.ok() ? *deadline : Deadline{};
}

TEST(BeforeAge, EndsWhereTheBirthdayBeginsAndNeverMoves) {
  struct Row {
    std::string birth;
    int years;
    int months;
    std::string last;
  };
  const std::vector<Row> rows = {
      {"2023-05-10", 3, 0, "2026-05-09"},  // a Saturday and a holiday
      {"2023-01-01", 3, 0, "2025-12-31"},  // a moved day off
      {"2020-02-29", 3, 0, "2023-02-27"},  // its birthday is 28 February
      {"2020-02-29", 4, 0, "2024-02-28"},  // its birthday is 29 February
      {"2024-08-31", 1, 6, "2026-02-27"},  {"2024-08-31", 0, 18, "2026-02-27"},
      {"2008-03-01", 18, 0, "2026-02-28"},
  };
  for (const Row& row : rows) {
    const Deadline deadline = Before(BeforeAge{.birth_date = Day(row.birth),
                                               .years = row.years,
                                               .months = row.months});
    EXPECT_EQ(FormatDate(deadline.last_date), row.last) << row.birth;
    EXPECT_EQ(deadline.due,
              Russia().FindZone("RU-ZAB")->EndOfDay(Day(row.last)));
  }
  EXPECT_FALSE(Before(BeforeAge{.birth_date = Day("2023-05-10"), .years = 3})
                   .provisional);
}

TEST(BeforeDate, EndsWhereTheDateBeginsAndNeverMoves) {
  const Deadline deadline = Before(BeforeDate{Day("2026-01-05")});
  EXPECT_EQ(deadline.due, At("2026-01-05T00:00:00+09:00"));
  EXPECT_EQ(deadline.last_date, Day("2026-01-04"));
  EXPECT_FALSE(deadline.provisional);
}

TEST(Provisional, IsWhatAskedADayOfNoPublishedYear) {
  struct Row {
    std::string start;
    Term term;
    bool statutory;
    bool provisional;
  };
  const TimeUnit working = TimeUnit::kWorkingDays;
  const TimeUnit days = TimeUnit::kCalendarDays;
  const std::vector<Row> rows = {
      {"2026-12-25", {3, working}, true, false},
      {"2026-12-25", {4, working}, true, true},
      {"2026-12-21", {9, days}, true, false},    // Wednesday 30 December
      {"2026-12-21", {10, days}, true, true},    // 31st: off, moves to 2027
      {"2026-12-21", {10, days}, false, false},  // no day is asked
      {"2026-12-21", {400, days}, false, false},
      {"2026-12-21", {400, days}, true, true},
      {"2023-12-29", {1, working}, true, true},   // 30 December 2023 is asked
      {"2023-12-31", {1, working}, true, false},  // only 2024 is
      {"2023-12-31", {10, days}, true, false},
      {"2023-12-31", {0, working}, true, true},
      {"2026-12-31", {100, TimeUnit::kHours}, true, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(From(row.start, row.term, row.statutory).provisional,
              row.provisional)
        << row.start << " + " << row.term.n;
  }
}

TEST(Provisional, IsWhatUsedAnUndatedOffset) {
  EXPECT_TRUE(From("2014-10-01", {1, TimeUnit::kHours}, false).provisional);
  EXPECT_FALSE(From("2014-10-27", {1, TimeUnit::kHours}, false).provisional);
}

// An escalation counts from the end of the limit it follows.
TEST(StartIsDue, CountsFromTheDayThatEndsThere) {
  const Deadline limit = From("2025-10-13", {1, TimeUnit::kWorkingDays}, true);
  ASSERT_EQ(limit.last_date, Day("2025-10-14"));
  DeadlineRequest next{.limit = Term{1, TimeUnit::kWorkingDays},
                       .start = limit.due,
                       .start_is_due = true,
                       .calendar = "ru",
                       .zone = "RU-KHA"};
  absl::StatusOr<Deadline> deadline = ComputeDeadline(ShippedCalendars(), next);
  ASSERT_TRUE(deadline.ok());
  EXPECT_EQ(deadline->last_date, Day("2025-10-15"));
  next.limit = Term{2, TimeUnit::kHours};
  deadline = ComputeDeadline(ShippedCalendars(), next);
  ASSERT_TRUE(deadline.ok());
  EXPECT_EQ(deadline->due, limit.due + absl::Hours(2));
}

TEST(Deadline, NamesTheEditionAndZoneItUsed) {
  const Deadline deadline = From("2025-10-13", {1, TimeUnit::kHours}, false);
  EXPECT_EQ(deadline.calendar_edition, "ru-2026.1");
  EXPECT_EQ(deadline.zone, "RU-KHA");
  EXPECT_FALSE(deadline.running);
}

}  // namespace
}  // namespace careroute::calendar

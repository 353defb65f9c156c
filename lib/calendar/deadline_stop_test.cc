// What stops add to a deadline.

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "gtest/gtest.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using Kind = DeadlineStep::Kind;

// A stop by local times of Khabarovsk, such as "2025-10-14T09:00"; no end =
// it still runs.
struct LocalStop {
  std::string from;
  std::string to;
};

absl::Time Local(const std::string& text) { return At(text + ":00+10:00"); }

std::vector<Stop> Stops(const std::vector<LocalStop>& local) {
  std::vector<Stop> stops;
  for (const LocalStop& stop : local) {
    stops.push_back({.from = Local(stop.from)});
    if (!stop.to.empty()) {
      stops.back().to = Local(stop.to);
    }
  }
  return stops;
}

struct Row {
  std::string why;
  Term term;
  bool statutory = false;
  std::vector<LocalStop> stops;
  std::string last;
};

// Deadlines of an event on Monday 13 October 2025, 10:00. The next day off of
// the week is Saturday 18; November opens with a worked Saturday.
Deadline Compute(const Row& row, const std::string& as_of) {
  const std::vector<Stop> stops = Stops(row.stops);
  const absl::StatusOr<Deadline> deadline = ComputeDeadline(
      ShippedCalendars(),
      {.limit = row.term,
       .start = Local("2025-10-13T10:00"),
       .calendar = "ru",
       .zone = "RU-KHA",
       .statutory = row.statutory,
       .stops = stops,
       .as_of = as_of.empty() ? absl::InfinitePast() : Local(as_of)});
  EXPECT_TRUE(deadline.ok()) << row.why << ": " << deadline.status();
  return deadline.ok() ? *deadline : Deadline{};
}

void ExpectLastDates(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(FormatDate(Compute(row, "").last_date), row.last) << row.why;
  }
}

constexpr Term kTenDays = {10, TimeUnit::kCalendarDays};   // until Thursday 23
constexpr Term kFiveWorked = {5, TimeUnit::kWorkingDays};  // until Monday 20

TEST(StopOfCalendarDays, AddsTheWholeDaysItCovers) {
  ExpectLastDates({
      {"no stop", kTenDays, false, {}, "2025-10-23"},
      {"two whole days",
       kTenDays,
       false,
       {{"2025-10-15T00:00", "2025-10-17T00:00"}},
       "2025-10-25"},
      {"two half days and one whole",
       kTenDays,
       false,
       {{"2025-10-15T12:00", "2025-10-17T12:00"}},
       "2025-10-24"},
      {"a day less a minute at each end",
       kTenDays,
       false,
       {{"2025-10-15T00:01", "2025-10-17T23:59"}},
       "2025-10-24"},
      {"parts of two days",
       kTenDays,
       false,
       {{"2025-10-15T09:00", "2025-10-16T18:00"}},
       "2025-10-23"},
      {"an empty stop",
       kTenDays,
       false,
       {{"2025-10-15T09:00", "2025-10-15T09:00"}},
       "2025-10-23"},
      {"days off count as well",
       kTenDays,
       false,
       {{"2025-10-18T00:00", "2025-10-20T00:00"}},
       "2025-10-25"},
      {"far beyond the end",
       kTenDays,
       false,
       {{"2025-10-20T00:00", "2025-12-01T00:00"}},
       "2025-12-04"},
  });
}

TEST(StopOfCalendarDays, CountsOnlyInsideTheTerm) {
  ExpectLastDates({
      {"before the start",
       kTenDays,
       false,
       {{"2025-10-01T00:00", "2025-10-12T00:00"}},
       "2025-10-23"},
      {"over the start: only the days after it",
       kTenDays,
       false,
       {{"2025-10-01T00:00", "2025-10-16T00:00"}},
       "2025-10-25"},
      {"the day of the start event itself",
       kTenDays,
       false,
       {{"2025-10-13T00:00", "2025-10-14T00:00"}},
       "2025-10-23"},
      {"from the end on",
       kTenDays,
       false,
       {{"2025-10-24T00:00", "2025-10-30T00:00"}},
       "2025-10-23"},
      {"the last day",
       kTenDays,
       false,
       {{"2025-10-23T00:00", "2025-10-24T00:00"}},
       "2025-10-24"},
  });
}

TEST(Stops, AreMergedBeforeTheyAreCounted) {
  ExpectLastDates({
      {"twice the same",
       kTenDays,
       false,
       {{"2025-10-15T00:00", "2025-10-17T00:00"},
        {"2025-10-15T00:00", "2025-10-17T00:00"}},
       "2025-10-25"},
      {"overlapping, in any order",
       kTenDays,
       false,
       {{"2025-10-16T00:00", "2025-10-18T00:00"},
        {"2025-10-15T00:00", "2025-10-17T00:00"}},
       "2025-10-26"},
      {"two halves that touch make a day",
       kTenDays,
       false,
       {{"2025-10-15T12:00", "2025-10-16T12:00"},
        {"2025-10-15T00:00", "2025-10-15T12:00"}},
       "2025-10-24"},
      {"two halves with a gap make none",
       kTenDays,
       false,
       {{"2025-10-15T00:00", "2025-10-15T12:00"},
        {"2025-10-15T12:01", "2025-10-16T00:00"}},
       "2025-10-23"},
      {"one inside the other",
       kTenDays,
       false,
       {{"2025-10-15T00:00", "2025-10-20T00:00"},
        {"2025-10-16T00:00", "2025-10-17T00:00"}},
       "2025-10-28"},
  });
}

// The first stop brings the second inside the term.
TEST(Stops, CountInTheirOrder) {
  ExpectLastDates({
      {"only the later: too late",
       kTenDays,
       false,
       {{"2025-10-25T00:00", "2025-10-28T00:00"}},
       "2025-10-23"},
      {"both: three days and then three more",
       kTenDays,
       false,
       {{"2025-10-25T00:00", "2025-10-28T00:00"},
        {"2025-10-15T00:00", "2025-10-18T00:00"}},
       "2025-10-29"},
  });
}

TEST(StopOfWorkingDays, AddsTheWholeWorkingDaysItCovers) {
  ExpectLastDates({
      {"no stop", kFiveWorked, true, {}, "2025-10-20"},
      {"a weekend adds nothing",
       kFiveWorked,
       true,
       {{"2025-10-18T00:00", "2025-10-20T00:00"}},
       "2025-10-20"},
      {"Thursday to Sunday adds two",
       kFiveWorked,
       true,
       {{"2025-10-16T00:00", "2025-10-20T00:00"}},
       "2025-10-22"},
      {"from Thursday noon adds Friday only",
       kFiveWorked,
       true,
       {{"2025-10-16T12:00", "2025-10-20T00:00"}},
       "2025-10-21"},
      {"over the worked Saturday of November",
       kFiveWorked,
       true,
       {{"2025-10-14T00:00", "2025-11-06T00:00"}},
       "2025-11-12"},
  });
}

TEST(StopOfMonths, AddsDaysToTheClampedEnd) {
  ExpectLastDates({
      {"no stop", {1, TimeUnit::kMonths}, false, {}, "2025-11-13"},
      {"ten days",
       {1, TimeUnit::kMonths},
       false,
       {{"2025-10-20T00:00", "2025-10-30T00:00"}},
       "2025-11-23"},
      {"and the sum moves off the weekend",
       {1, TimeUnit::kMonths},
       true,
       {{"2025-10-20T00:00", "2025-10-30T00:00"}},
       "2025-11-24"},
      {"by the 5th of the next month",
       {5, TimeUnit::kDayOfNextMonth},
       false,
       {{"2025-10-20T00:00", "2025-10-22T00:00"}},
       "2025-11-07"},
  });
}

// Nobody is overdue while the clock stands.
TEST(Stops, KeepTheTermOpenWhileTheyLast) {
  ExpectLastDates({
      {"begun on the last day, at work",
       kTenDays,
       false,
       {{"2025-10-23T15:00", "2025-10-28T15:00"}},
       "2025-10-28"},
      {"ended at midnight: one more day remains",
       kTenDays,
       false,
       {{"2025-10-23T15:00", "2025-10-28T00:00"}},
       "2025-10-28"},
      {"ended on the last day itself",
       kTenDays,
       false,
       {{"2025-10-23T15:00", "2025-10-23T18:00"}},
       "2025-10-23"},
      {"working days: ended on a weekend",
       kFiveWorked,
       true,
       {{"2025-10-20T15:00", "2025-10-25T12:00"}},
       "2025-10-27"},
      {"begun on a day off the end has moved over",
       {5, TimeUnit::kCalendarDays},
       true,
       {{"2025-10-19T10:00", "2025-10-24T10:00"}},
       "2025-10-24"},
      {"the same day",
       {0, TimeUnit::kCalendarDays},
       false,
       {{"2025-10-13T12:00", "2025-10-16T12:00"}},
       "2025-10-16"},
  });
}

TEST(StopOfHours, AddsExactlyItsTime) {
  struct HourRow {
    std::string why;
    std::vector<LocalStop> stops;
    std::string due;
  };
  const std::vector<HourRow> rows = {
      {"no stop", {}, "2025-10-14T10:00"},
      {"inside",
       {{"2025-10-13T12:00", "2025-10-13T14:30"}},
       "2025-10-14T12:30"},
      {"over the start",
       {{"2025-10-13T08:00", "2025-10-13T11:00"}},
       "2025-10-14T11:00"},
      {"up to the start",
       {{"2025-10-13T08:00", "2025-10-13T10:00"}},
       "2025-10-14T10:00"},
      {"over the end",
       {{"2025-10-14T09:59", "2025-10-15T09:59"}},
       "2025-10-15T10:00"},
      {"from the end",
       {{"2025-10-14T10:00", "2025-10-15T10:00"}},
       "2025-10-14T10:00"},
      {"overlapping",
       {{"2025-10-13T12:00", "2025-10-13T14:00"},
        {"2025-10-13T13:00", "2025-10-13T15:00"}},
       "2025-10-14T13:00"},
      {"the second inside by the first",
       {{"2025-10-14T10:30", "2025-10-14T11:30"},
        {"2025-10-13T12:00", "2025-10-13T13:00"}},
       "2025-10-14T12:00"},
  };
  for (const HourRow& row : rows) {
    const Deadline deadline = Compute({.why = row.why,
                                       .term = {24, TimeUnit::kHours},
                                       .statutory = true,
                                       .stops = row.stops},
                                      "");
    EXPECT_EQ(deadline.due, Local(row.due)) << row.why;
  }
}

bool Says(const Deadline& deadline, Kind kind) {
  return absl::c_any_of(deadline.steps, [kind](const DeadlineStep& step) {
    return step.kind == kind;
  });
}

TEST(RunningStop, CountsUpToNowAndIsReported) {
  const Row row{
      .why = "running", .term = kTenDays, .stops = {{"2025-10-15T00:00", ""}}};
  const Deadline deadline = Compute(row, "2025-10-18T09:00");
  EXPECT_TRUE(deadline.running);
  EXPECT_EQ(deadline.last_date, Day("2025-10-26"));
  EXPECT_TRUE(Says(deadline, Kind::kStopRunning));
  // As if it ended at as_of.
  const Deadline ended =
      Compute({.why = "ended",
               .term = kTenDays,
               .stops = {{"2025-10-15T00:00", "2025-10-18T09:00"}}},
              "");
  EXPECT_EQ(ended.due, deadline.due);
  EXPECT_FALSE(ended.running);
}

TEST(RunningStop, CountsFromTheMomentItBegins) {
  const Row row{.why = "just begun",
                .term = kTenDays,
                .stops = {{"2025-10-15T09:00", ""}}};
  EXPECT_TRUE(Compute(row, "2025-10-15T09:00").running);
  EXPECT_EQ(Compute(row, "2025-10-15T09:00").last_date, Day("2025-10-23"));
  // Not yet begun at as_of.
  EXPECT_FALSE(Compute(row, "2025-10-15T08:59").running);
  // Begun after the end.
  EXPECT_FALSE(Compute({.why = "late",
                        .term = kTenDays,
                        .stops = {{"2025-10-24T00:00", ""}}},
                       "2025-11-01T00:00")
                   .running);
}

TEST(RunningStop, NeverLetsTheDeadlinePass) {
  const Row row{.why = "running since the last day",
                .term = kTenDays,
                .stops = {{"2025-10-23T15:00", ""}}};
  for (const char* now :
       {"2025-10-23T16:00", "2025-10-24T00:00", "2025-10-25T12:00"}) {
    EXPECT_GT(Compute(row, now).due, Local(now)) << now;
  }
  const Row hours{.why = "hours",
                  .term = {2, TimeUnit::kHours},
                  .stops = {{"2025-10-13T11:00", ""}}};
  EXPECT_EQ(Compute(hours, "2025-10-20T11:00").due, Local("2025-10-20T12:00"));
  EXPECT_TRUE(Compute(hours, "2025-10-20T11:00").running);
}

TEST(FixedDates, AreNotMovedByStops) {
  const std::vector<Stop> stops = Stops({{"2026-01-01T00:00", ""}});
  const absl::StatusOr<Deadline> deadline = ComputeDeadline(
      ShippedCalendars(),
      {.limit = BeforeAge{.birth_date = Day("2023-05-10"), .years = 3},
       .calendar = "ru",
       .zone = "RU-KHA",
       .stops = stops,
       .as_of = Local("2026-03-01T00:00")});
  ASSERT_TRUE(deadline.ok());
  EXPECT_EQ(deadline->last_date, Day("2026-05-09"));
  EXPECT_FALSE(deadline->running);
  EXPECT_TRUE(Says(*deadline, Kind::kStopsDoNotCount));
}

}  // namespace
}  // namespace careroute::calendar

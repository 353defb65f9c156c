#include "lib/calendar/count_back.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/calendar/age.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

using testing::HasSubstr;

CountBackRequest Request(const Term& term, CivilDate before) {
  return {.term = term, .before = before, .calendar = "ru", .zone = "RU-KHA"};
}

TEST(CountBack, FindsTheDayToBeginOn) {
  struct Row {
    Term term;
    std::string before;
    std::string date;
  };
  const std::vector<Row> rows = {
      {{9, TimeUnit::kMonths}, "2026-05-10", "2025-08-10"},
      {{9, TimeUnit::kMonths}, "2026-11-30", "2026-02-28"},
      {{3, TimeUnit::kMonths}, "2026-05-31", "2026-02-28"},
      {{1, TimeUnit::kYears}, "2024-02-29", "2023-02-28"},
      {{2, TimeUnit::kWeeks}, "2026-01-09", "2025-12-26"},
      {{10, TimeUnit::kCalendarDays}, "2026-03-05", "2026-02-23"},
      {{0, TimeUnit::kCalendarDays}, "2026-03-08", "2026-03-08"},
      {{1, TimeUnit::kWorkingDays}, "2026-01-12", "2025-12-30"},
      {{2, TimeUnit::kWorkingDays}, "2024-05-02", "2024-04-26"},
      {{1, TimeUnit::kWorkingDays}, "2025-11-05", "2025-11-01"},
      {{0, TimeUnit::kWorkingDays}, "2025-11-03", "2025-11-01"},
  };
  for (const Row& row : rows) {
    const absl::StatusOr<EarlierDate> earlier =
        CountBack(ShippedCalendars(), Request(row.term, Day(row.before)));
    ASSERT_TRUE(earlier.ok()) << earlier.status();
    EXPECT_EQ(FormatDate(earlier->date), row.date) << row.before;
    EXPECT_EQ(earlier->at,
              Russia().FindZone("RU-KHA")->StartOfDay(Day(row.date)));
    EXPECT_EQ(earlier->calendar_edition, "ru-2026.1");
  }
}

// Transition to preschool begins nine months before the third birthday.
TEST(CountBack, ComposesWithABirthday) {
  const CivilDate birthday = Birthday(Day("2024-02-29"), {.years = 3});
  const absl::StatusOr<EarlierDate> earlier =
      CountBack(ShippedCalendars(), Request({9, TimeUnit::kMonths}, birthday));
  ASSERT_TRUE(earlier.ok());
  EXPECT_EQ(earlier->date, Day("2026-05-28"));
  EXPECT_EQ(earlier->at, At("2026-05-28T00:00:00+10:00"));
}

TEST(CountBack, IsProvisionalOutsideThePublishedYears) {
  const auto provisional = [](const Term& term, absl::string_view before) {
    return CountBack(ShippedCalendars(), Request(term, Day(before)))
        ->provisional;
  };
  EXPECT_TRUE(provisional({1, TimeUnit::kWorkingDays}, "2027-01-11"));
  EXPECT_FALSE(provisional({1, TimeUnit::kWorkingDays}, "2027-01-01"));
  EXPECT_TRUE(provisional({0, TimeUnit::kWorkingDays}, "2027-01-01"));
  EXPECT_FALSE(provisional({9, TimeUnit::kMonths}, "2030-01-01"));
}

TEST(CountBack, RefusesTheAbsurdWithFieldAndMend) {
  const auto refusal = [](const CountBackRequest& request) {
    return std::string(
        CountBack(ShippedCalendars(), request).status().message());
  };
  for (const TimeUnit unit :
       {TimeUnit::kMinutes, TimeUnit::kHours, TimeUnit::kDayOfNextMonth,
        static_cast<TimeUnit>(77)}) {
    EXPECT_THAT(refusal(Request({5, unit}, Day("2026-01-12"))),
                HasSubstr("term.unit: "));
  }
  EXPECT_THAT(refusal(Request({std::numeric_limits<int64_t>::min(),
                               TimeUnit::kCalendarDays},
                              Day("2026-01-12"))),
              HasSubstr("term.n: "));
  EXPECT_THAT(refusal(Request({kTermMax, TimeUnit::kYears}, Day("2026-01-12"))),
              HasSubstr("1900 to 2200"));
  EXPECT_THAT(refusal(Request({1, TimeUnit::kYears}, CivilDate(3000, 1, 1))),
              HasSubstr("before: is out of range"));
  CountBackRequest request = Request({1, TimeUnit::kYears}, Day("2026-01-12"));
  request.calendar = "de";
  EXPECT_THAT(refusal(request), HasSubstr("calendar: "));
}

}  // namespace
}  // namespace careroute::calendar

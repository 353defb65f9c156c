#include "lib/calendar/calendar.h"

#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

TEST(Calendar, CountsForwardsAndBackwardsAlike) {
  CivilDate date = Day("2023-12-29");
  for (int64_t n = 1; n <= 800; ++n) {
    const std::optional<CivilDate> after = Russia().WorkingDayAfter(date, n);
    ASSERT_TRUE(after.has_value());
    EXPECT_TRUE(Russia().IsWorkingDay(*after)) << FormatDate(*after);
    EXPECT_EQ(Russia().WorkingDayBefore(*after, n), date);
    EXPECT_EQ(Russia().CountWorkingDays(date + 1, *after + 1), n);
  }
}

TEST(Calendar, FindsTheWorkingDayAtOrNearADate) {
  EXPECT_EQ(Russia().WorkingDayOnOrAfter(Day("2026-01-09")), Day("2026-01-12"));
  EXPECT_EQ(Russia().WorkingDayOnOrAfter(Day("2026-01-12")), Day("2026-01-12"));
  EXPECT_EQ(Russia().WorkingDayOnOrBefore(Day("2026-01-11")),
            Day("2025-12-30"));
  EXPECT_EQ(Russia().WorkingDayOnOrBefore(Day("2024-04-27")),
            Day("2024-04-27"));
}

TEST(Calendar, AnswersNothingBeyondTheYears) {
  EXPECT_EQ(Russia().WorkingDayAfter(kDateMax, 1), std::nullopt);
  EXPECT_EQ(Russia().WorkingDayAfter(Day("2026-01-12"), int64_t{1} << 60),
            std::nullopt);
  EXPECT_EQ(Russia().WorkingDayBefore(kDateMin, 1), std::nullopt);
  EXPECT_EQ(Russia().WorkingDayAfter(Day("2026-01-12"), 0), std::nullopt);
  EXPECT_EQ(Russia().WorkingDayOnOrAfter(kDateMax + 1), std::nullopt);
  EXPECT_FALSE(Russia().IsWorkingDay(kDateMax + 1));
  EXPECT_FALSE(Russia().IsKnown(kDateMin - 1));
  EXPECT_EQ(Russia().CountWorkingDays(kDateMax + 5, kDateMax + 9), 0);
  EXPECT_EQ(Russia().CountWorkingDays(Day("2026-01-12"), Day("2026-01-05")), 0);
}

TEST(Calendar, NamesTheFirstDayOfNoPublishedYear) {
  EXPECT_EQ(Russia().FirstUnknown(Day("2024-01-01"), Day("2026-12-31")),
            std::nullopt);
  EXPECT_EQ(Russia().FirstUnknown(Day("2026-12-31"), Day("2027-03-01")),
            Day("2027-01-01"));
  EXPECT_EQ(Russia().FirstUnknown(Day("2023-12-31"), Day("2024-01-01")),
            Day("2023-12-31"));
}

TEST(Calendar, ExplainsAMoveInAnUnpublishedYear) {
  const DayNote note = Russia().Explain(Day("2027-05-03"));
  EXPECT_EQ(note.kind, DayNote::Kind::kMovedDayOff);
  EXPECT_EQ(note.moved, Day("2027-05-01"));
  EXPECT_FALSE(note.known);
}

TEST(Calendar, KnowsOnlyItsZones) {
  EXPECT_NE(Russia().FindZone("RU-KHA"), nullptr);
  EXPECT_EQ(Russia().FindZone("RU-kha"), nullptr);
  EXPECT_EQ(Russia().FindZone(""), nullptr);
}

}  // namespace
}  // namespace careroute::calendar

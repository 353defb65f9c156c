#include "lib/calendar/zone.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/calendar/test_calendars.h"

namespace careroute::calendar {
namespace {

const Zone& ZoneOf(absl::string_view id) {
  const Zone* zone = Russia().FindZone(id);
  EXPECT_NE(zone, nullptr) << id;
  return *zone;
}

TEST(ShippedZones, ShowTheClockOfTheirRegion) {
  struct Row {
    std::string zone;
    std::string time;
    int hours;
  };
  const std::vector<Row> rows = {
      {"RU-KGD", "2014-10-25T23:00:00Z", 2},
      {"RU-KGD", "2026-07-01T00:00:00Z", 2},
      {"RU-MOW", "2026-01-01T00:00:00Z", 3},
      {"RU-SAM", "2026-07-01T00:00:00Z", 4},
      {"RU-SVE", "2026-07-01T00:00:00Z", 5},
      {"RU-OMS", "2026-07-01T00:00:00Z", 6},
      {"RU-KYA", "2026-07-01T00:00:00Z", 7},
      {"RU-KEM", "2026-01-01T00:00:00Z", 7},
      {"RU-KEM", "2014-10-26T00:00:00Z", 7},
      {"RU-NVS", "2016-07-23T19:59:59Z", 6},
      {"RU-NVS", "2016-07-23T20:00:00Z", 7},
      {"RU-ZAB", "2016-03-26T17:59:59Z", 8},
      {"RU-ZAB", "2016-03-26T18:00:00Z", 9},
      {"RU-ZAB", "2026-01-01T00:00:00Z", 9},
      {"RU-KHA", "2026-07-01T00:00:00Z", 10},
      {"RU-PRI", "2026-07-01T00:00:00Z", 10},
      {"RU-YEV", "2026-07-01T00:00:00Z", 10},
      {"RU-MAG", "2016-04-23T15:59:59Z", 10},
      {"RU-MAG", "2016-04-23T16:00:00Z", 11},
      {"RU-KAM", "2026-07-01T00:00:00Z", 12},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ZoneOf(row.zone).OffsetMinutesAt(At(row.time)), row.hours * 60)
        << row.zone << " " << row.time;
  }
}

TEST(Zone, LocalDateTurnsAtLocalMidnight) {
  const Zone& chita = ZoneOf("RU-ZAB");
  EXPECT_EQ(chita.LocalDate(At("2026-01-09T23:59:59.999999999+09:00")),
            Day("2026-01-09"));
  EXPECT_EQ(chita.LocalDate(At("2026-01-10T00:00:00+09:00")),
            Day("2026-01-10"));
  EXPECT_EQ(ZoneOf("RU-MOW").LocalDate(At("2026-01-10T00:00:00+09:00")),
            Day("2026-01-09"));
  // Before 1970 as well, where seconds are negative.
  EXPECT_EQ(chita.LocalDate(At("1960-05-04T23:59:59.5+08:00")),
            Day("1960-05-04"));
}

TEST(Zone, StartOfDayUsesTheOffsetOfThatDay) {
  const Zone& chita = ZoneOf("RU-ZAB");
  EXPECT_EQ(chita.StartOfDay(Day("2016-03-27")),
            At("2016-03-27T00:00:00+08:00"));
  EXPECT_EQ(chita.StartOfDay(Day("2016-03-28")),
            At("2016-03-28T00:00:00+09:00"));
  EXPECT_EQ(chita.EndOfDay(Day("2016-03-27")), At("2016-03-28T00:00:00+09:00"));
}

TEST(Zone, StartAndLocalDateAgreeForEveryDay) {
  for (const char* id : {"RU-MOW", "RU-ZAB", "RU-MAG", "RU-KAM"}) {
    const Zone& zone = ZoneOf(id);
    for (CivilDate date = kDateMin; date <= kDateMax; date += 3) {
      const absl::Time start = zone.StartOfDay(date);
      ASSERT_EQ(zone.LocalDate(start), date) << id;
      ASSERT_EQ(zone.LocalDate(start - absl::Nanoseconds(1)), date - 1) << id;
    }
  }
}

// A clock put forward over midnight has no 00:00: the day begins with the
// change. One put back over midnight has two: the later one ends the day.
TEST(Zone, MidnightSkippedOrRepeated) {
  const Zone skips("SKIPS", {{At("2000-01-01T00:00:00Z"), 0},
                             {At("2020-03-01T23:30:00Z"), 60}});
  EXPECT_EQ(skips.StartOfDay(Day("2020-03-02")), At("2020-03-01T23:30:00Z"));
  const Zone repeats("REPEATS", {{At("2000-01-01T00:00:00Z"), 60},
                                 {At("2020-10-31T23:30:00Z"), 0}});
  EXPECT_EQ(repeats.StartOfDay(Day("2020-11-01")), At("2020-11-01T00:00:00Z"));
}

TEST(Zone, IsNotKnownBeforeItsFirstOffset) {
  const Zone& chita = ZoneOf("RU-ZAB");
  EXPECT_FALSE(chita.IsKnownAt(At("2014-10-26T01:59:59+10:00")));
  EXPECT_TRUE(chita.IsKnownAt(At("2014-10-26T02:00:00+10:00")));
  EXPECT_EQ(chita.OffsetMinutesAt(At("2000-01-01T00:00:00Z")), 8 * 60);
}

TEST(Zone, AnswersForInfiniteTimes) {
  const Zone& chita = ZoneOf("RU-ZAB");
  EXPECT_GT(chita.LocalDate(absl::InfiniteFuture()), kDateMax);
  EXPECT_LT(chita.LocalDate(absl::InfinitePast()), kDateMin);
}

}  // namespace
}  // namespace careroute::calendar

#include "services/command/wall.h"

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

// 2025-04-08 14:00 UTC: midnight in Khabarovsk.
google::protobuf::Timestamp Midnight() {
  google::protobuf::Timestamp time;
  time.set_seconds(1744120800);
  return time;
}

TEST(Wall, ShowsTheDayOfTheCoordinatorsClock) {
  EXPECT_EQ(Wall("en", 600).Day(Midnight()), "2025-04-09");
  EXPECT_EQ(Wall("en", 0).Day(Midnight()), "2025-04-08");
  EXPECT_EQ(Wall("ru", 600).Day(Midnight()), "09.04.2025");
}

TEST(Wall, TakesAnExclusiveMidnightForTheDayBefore) {
  EXPECT_EQ(Wall("en", 600).Until(Midnight()), "2025-04-08");
  EXPECT_EQ(Wall("en", 570).Until(Midnight()), "2025-04-08 23:30");
}

TEST(Wall, ShowsTheTimeOfDayOfAMomentAtMidnightToo) {
  EXPECT_EQ(Wall("en", 600).Moment(Midnight()), "2025-04-09 00:00");
  EXPECT_EQ(Wall("ru", 570).Moment(Midnight()), "08.04.2025 23:30");
}

TEST(Wall, WritesDatesInTheLanguageAndLeavesWhatIsNoDate) {
  EXPECT_EQ(Wall("ru", 0).Day("2025-04-08"), "08.04.2025");
  EXPECT_EQ(Wall("ru", 0).Day(""), "");
  EXPECT_EQ(Wall("ru", 0).Day("soon"), "soon");
}

}  // namespace
}  // namespace careroute::services

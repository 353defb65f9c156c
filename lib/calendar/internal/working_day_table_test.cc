#include "lib/calendar/internal/working_day_table.h"

#include <cstddef>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::calendar::internal {
namespace {

constexpr uint64_t kSeed = 20260109;

std::vector<bool> RandomDays(base::Random& random) {
  std::vector<bool> days(kDays);
  for (size_t i = 0; i < kDays; ++i) {
    // Long runs of days off as well, so that whole words are empty.
    days[i] = (i / 500) % 2 == 0 && random.Uniform(7) < 5;
  }
  return days;
}

TEST(WorkingDayTable, CountsAndFindsAsAWalkDoes) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  base::SeededRandom random(kSeed);
  const std::vector<bool> days = RandomDays(random);
  const WorkingDayTable table(days);
  int64_t count = 0;
  for (size_t i = 0; i < kDays; ++i) {
    const CivilDate date = kDateMin + static_cast<int64_t>(i);
    ASSERT_EQ(table.CountBefore(date), count) << i;
    ASSERT_EQ(table.IsWorking(date), days[i]) << i;
    if (days[i]) {
      ASSERT_EQ(table.At(count), date) << i;
      ++count;
    }
  }
  EXPECT_EQ(table.CountBefore(kDateMax + 1), count);
  EXPECT_EQ(table.At(count), std::nullopt);
  EXPECT_EQ(table.At(-1), std::nullopt);
}

TEST(WorkingDayTable, HoldsTheLastDay) {
  std::vector<bool> days(kDays);
  days.back() = true;
  const WorkingDayTable table(days);
  EXPECT_EQ(table.At(0), kDateMax);
  EXPECT_EQ(table.CountBefore(kDateMax), 0);
  EXPECT_EQ(table.CountBefore(kDateMax + 1), 1);
}

}  // namespace
}  // namespace careroute::calendar::internal

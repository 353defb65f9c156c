#include "lib/exchange/retry.h"

#include <set>

#include "gtest/gtest.h"

namespace careroute::exchange {
namespace {

constexpr uint64_t kSeed = 5;

TEST(RetryAfter, WaitsTwiceAsLongEachTimeBetweenAHalfAndTheWhole) {
  base::SeededRandom random(kSeed);
  absl::Duration whole = absl::Seconds(2);
  for (int32_t attempts = 1; attempts <= 9; ++attempts) {
    for (int i = 0; i < 50; ++i) {
      const absl::Duration after = RetryAfter(attempts, random);
      EXPECT_GE(after, whole / 2) << "attempt " << attempts;
      EXPECT_LE(after, whole) << "attempt " << attempts;
    }
    whole *= 2;
  }
}

TEST(RetryAfter, NeverWaitsLongerThanTenMinutes) {
  base::SeededRandom random(kSeed);
  for (const int32_t attempts : {10, 31, 32, 64, INT32_MAX}) {
    const absl::Duration after = RetryAfter(attempts, random);
    EXPECT_LE(after, kRetryMax) << "attempt " << attempts;
    EXPECT_GE(after, kRetryMax / 2) << "attempt " << attempts;
  }
}

TEST(RetryAfter, StandsANumberThatNobodyCounted) {
  base::SeededRandom random(kSeed);
  for (const int32_t attempts : {0, -1, INT32_MIN}) {
    EXPECT_LE(RetryAfter(attempts, random), kRetryFirst);
    EXPECT_GE(RetryAfter(attempts, random), kRetryFirst / 2);
  }
}

TEST(RetryAfter, BringsNotAllBackAtTheSameMoment) {
  base::SeededRandom random(kSeed);
  std::set<absl::Duration> seen;
  for (int i = 0; i < 100; ++i) seen.insert(RetryAfter(8, random));
  EXPECT_GT(seen.size(), 90U);
}

}  // namespace
}  // namespace careroute::exchange

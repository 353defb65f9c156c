#include "lib/base/clock.h"

#include "gtest/gtest.h"
#include "lib/base/real_clock.h"

namespace careroute::base {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1735689600);

TEST(VirtualClock, StandsStillBetweenCalls) {
  const VirtualClock clock(kStart);
  EXPECT_EQ(clock.Now(), kStart);
  EXPECT_EQ(clock.Now(), kStart);
}

TEST(VirtualClock, AdvancesToALaterTime) {
  VirtualClock clock(kStart);
  clock.AdvanceTo(kStart + absl::Hours(24));
  EXPECT_EQ(clock.Now(), kStart + absl::Hours(24));
}

TEST(VirtualClock, IgnoresAnAdvanceIntoThePast) {
  VirtualClock clock(kStart);
  clock.AdvanceTo(kStart - absl::Nanoseconds(1));
  EXPECT_EQ(clock.Now(), kStart);
}

TEST(VirtualClock, JumpsBackOnlyWhenATestSaysSo) {
  VirtualClock clock(kStart);
  clock.SetForTest(kStart - absl::Hours(1));
  EXPECT_EQ(clock.Now(), kStart - absl::Hours(1));
}

TEST(RealClock, TellsATimeOfOurCentury) {
  const absl::Time now = RealClock().Now();
  EXPECT_GT(now, absl::FromUnixSeconds(1735689600));  // 2025-01-01
  EXPECT_LT(now, absl::FromUnixSeconds(4102444800));  // 2100-01-01
}

TEST(RealMonotonicClock, NeverStepsBack) {
  const RealMonotonicClock clock;
  absl::Duration last = MonotonicTime();
  for (int i = 0; i < 1000; ++i) {
    const absl::Duration now = clock.Elapsed();
    ASSERT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace careroute::base

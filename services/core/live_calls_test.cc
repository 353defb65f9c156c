#include "services/core/live_calls.h"

#include <latch>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/real_clock.h"

namespace careroute::services {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

TEST(LiveCalls, EndsStreamsThatRunAndWhateverComesLater) {
  LiveCalls live;
  std::vector<int> ended;
  live.AddStream([&] { ended.push_back(1); });
  const int64_t left = live.AddStream([&] { ended.push_back(2); });
  live.AddStream([&] { ended.push_back(3); });
  live.RemoveStream(left);
  EXPECT_THAT(ended, ElementsAre());
  live.Drain();
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3));
  live.AddStream([&] { ended.push_back(4); });
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3, 4));
  live.Drain();
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3, 4));
}

TEST(LiveCalls, AStreamMayRemoveItselfAsItEnds) {
  LiveCalls live;
  int64_t id = 0;
  id = live.AddStream([&] { live.RemoveStream(id); });
  live.Drain();
  live.RemoveStream(id);
}

TEST(LiveCalls, LetsNobodyInOnceItDrains) {
  LiveCalls live;
  EXPECT_TRUE(live.Begin());
  live.Drain();
  EXPECT_FALSE(live.Begin());
}

TEST(LiveCalls, WaitsForTheLastCallAndForNothingElse) {
  const base::RealClock clock;
  LiveCalls live;
  ASSERT_TRUE(live.Begin());
  ASSERT_TRUE(live.Begin());
  live.Drain();
  live.End();
  std::latch waiting(1);
  std::thread last([&] {
    waiting.wait();
    live.End();
  });
  waiting.count_down();
  const absl::Time start = clock.Now();
  live.WaitUntilIdle(
      {.clock = clock, .earliest = start, .deadline = start + absl::Hours(1)});
  last.join();
  EXPECT_LT(clock.Now() - start, absl::Minutes(1));
}

TEST(LiveCalls, WaitsNoLongerThanItMay) {
  const base::RealClock clock;
  LiveCalls live;
  ASSERT_TRUE(live.Begin());
  live.WaitUntilIdle({.clock = clock,
                      .earliest = absl::InfiniteFuture(),
                      .deadline = clock.Now() - absl::Seconds(1)});
  live.End();
  live.WaitUntilIdle({.clock = clock,
                      .earliest = absl::InfiniteFuture(),
                      .deadline = clock.Now() - absl::Seconds(1)});
}

}  // namespace
}  // namespace careroute::services

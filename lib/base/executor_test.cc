#include "lib/base/executor.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::base {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kStart = absl::FromUnixSeconds(1735689600);

class ManualExecutorTest : public testing::Test {
 protected:
  Task Note(std::string name) {
    return [this, name = std::move(name)] { ran_.push_back(name); };
  }

  VirtualClock clock_{kStart};
  ManualExecutor executor_{clock_};
  std::vector<std::string> ran_;
};

TEST_F(ManualExecutorTest, RunsNothingInsidePost) {
  executor_.Post(Note("a"));
  executor_.PostAt(kStart, Note("b"));
  EXPECT_THAT(ran_, IsEmpty());
}

TEST_F(ManualExecutorTest, RunsTasksInTheOrderOfPosting) {
  executor_.Post(Note("a"));
  executor_.Post(Note("b"));
  executor_.Post(Note("c"));
  EXPECT_EQ(executor_.RunReady(), 3);
  EXPECT_THAT(ran_, ElementsAre("a", "b", "c"));
}

TEST_F(ManualExecutorTest, RunsWhatATaskPosts) {
  executor_.Post([this] { executor_.Post(Note("inner")); });
  EXPECT_EQ(executor_.RunReady(), 2);
  EXPECT_THAT(ran_, ElementsAre("inner"));
}

TEST_F(ManualExecutorTest, RunsEachTaskOnce) {
  executor_.Post(Note("a"));
  executor_.PostAt(kStart, Note("b"));
  EXPECT_EQ(executor_.RunReady(), 2);
  EXPECT_EQ(executor_.RunReady(), 0);
  EXPECT_THAT(ran_, ElementsAre("a", "b"));
}

TEST_F(ManualExecutorTest, KeepsATaskUntilItsTime) {
  executor_.PostAt(kStart + absl::Seconds(5), Note("later"));
  EXPECT_EQ(executor_.RunReady(), 0);
  clock_.AdvanceTo(kStart + absl::Seconds(5));
  EXPECT_EQ(executor_.RunReady(), 1);
}

TEST_F(ManualExecutorTest, RunUntilVisitsEachDueTime) {
  std::vector<absl::Duration> seen;
  for (const int seconds : {30, 10, 20}) {
    executor_.PostAt(kStart + absl::Seconds(seconds),
                     [this, &seen] { seen.push_back(clock_.Now() - kStart); });
  }
  EXPECT_EQ(executor_.RunUntil(kStart + absl::Seconds(25)), 2);
  EXPECT_THAT(seen, ElementsAre(absl::Seconds(10), absl::Seconds(20)));
  EXPECT_EQ(clock_.Now(), kStart + absl::Seconds(25));
}

TEST_F(ManualExecutorTest, RunUntilIncludesItsLastInstant) {
  executor_.PostAt(kStart + absl::Seconds(25), Note("due"));
  EXPECT_EQ(executor_.RunUntil(kStart + absl::Seconds(25)), 1);
}

TEST_F(ManualExecutorTest, RunUntilRunsWhatFallsDueOnTheWay) {
  executor_.PostAt(kStart + absl::Seconds(10), [this] {
    executor_.PostAt(clock_.Now() + absl::Seconds(10), Note("second"));
  });
  EXPECT_EQ(executor_.RunUntil(kStart + absl::Seconds(20)), 2);
  EXPECT_THAT(ran_, ElementsAre("second"));
}

TEST_F(ManualExecutorTest, EqualTimesKeepTheOrderOfPosting) {
  const absl::Time when = kStart + absl::Seconds(1);
  executor_.PostAt(when, Note("a"));
  executor_.PostAt(when, Note("b"));
  executor_.PostAt(when, Note("c"));
  executor_.RunUntil(when);
  EXPECT_THAT(ran_, ElementsAre("a", "b", "c"));
}

TEST_F(ManualExecutorTest, DestroysQueuedTasksWithoutRunningThem) {
  const auto held = std::make_shared<int>(0);
  {
    ManualExecutor executor(clock_);
    executor.Post([held] { ++*held; });
    executor.PostAt(kStart, [held] { ++*held; });
    EXPECT_EQ(held.use_count(), 3);
  }
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(*held, 0);
}

}  // namespace
}  // namespace careroute::base

#include "lib/testing/hub_life.h"

#include <memory>
#include <optional>

#include "gtest/gtest.h"

namespace careroute::testing {
namespace {

class HubLifeTest : public ::testing::Test {
 protected:
  base::VirtualClock clock_{absl::FromUnixSeconds(1772409600)};
  base::ManualExecutor executor_{clock_};
  std::shared_ptr<HubLife> life_ = std::make_shared<HubLife>(HubLife::Options{
      .executor = executor_, .clock = clock_, .ahead = absl::Minutes(1)});
};

TEST_F(HubLifeTest, RunsByTheClockOfItsHub) {
  bool ran = false;
  // A minute and a second of the hub's time are a second of the world's.
  life_->PostAt(clock_.Now() + absl::Seconds(61), [&] { ran = true; });
  executor_.RunUntil(clock_.Now() + absl::Milliseconds(999));
  EXPECT_FALSE(ran);
  executor_.RunUntil(clock_.Now() + absl::Milliseconds(1));
  EXPECT_TRUE(ran);
}

TEST_F(HubLifeTest, NothingRunsAfterItsEnd) {
  bool ran = false;
  life_->Post([&] { ran = true; });
  base::DoneStatus answer =
      life_->WrapStatus([&](absl::Status) { ran = true; });
  life_->End();
  std::move(answer)(absl::OkStatus());
  life_->Post([&] { ran = true; });
  executor_.RunUntil(clock_.Now() + absl::Minutes(5));
  EXPECT_FALSE(ran);
}

TEST_F(HubLifeTest, WhatWaitedIsFreedWithItsEnd) {
  const auto held = std::make_shared<int>(1);
  life_->PostAt(clock_.Now() + absl::Hours(1), [held] {});
  EXPECT_EQ(held.use_count(), 2);
  life_->End();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(HubLifeTest, AnAnswerComesThroughItAndAfterTheTimeThatItTakes) {
  std::optional<int> heard;
  life_->Wrap<int>([&](absl::StatusOr<int> number) { heard = *number; },
                   absl::Milliseconds(5))(7);
  executor_.RunReady();
  EXPECT_FALSE(heard.has_value());
  executor_.RunUntil(clock_.Now() + absl::Milliseconds(5));
  EXPECT_EQ(heard, 7);
}

}  // namespace
}  // namespace careroute::testing

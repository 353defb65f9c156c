#include "lib/testing/simulated_disk.h"

#include <memory>
#include <optional>

#include "gtest/gtest.h"
#include "lib/store/chain.h"

namespace careroute::testing {
namespace {

class SimulatedDiskTest : public ::testing::Test {
 protected:
  SimulatedDiskTest() { Mount(); }

  void Mount() {
    life_ = std::make_shared<HubLife>(
        HubLife::Options{.executor = executor_, .clock = clock_});
    store_ = disk_.Mount(life_);
  }
  // Whether it was acknowledged is told to `acknowledged_`.
  void Append(uint64_t number) {
    store_->Append(
        {.stream = StreamOf(number),
         .recorded_time = clock_.Now(),
         .events = {{.bytes = "e",
                     .chain_hash = store::ChainHash(
                         {.previous = store::ChainStart(), .stored = "e"})}}},
        [this](absl::StatusOr<store::AppendResult> result) {
          if (result.ok()) ++acknowledged_;
        });
  }
  static store::StreamId StreamOf(uint64_t number) {
    return {.kind = store::StreamKind::kCase, .id = {.low = number}};
  }
  int64_t Durable() {
    int64_t count = -1;
    disk_.durable().ListStreams(
        {.kind = store::StreamKind::kCase},
        [&](absl::StatusOr<store::StreamPage> page) {
          if (page.ok()) {
            count = static_cast<int64_t>(page->streams.size());
          }
        });
    executor_.RunReady();
    return count;
  }
  void Lose() {
    life_->End();
    disk_.LosePower();
    executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1772409600)};
  base::ManualExecutor executor_{clock_};
  base::SeededRandom random_{20260302};
  SimulatedDisk disk_{{.executor = executor_,
                       .clock = clock_,
                       .random = random_,
                       .uid = {.low = 1}}};
  std::shared_ptr<HubLife> life_;
  std::unique_ptr<store::Store> store_;
  int acknowledged_ = 0;
};

TEST_F(SimulatedDiskTest, AnswersOnlyAfterTheSync) {
  Append(1);
  executor_.RunReady();
  EXPECT_EQ(acknowledged_, 0);
  EXPECT_EQ(Durable(), 0);
  executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  EXPECT_EQ(acknowledged_, 1);
  EXPECT_EQ(Durable(), 1);
}

TEST_F(SimulatedDiskTest, WhatWasAcknowledgedOutlivesThePower) {
  Append(1);
  executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  Lose();
  EXPECT_EQ(Durable(), 1);
}

TEST_F(SimulatedDiskTest, OfWhatWaitsTheFirstFewAreKeptAndNobodyIsTold) {
  bool kept_some = false;
  bool lost_some = false;
  for (uint64_t round = 0; round < 30; ++round) {
    const int64_t before = Durable();
    for (uint64_t i = 0; i < 3; ++i) Append(round * 10 + i + 1);
    Lose();
    const int64_t kept = Durable() - before;
    ASSERT_GE(kept, 0);
    ASSERT_LE(kept, 3);
    kept_some = kept_some || kept > 0;
    lost_some = lost_some || kept < 3;
    Mount();
  }
  EXPECT_TRUE(kept_some);
  EXPECT_TRUE(lost_some);
  EXPECT_EQ(acknowledged_, 0);
}

TEST_F(SimulatedDiskTest, AnAppendFailsAsOftenAsItIsTold) {
  disk_.set_faults({.failed = 50});
  for (uint64_t i = 1; i <= 100; ++i) Append(i);
  executor_.RunUntil(clock_.Now() + absl::Seconds(1));
  EXPECT_GT(acknowledged_, 25);
  EXPECT_LT(acknowledged_, 75);
  EXPECT_GT(Durable(), acknowledged_) << "some failed with their effect";
}

}  // namespace
}  // namespace careroute::testing

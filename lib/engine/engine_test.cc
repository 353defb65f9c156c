// What an engine does by itself besides timers and messages.

#include "lib/engine/engine.h"

#include <utility>

#include "gtest/gtest.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;

class EngineTest : public ::testing::Test {
 protected:
  store::ChangePosition Position() {
    const auto position = bench_.Wait<store::ChangePosition>(
        [this](base::Done<store::ChangePosition> done) {
          bench_.store().CurrentPosition(std::move(done));
        });
    EXPECT_TRUE(position.ok()) << position.status();
    return position.ok() ? *position : store::ChangePosition();
  }

  // What a watcher of the due list hears that was away since the position.
  absl::Status Resume(const store::ChangePosition& after) {
    return bench_
        .Wait<store::ChangedPage>([&](base::Done<store::ChangedPage> done) {
          bench_.store().ScanChanged(
              {.list = ListOf(Table::kTimers, ""), .after = after},
              std::move(done));
        })
        .status();
  }

  EngineBench bench_;
};

// A step that ends takes its deadline off the due list.
TEST_F(EngineTest, ForgetsWhatLeftAListThirtyDaysAgo) {
  const base::Uid uid = bench_.Open({});
  const store::ChangePosition before = Position();
  bench_.Do(uid, "complete_step { occurrence: 1 outcome: 'needed' }");

  bench_.Advance(kTombstonesKept - absl::Hours(1));
  bench_.RunDue();
  EXPECT_TRUE(Resume(before).ok()) << Resume(before);

  bench_.Advance(absl::Hours(2));
  bench_.RunDue();
  EXPECT_EQ(Resume(before).code(), absl::StatusCode::kOutOfRange);
}

}  // namespace
}  // namespace careroute::engine

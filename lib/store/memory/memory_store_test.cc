#include "lib/store/memory/memory_store.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/store/asker.h"
#include "lib/store/chain.h"

namespace careroute::store {
namespace {

using ::testing::ElementsAre;

class MemoryStoreFaults : public testing::Test {
 protected:
  AppendRequest First(uint64_t number) {
    return {.stream = {.kind = StreamKind::kCase, .id = {.low = number}},
            .recorded_time = clock_.Now(),
            .events = {{.bytes = "e",
                        .chain_hash = ChainHash(
                            {.previous = ChainStart(), .stored = "e"})}}};
  }
  int64_t VersionOf(uint64_t number) {
    const auto head = ask_(&Store::ReadHead, First(number).stream);
    EXPECT_TRUE(head.ok()) << head.status();
    return head.ok() ? head->version : -1;
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1735689600)};
  base::ManualExecutor executor_{clock_};
  std::unique_ptr<Store> store_ =
      std::make_unique<MemoryStore>(MemoryStoreOptions{.executor = executor_});
  MemoryStore& memory_ = static_cast<MemoryStore&>(*store_);
  const Asker ask_{.store = store_, .executor = executor_};
};

TEST_F(MemoryStoreFaults, StrikeBeforeOrAfterTheEffectInTurn) {
  memory_.FailNextAppend({.status = absl::ResourceExhaustedError("full"),
                          .point = FaultPoint::kBeforeEffect});
  memory_.FailNextAppend({.status = absl::UnavailableError("lost"),
                          .point = FaultPoint::kAfterEffect});
  EXPECT_EQ(ask_(&Store::Append, First(1)).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(VersionOf(1), 0);
  EXPECT_EQ(ask_(&Store::Append, First(2)).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(VersionOf(2), 1);
  EXPECT_TRUE(ask_(&Store::Append, First(3)).ok());
}

TEST_F(MemoryStoreFaults, TheListenerHearsOfAnEffectWhoseAnswerIsLost) {
  std::vector<int64_t> heard;
  store_->SetCommitListener(
      [&](const Commit& commit) { heard.push_back(commit.head.version); });
  memory_.FailNextAppend({.status = absl::UnavailableError("lost"),
                          .point = FaultPoint::kAfterEffect});
  EXPECT_FALSE(ask_(&Store::Append, First(1)).ok());
  EXPECT_THAT(heard, ElementsAre(1));
}

TEST_F(MemoryStoreFaults, ACopyGoesItsOwnWay) {
  EXPECT_TRUE(ask_(&Store::Append, First(1)).ok());
  const std::unique_ptr<Store> original =
      std::exchange(store_, memory_.Copy(2));
  EXPECT_EQ(store_->info().epoch, 2);
  EXPECT_EQ(VersionOf(1), 1);
  EXPECT_TRUE(ask_(&Store::Append, First(2)).ok());
  EXPECT_EQ(VersionOf(2), 1);
  int64_t version = -1;
  original->ReadHead(First(2).stream, [&](absl::StatusOr<StreamHead> head) {
    version = head->version;
  });
  executor_.RunReady();
  EXPECT_EQ(version, 0);
}

TEST(MemoryStore, CallsInFlightOutliveTheObject) {
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  bool answered = false;
  {
    MemoryStore store({.executor = executor});
    store.ReadHead({}, [&](const absl::StatusOr<StreamHead>& head) {
      answered = head.ok();
    });
  }
  executor.RunReady();
  EXPECT_TRUE(answered);
}

}  // namespace
}  // namespace careroute::store

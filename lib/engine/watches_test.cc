#include "lib/engine/watches.h"

#include "gtest/gtest.h"
#include "lib/base/clock.h"

namespace careroute::engine {
namespace {

constexpr store::StreamId kCase{.kind = store::StreamKind::kCase,
                                .id = {.high = 1, .low = 1}};
constexpr store::StreamId kOther{.kind = store::StreamKind::kCase,
                                 .id = {.high = 1, .low = 2}};

class WatchesTest : public testing::Test {
 protected:
  static store::Commit CommitTo(store::StreamId stream) {
    return {.head = {.stream = stream, .version = 1}};
  }

  base::VirtualClock clock_{absl::UnixEpoch()};
  base::ManualExecutor executor_{clock_};
  Watches watches_{executor_};
  int woken_ = 0;
};

TEST_F(WatchesTest, WakesWhoWatchesTheStreamAndNobodyElse) {
  watches_.OnStream(kCase, [this] { ++woken_; });
  watches_.Notify(CommitTo(kOther));
  executor_.RunReady();
  EXPECT_EQ(woken_, 0);
  watches_.Notify(CommitTo(kCase));
  EXPECT_EQ(woken_, 0) << "woken inside the commit";
  executor_.RunReady();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WatchesTest, WakesOnceForACommitThatTouchesWhatIsWatched) {
  const store::IndexList list{.table = 1, .key = "clinic"};
  const store::IndexList other{.table = 1, .key = "school"};
  watches_.OnList(list, [this] { ++woken_; });
  store::Commit commit = CommitTo(kCase);
  commit.changed_lists = {other};
  watches_.Notify(commit);
  executor_.RunReady();
  EXPECT_EQ(woken_, 0);
  commit.changed_lists = {list, other};
  watches_.Notify(commit);
  executor_.RunReady();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WatchesTest, WakesNobodyWhoWasRemoved) {
  const int64_t id = watches_.OnStream(kCase, [this] { ++woken_; });
  watches_.OnStream(kCase, [this] { woken_ += 100; });
  watches_.Notify(CommitTo(kCase));
  // The wake-up waits its turn, and has none any more.
  watches_.Remove(id);
  watches_.Remove(id);
  executor_.RunReady();
  EXPECT_EQ(woken_, 100);
}

TEST_F(WatchesTest, MayBeRemovedByItsOwnWakeUp) {
  int64_t id = 0;
  id = watches_.OnStream(kCase, [this, &id] {
    ++woken_;
    watches_.Remove(id);
  });
  watches_.Notify(CommitTo(kCase));
  watches_.Notify(CommitTo(kCase));
  executor_.RunReady();
  EXPECT_EQ(woken_, 1);
}

}  // namespace
}  // namespace careroute::engine

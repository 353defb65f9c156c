#include "bindings/c/internal/deadlines.h"

#include <map>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/real_clock.h"

namespace careroute::bindings {
namespace {

using ::testing::ElementsAre;

// Keeps what is posted, so that a test says when it runs. Monotonic time goes
// on by itself: what is due at once is due when it is looked at.
class KeepingExecutor final : public base::Executor {
 public:
  void Post(base::Task task) override {
    tasks.emplace(absl::InfinitePast(), std::move(task));
  }
  void PostAt(absl::Time when, base::Task task) override {
    tasks.emplace(when, std::move(task));
  }
  void RunEarliest() {
    base::Task earliest = std::move(tasks.begin()->second);
    tasks.erase(tasks.begin());
    earliest();
  }
  void RunAll() {
    for (size_t left = tasks.size(); left > 0; --left) RunEarliest();
  }
  std::multimap<absl::Time, base::Task> tasks;
};

class DeadlinesTest : public ::testing::Test {
 protected:
  base::RealClock clock_;
  KeepingExecutor executor_;
  Deadlines deadlines_{{.executor = executor_, .clock = clock_}};
  std::vector<int> over_;
};

TEST_F(DeadlinesTest, EndWhatIsLeftWhenItsTimeIsOver) {
  deadlines_.Add(absl::ZeroDuration(), [this] { over_.push_back(1); });
  const auto answered =
      deadlines_.Add(absl::ZeroDuration(), [this] { over_.push_back(2); });
  deadlines_.Add(absl::Hours(1), [this] { over_.push_back(3); });
  deadlines_.Remove(answered);
  executor_.RunAll();
  EXPECT_THAT(over_, ElementsAre(1));
}

TEST_F(DeadlinesTest, WaitWithOneTaskHoweverManyThereAre) {
  for (int i = 0; i < 1000; ++i) {
    deadlines_.Remove(deadlines_.Add(absl::Hours(1), [] {}));
  }
  EXPECT_EQ(executor_.tasks.size(), 1U);
}

TEST_F(DeadlinesTest, WaitOnceForALongOneHoweverManyShortOnesComeAndGo) {
  deadlines_.Add(absl::Hours(1), [] {});
  for (int i = 0; i < 100; ++i) {
    deadlines_.Add(absl::ZeroDuration(), [] {});
    executor_.RunEarliest();
  }
  EXPECT_EQ(executor_.tasks.size(), 1U);
}

TEST_F(DeadlinesTest, NeverEndWhatHasNone) {
  const auto none = deadlines_.Add(absl::InfiniteDuration(), [] {});
  EXPECT_TRUE(executor_.tasks.empty());
  deadlines_.Remove(none);
}

}  // namespace
}  // namespace careroute::bindings

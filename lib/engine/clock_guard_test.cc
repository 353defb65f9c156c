// A clock that jumps back and forth: what it makes due too soon is not raised,
// and what is due is raised once a level all the same.

#include "lib/engine/clock_guard.h"

#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Elapsing final : public base::MonotonicClock {
 public:
  [[nodiscard]] absl::Duration Elapsed() const override { return elapsed; }
  absl::Duration elapsed = absl::Hours(3);  // since the machine was started
};

class ClockGuardTest : public ::testing::Test {
 protected:
  ClockGuardTest() { bench_.Restart(&monotonic_); }

  void Pass(absl::Duration time) {
    monotonic_.elapsed += time;
    Jump(time);
  }
  void Jump(absl::Duration by) {
    bench_.clock().SetForTest(bench_.clock().Now() + by);
  }

  // The levels raised of the limit of the first step, in order.
  std::vector<int> LevelsOf(const base::Uid& uid) {
    std::vector<int> levels;
    for (const event::v1::CaseEvent& event : bench_.Events(uid)) {
      if (event.timer_fired().kind() == "deadline") {
        levels.push_back(event.timer_fired().level());
      }
    }
    return levels;
  }

  EngineBench bench_;
  Elapsing monotonic_;
};

TEST_F(ClockGuardTest, RaisesNothingThatOnlyAJumpMadeDue) {
  const base::Uid uid = bench_.Open({});
  Jump(absl::Hours(24 * 9));
  EXPECT_EQ(bench_.RunDue(), 0);
  EXPECT_THAT(LevelsOf(uid), IsEmpty());
  Jump(-absl::Hours(24 * 9));
  EXPECT_EQ(bench_.RunDue(), 0);
  Pass(absl::Hours(24 * 9));
  EXPECT_EQ(bench_.RunDue(), 2);
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

TEST_F(ClockGuardTest, RaisesWhatFellDueMeanwhileOnceTheClocksAgree) {
  const base::Uid uid = bench_.Open({});
  Jump(-absl::Hours(5));
  Pass(absl::Hours(24 * 9));
  EXPECT_EQ(bench_.RunDue(), 0);
  Jump(absl::Hours(5));
  EXPECT_EQ(bench_.RunDue(), 2);
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

TEST_F(ClockGuardTest, BelievesAClockThatIsOffByAMinute) {
  bench_.Open({});
  Pass(absl::Hours(24 * 9));
  Jump(kClocksPartMax);
  EXPECT_EQ(bench_.RunDue(), 2);
}

TEST_F(ClockGuardTest, DoesNotBelieveAClockThatIsOffByMore) {
  bench_.Open({});
  Pass(absl::Hours(24 * 9));
  Jump(-kClocksPartMax - absl::Seconds(1));
  EXPECT_EQ(bench_.RunDue(), 0);
}

// Who starts the hub again says that the time is right.
TEST_F(ClockGuardTest, BelievesTheTimeTheHubIsStartedAgainWith) {
  const base::Uid uid = bench_.Open({});
  Jump(absl::Hours(24 * 9));
  EXPECT_EQ(bench_.RunDue(), 0);
  bench_.Restart(&monotonic_);
  EXPECT_EQ(bench_.RunDue(), 2);
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

TEST_F(ClockGuardTest, DeliversMessagesThatNeedNoClock) {
  bench_.Publish(EngineBench::Route("other-route"));
  const base::Uid clinic = bench_.Open({});
  bench_.Open({.pathway = "other-route", .by = "office"});
  Jump(absl::Hours(24 * 9));
  bench_.Do(
      clinic,
      "record_facts { facts { fact: 'lives_alone' value { truth: true } } }");
  EXPECT_THAT(bench_.Waiting(), SizeIs(1));
  EXPECT_EQ(bench_.RunDue(), 0);
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

// Whatever the clock and the process do: no level too soon, twice or never.
TEST_F(ClockGuardTest, RaisesEachLevelOnceThroughAnyJumps) {
  constexpr uint64_t kSeed = 20261130;
  constexpr int kMoves = 400;
  std::cout << "seed " << kSeed << "\n";
  base::SeededRandom random(kSeed);
  const base::Uid uid = bench_.Open({});
  const absl::Duration opened = monotonic_.elapsed;
  absl::Duration ahead;  // of the wall clock
  for (int move = 0; move < kMoves; ++move) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " move ", move));
    Pass(absl::Minutes(static_cast<int64_t>(random.Uniform(60))));
    if (random.Uniform(3) == 0) {
      // Set wrong by up to ten days, or set right.
      const absl::Duration wrong =
          absl::Hours(static_cast<int64_t>(random.Uniform(481)) - 240);
      const absl::Duration set =
          random.Uniform(2) == 0 ? absl::ZeroDuration() : wrong;
      Jump(set - ahead);
      ahead = set;
    } else if (ahead == absl::ZeroDuration() && random.Uniform(5) == 0) {
      bench_.Restart(&monotonic_);
    }
    bench_.RunDue();
    // Two working days after a Monday: not before Wednesday is over.
    if (monotonic_.elapsed - opened < absl::Hours(48)) {
      ASSERT_THAT(LevelsOf(uid), IsEmpty());
    }
  }
  Jump(-ahead);
  bench_.RunDue();
  ASSERT_THAT(monotonic_.elapsed - opened, Gt(absl::Hours(24 * 4)));
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

TEST(ClockGuard, TellsOfEachChangeOnce) {
  base::VirtualClock clock(absl::FromUnixSeconds(1772409600));
  const Elapsing monotonic;
  std::vector<absl::Duration> told;
  ClockGuard guard(
      {.clock = clock,
       .monotonic = &monotonic,
       .listener = [&told](absl::Duration ahead) { told.push_back(ahead); }});
  EXPECT_TRUE(guard.Agrees());
  clock.SetForTest(clock.Now() - absl::Hours(2));
  EXPECT_FALSE(guard.Agrees());
  EXPECT_FALSE(guard.Agrees());
  EXPECT_THAT(told, ElementsAre(-absl::Hours(2)));
  clock.SetForTest(clock.Now() + absl::Hours(2));
  EXPECT_TRUE(guard.Agrees());
  EXPECT_TRUE(guard.Agrees());
  EXPECT_THAT(told, SizeIs(2));
}

TEST(ClockGuard, BelievesAClockThatIsMovedByHand) {
  base::VirtualClock clock(absl::FromUnixSeconds(1772409600));
  ClockGuard guard({.clock = clock});
  clock.AdvanceTo(clock.Now() + absl::Hours(24 * 365));
  EXPECT_TRUE(guard.Agrees());
}

}  // namespace
}  // namespace careroute::engine

// What falls due fires in order, once, and no case waits for another.

#include "lib/engine/timers.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Le;

// The route of one limit: the first step's, of so many working days, told to
// nobody else.
void PublishWithLimitAt(EngineBench& bench, const std::string& id, int days) {
  model::v1::Pathway pathway = EngineBench::Route(id);
  pathway.clear_default_escalations();
  for (model::v1::Step& step : *pathway.mutable_steps()) {
    if (step.id() != "intake") continue;
    step.mutable_limits(0)->mutable_within()->set_n(days);
  }
  bench.Publish(pathway);
}

// So low a number has no check digits.
std::string SnilsOf(int n) { return absl::StrFormat("00%07d00", n + 1); }

int FireDueAt(EngineBench& bench) {
  const absl::StatusOr<int> fired =
      bench.Wait<int>([&bench](base::Done<int> done) {
        bench.engine().timers().FireDue(bench.clock().Now(), std::move(done));
      });
  EXPECT_TRUE(fired.ok()) << fired.status();
  return fired.ok() ? *fired : 0;
}

class TimersTest : public ::testing::Test {
 protected:
  int FireDue() { return FireDueAt(bench_); }

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

  // The kinds of everything that fired, in order.
  std::vector<std::string> KindsOf(const base::Uid& uid) {
    std::vector<std::string> kinds;
    for (const event::v1::CaseEvent& event : bench_.Events(uid)) {
      if (event.has_timer_fired()) kinds.push_back(event.timer_fired().kind());
    }
    return kinds;
  }

  void PublishWithLimit(const std::string& id, int days) {
    PublishWithLimitAt(bench_, id, days);
  }

  // The cases of an organisation, by when they were last written.
  std::vector<std::string> ByLastWrite(const std::string& organisation) {
    std::vector<std::string> cases;
    const auto page = bench_.Wait<store::ChangedPage>(
        [&](base::Done<store::ChangedPage> done) {
          bench_.store().ScanChanged(
              {.list = ListOf(Table::kParticipation, organisation)},
              std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return cases;
    for (const store::IndexRow& row : page->rows) cases.push_back(row.id);
    return cases;
  }

  std::optional<absl::Time> NextDue() {
    const auto next = bench_.Wait<std::optional<absl::Time>>(
        [this](base::Done<std::optional<absl::Time>> done) {
          bench_.engine().timers().NextDue(std::move(done));
        });
    EXPECT_TRUE(next.ok()) << next.status();
    return next.ok() ? *next : std::nullopt;
  }

  std::optional<absl::Time> NextDueAfter(absl::Time time) {
    const auto next = bench_.Wait<std::optional<absl::Time>>(
        [&](base::Done<std::optional<absl::Time>> done) {
          bench_.engine().timers().NextDueAfter(time, std::move(done));
        });
    EXPECT_TRUE(next.ok()) << next.status();
    return next.ok() ? *next : std::nullopt;
  }

  // The organisation's region is one no calendar knows: its cases take no
  // command until that is mended.
  void LoseZone(const std::string& organisation) {
    model::v1::Organisation lost =
        EngineBench::Describe(organisation, model::v1::AGENCY_KIND_SOCIAL);
    lost.set_zone("RU-NOWHERE");
    bench_.Put(lost);
  }

  EngineBench bench_;
};

TEST_F(TimersTest, FireNothingBeforeItIsDue) {
  const base::Uid uid = bench_.Open({});
  EXPECT_EQ(FireDue(), 0);
  EXPECT_EQ(bench_.Read(uid).version, 1);
}

TEST_F(TimersTest, FireTheEarliestFirst) {
  PublishWithLimit("slow", 4);
  PublishWithLimit("fast", 1);
  const base::Uid slow = bench_.Open({.pathway = "slow"});
  const base::Uid fast = bench_.Open({.pathway = "fast"});
  bench_.Advance(absl::Hours(24 * 9));
  EXPECT_EQ(FireDue(), 2);
  EXPECT_THAT(ByLastWrite("organisations/clinic"),
              ElementsAre(fast.Hex(), slow.Hex()));
}

// The hub was down for a week: each level is raised, in its order.
TEST_F(TimersTest, FireWhatAFiringMakesDueAsWell) {
  const base::Uid uid = bench_.Open({});
  bench_.Advance(absl::Hours(24 * 9));
  EXPECT_EQ(FireDue(), 2);
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

// The hub was down for a month: what fell due meanwhile happens in the order
// in which it fell due, though the first look finds only part of it.
TEST_F(TimersTest, CatchUpWithAMonthInTheOrderOfEachCase) {
  PublishWithLimit("fast", 1);
  PublishWithLimit("slow", 4);
  const base::Uid both = bench_.Open({});
  const base::Uid slow = bench_.Open({.pathway = "slow"});
  const base::Uid fast = bench_.Open({.pathway = "fast"});
  bench_.Advance(absl::Hours(24 * 30));
  bench_.Restart();
  EXPECT_THAT(FireDue(), Gt(4));
  EXPECT_THAT(LevelsOf(both), ElementsAre(0, 1));
  EXPECT_THAT(LevelsOf(slow), ElementsAre(0));
  EXPECT_THAT(LevelsOf(fast), ElementsAre(0));
  // The contact of the fourteenth day comes after the third day's level.
  const std::vector<std::string> kinds = KindsOf(both);
  ASSERT_THAT(kinds, Contains("contact"));
  EXPECT_THAT(std::vector<std::string>(kinds.begin(), kinds.begin() + 2),
              ElementsAre("deadline", "deadline"));
  for (int restarts = 0; restarts < 2; ++restarts) {
    bench_.Restart();
    EXPECT_EQ(FireDue(), 0);
    EXPECT_THAT(LevelsOf(both), ElementsAre(0, 1));
  }
}

TEST_F(TimersTest, CatchUpWithManyMoreThanAPage) {
  constexpr int kCases = 250;
  std::vector<base::Uid> cases;
  for (int n = 0; n < kCases; ++n) {
    cases.push_back(bench_.Open({.snils = SnilsOf(n)}));
  }
  bench_.Advance(absl::Hours(24 * 9));
  EXPECT_EQ(FireDue(), 2 * kCases);
  for (const base::Uid& uid : cases) {
    ASSERT_THAT(LevelsOf(uid), ElementsAre(0, 1));
  }
  EXPECT_EQ(FireDue(), 0);
}

TEST_F(TimersTest, FireNothingTwice) {
  const base::Uid uid = bench_.Open({});
  bench_.Advance(absl::Hours(24 * 9));
  ASSERT_THAT(FireDue(), Gt(0));
  for (int restarts = 0; restarts < 2; ++restarts) {
    EXPECT_EQ(FireDue(), 0);
    EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
    bench_.Restart();
  }
}

TEST_F(TimersTest, GoOnPastOneThatCannotFire) {
  PublishWithLimit("fast", 1);
  PublishWithLimit("slow", 4);
  const base::Uid stuck = bench_.Open({.pathway = "fast", .by = "office"});
  const base::Uid other = bench_.Open({.pathway = "slow"});
  LoseZone("office");
  bench_.Advance(absl::Hours(24 * 9));
  EXPECT_EQ(FireDue(), 1);
  EXPECT_THAT(LevelsOf(stuck), IsEmpty());
  EXPECT_THAT(LevelsOf(other), ElementsAre(0));
  bench_.Put(EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL));
  EXPECT_EQ(FireDue(), 1);
  EXPECT_THAT(LevelsOf(stuck), ElementsAre(0));
}

TEST_F(TimersTest, FireWhatAFailedWriteLeft) {
  const base::Uid uid = bench_.Open({});
  bench_.Advance(absl::Hours(24 * 3));
  bench_.store().FailNextAppend({.status = absl::UnavailableError("cut")});
  EXPECT_EQ(FireDue(), 0);
  EXPECT_EQ(FireDue(), 1);
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0));
}

TEST_F(TimersTest, TellWhenTheNextFallsDue) {
  EXPECT_FALSE(NextDue().has_value());
  PublishWithLimit("fast", 1);
  PublishWithLimit("slow", 4);
  bench_.Open({.pathway = "fast"});
  bench_.Open({.pathway = "slow"});
  const std::optional<absl::Time> first = NextDue();
  ASSERT_TRUE(first.has_value());
  const std::optional<absl::Time> second = NextDueAfter(*first);
  ASSERT_TRUE(second.has_value());
  EXPECT_LT(*first, *second);
  EXPECT_EQ(NextDueAfter(*first - absl::Microseconds(1)), first);
}

// A case that takes no command now is not taken out of its order: its later
// timers wait behind the one that did not fire.
TEST_F(TimersTest, KeepTheOrderOfACaseWhoseTimerCouldNotBeWritten) {
  const base::Uid uid = bench_.Open({});
  bench_.Advance(absl::Hours(24 * 30));
  bench_.store().FailNextAppend({.status = absl::UnavailableError("cut")});
  EXPECT_EQ(FireDue(), 0);
  EXPECT_THAT(KindsOf(uid), IsEmpty());
  EXPECT_THAT(FireDue(), Gt(2));
  EXPECT_THAT(LevelsOf(uid), ElementsAre(0, 1));
}

// Two hubs on one store, of which each sweeps when it is asked to.
class SharedTimersTest : public ::testing::Test {
 protected:
  SharedTimersTest() { PublishWithLimitAt(bench_, "fast", 1); }

  void SetUp() override {
    uid_ = bench_.Open({.pathway = "fast"});
    other_ = bench_.Join();
  }

  static void Start(Engine& hub, absl::Time now, int& fired) {
    hub.timers().FireDue(now, [&fired](absl::StatusOr<int> answer) {
      EXPECT_TRUE(answer.ok()) << answer.status();
      fired = answer.value_or(-1);
    });
  }

  int FireDue(Engine& hub) {
    int fired = -1;
    Start(hub, bench_.clock().Now(), fired);
    bench_.executor().RunReady();
    EXPECT_GE(fired, 0) << "nobody answered";
    return fired;
  }

  // Three seconds before the limit both hubs look; the first has the lease.
  void ComeNearToTheLimit() {
    const auto next = bench_.Wait<std::optional<absl::Time>>(
        [this](base::Done<std::optional<absl::Time>> done) {
          first().timers().NextDue(std::move(done));
        });
    ASSERT_TRUE(next.ok() && next->has_value());
    bench_.clock().AdvanceTo(**next - absl::Seconds(3));
    ASSERT_EQ(FireDue(first()), 0);
    ASSERT_EQ(FireDue(*other_), 0);
  }

  int Fired() {
    int fired = 0;
    for (const event::v1::CaseEvent& event : bench_.Events(uid_)) {
      if (event.has_timer_fired()) ++fired;
    }
    return fired;
  }

  Engine& first() { return bench_.engine(); }

  EngineBench bench_{testing::Hubs::kSeveral};
  base::Uid uid_;
  std::unique_ptr<Engine> other_;
};

TEST_F(SharedTimersTest, AreTheWorkOfOneHubWhileItHasTheLease) {
  ComeNearToTheLimit();
  bench_.Advance(absl::Seconds(3));
  const int64_t before = bench_.store().calls();
  EXPECT_EQ(FireDue(*other_), 0);
  EXPECT_EQ(bench_.store().calls() - before, 1) << "more than to ask for it";
  EXPECT_EQ(Fired(), 0);
  EXPECT_EQ(FireDue(first()), 1);
  EXPECT_EQ(FireDue(*other_), 0);
  EXPECT_EQ(Fired(), 1);
}

TEST_F(SharedTimersTest, AreTakenOverWithinTenSecondsWhenAHubDies) {
  ComeNearToTheLimit();
  const absl::Time died = bench_.clock().Now();
  bench_.Advance(absl::Seconds(3));
  ASSERT_EQ(FireDue(*other_), 0) << "the other one's lease has not lapsed";
  int fired = 0;
  while (fired == 0 && bench_.clock().Now() - died < absl::Minutes(1)) {
    bench_.Advance(kSweepEvery);
    fired = FireDue(*other_);
  }
  EXPECT_EQ(fired, 1);
  EXPECT_LE(bench_.clock().Now() - died, absl::Seconds(10));
}

TEST_F(SharedTimersTest, AreTakenOverAtOnceFromAHubThatDrains) {
  ComeNearToTheLimit();
  absl::Status handed_over = absl::UnknownError("nobody answered");
  first().HandOver(
      [&handed_over](absl::Status status) { handed_over = std::move(status); });
  bench_.executor().RunReady();
  ASSERT_TRUE(handed_over.ok()) << handed_over;
  bench_.Advance(absl::Seconds(3));
  EXPECT_EQ(FireDue(*other_), 1);
}

// After days in which neither swept the one has the lease, and the other is to
// sweep whoever has it.
TEST_F(SharedTimersTest, FireEachOnceThoughBothHubsSweep) {
  bench_.Advance(absl::Hours(24 * 9));
  int by_first = -1;
  int by_other = -1;
  Start(first(), bench_.clock().Now(), by_first);
  Start(*other_, bench_.clock().Now(), by_other);
  bench_.executor().RunReady();
  EXPECT_THAT(by_first, Ge(0));
  EXPECT_THAT(by_other, Ge(0));
  EXPECT_EQ(Fired(), 1);
  EXPECT_EQ(FireDue(first()), 0);
  EXPECT_EQ(FireDue(*other_), 0);
  EXPECT_EQ(Fired(), 1);
}

// The same, where the one that writes first writes in vain.
TEST_F(SharedTimersTest, FireAtOneHubWhatTheOtherCannot) {
  bench_.Advance(absl::Hours(24 * 9));
  bench_.store().FailNextAppend({.status = absl::UnavailableError("cut")});
  int by_first = -1;
  int by_other = -1;
  Start(first(), bench_.clock().Now(), by_first);
  Start(*other_, bench_.clock().Now(), by_other);
  bench_.executor().RunReady();
  EXPECT_EQ(by_first + by_other, 1);
  EXPECT_EQ(Fired(), 1);
}

// How many calls to the store one sweep makes, over so many cases of which so
// many have a timer that is due.
int64_t CostOfSweep(int others, int due) {
  EngineBench bench;
  PublishWithLimitAt(bench, "fast", 1);
  PublishWithLimitAt(bench, "slow", 9);
  for (int n = 0; n < others + due; ++n) {
    (void)bench.Open(
        {.pathway = n < due ? "fast" : "slow", .snils = SnilsOf(n)});
  }
  bench.Advance(absl::Hours(24 * 3));
  const int64_t before = bench.store().calls();
  EXPECT_EQ(FireDueAt(bench), due);
  return bench.store().calls() - before;
}

TEST(TimersCost, IsThatOfWhatIsDueHoweverManyCasesThereAre) {
  constexpr int kFew = 2;
  constexpr int kMany = 120;
  EXPECT_EQ(CostOfSweep(kFew, 0), 1) << "nothing is due: one look";
  EXPECT_EQ(CostOfSweep(kMany, 0), 1);
  const int64_t one = CostOfSweep(kFew, 1);
  EXPECT_EQ(CostOfSweep(kMany, 1), one);
  const int64_t four = CostOfSweep(kMany, 4);
  EXPECT_EQ(CostOfSweep(kFew, 4), four);
  EXPECT_THAT(four - one, Le(3 * one));
}

}  // namespace
}  // namespace careroute::engine

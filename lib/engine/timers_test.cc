// What falls due fires in order, once, and no case waits for another.

#include "lib/engine/timers.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::Gt;
using ::testing::IsEmpty;

class TimersTest : public ::testing::Test {
 protected:
  int FireDue() {
    const absl::StatusOr<int> fired =
        bench_.Wait<int>([this](base::Done<int> done) {
          bench_.engine().timers().FireDue(bench_.clock().Now(),
                                           std::move(done));
        });
    EXPECT_TRUE(fired.ok()) << fired.status();
    return fired.ok() ? *fired : 0;
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

  // The route of one limit: the first step's, of so many working days, told to
  // nobody else.
  void PublishWithLimit(const std::string& id, int days) {
    model::v1::Pathway pathway = EngineBench::Route(id);
    pathway.clear_default_escalations();
    for (model::v1::Step& step : *pathway.mutable_steps()) {
      if (step.id() != "intake") continue;
      step.mutable_limits(0)->mutable_within()->set_n(days);
    }
    bench_.Publish(pathway);
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

}  // namespace
}  // namespace careroute::engine

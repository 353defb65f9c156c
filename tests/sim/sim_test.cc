// The simulation, and whether its judges see what is wrong.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/test_files.h"
#include "lib/testing/simulated_world.h"
#include "tests/sim/auditor.h"
#include "tests/sim/canaries.h"
#include "tests/sim/simulation.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Simulation, DoesSomethingWorthLookingAt) {
  const Outcome outcome = Simulate({.seed = 1});
  EXPECT_GE(outcome.hubs, 2);
  EXPECT_GT(outcome.effects, 20);
  EXPECT_GT(outcome.refusals, 0);
  EXPECT_GT(outcome.batches, 10);
  EXPECT_GT(outcome.canaries_seen, 0);
  EXPECT_GT(outcome.crashes, 0);
}

TEST(Simulation, SomeFamiliesMoveToAnotherHub) {
  int64_t moves = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    moves += Simulate({.seed = seed}).moves;
  }
  EXPECT_GT(moves, 0);
}

TEST(Simulation, AnotherSeedIsAnotherCourse) {
  const SimulationPlan one{.seed = 1, .days = 1};
  const SimulationPlan other{.seed = 2, .days = 1};
  EXPECT_NE(Simulate(one).digest, Simulate(other).digest);
}

TEST(FirstDifference, NamesTheLineThatIsAnotherOrMissing) {
  EXPECT_EQ(FirstDifference({"a", "b"}, {"a", "b"}), std::nullopt);
  EXPECT_THAT(*FirstDifference({"a", "b"}, {"a", "c"}), HasSubstr("line 2"));
  EXPECT_THAT(*FirstDifference({"a"}, {"a", "c"}), HasSubstr("lacks: \"c\""));
}

// --- The judges -------------------------------------------------------------

class Judging : public ::testing::Test {
 protected:
  Judging() {
    world_.AddHub({.id = "hub-a"});
    world_.AddHub({.id = "hub-b"});
    world_.Open({});
    request_.id = "request 1";
    request_.hub = "hub-a";
    family_.canary = "Canary1Ends";
    family_.hub = "hub-a";
  }

  exchange::v1::DeliverRequest Batch() {
    exchange::v1::Manifest manifest;
    manifest.mutable_sent_time()->set_seconds(
        absl::ToUnixSeconds(world_.clock().Now()));
    exchange::v1::DeliverRequest batch;
    batch.set_manifest(manifest.SerializeAsString());
    batch.add_envelopes("..Canary1Ends..");
    return batch;
  }

  const calendar::CalendarSet calendars_ = engine::testing::LoadCalendars();
  Ledger ledger_;
  testing::SimulatedWorld world_{{.calendars = calendars_}};
  RunLog log_{world_.clock()};
  Auditor auditor_{ledger_, log_};
  Canaries canaries_{{.world = world_, .ledger = ledger_}};
  Request& request_ = ledger_.requests.emplace_back();
  Family& family_ = ledger_.families.emplace_back();
};

TEST_F(Judging, TheSameAnswerTwiceIsRight) {
  EXPECT_TRUE(auditor_.Hear(request_, Heard{.answer = "a", .version = 3}));
  EXPECT_FALSE(auditor_.Hear(request_, Heard{.answer = "a", .version = 3}));
  EXPECT_THAT(ledger_.findings, IsEmpty());
}

TEST_F(Judging, AnotherAnswerToTheSameRequestIsFound) {
  auditor_.Hear(request_, Heard{.answer = "a", .version = 3});
  auditor_.Hear(request_, Heard{.answer = "a", .version = 4});
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("promise 2")));
}

TEST_F(Judging, ARefusalOfWhatWasDoneIsFound) {
  auditor_.Hear(request_, Heard{.answer = "a", .version = 3});
  auditor_.Hear(request_, Heard{.refused = true});
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("refused now")));
}

TEST_F(Judging, ARefusalMayBecomeAnEffect) {
  auditor_.Hear(request_, Heard{.refused = true});
  EXPECT_TRUE(auditor_.Hear(request_, Heard{.answer = "a", .version = 3}));
  EXPECT_THAT(ledger_.findings, IsEmpty());
}

TEST_F(Judging, DamageIsFoundAndASilentDiskIsNot) {
  auditor_.Hear(request_, absl::UnavailableError("disk"));
  EXPECT_THAT(ledger_.findings, IsEmpty());
  auditor_.Hear(request_, absl::DataLossError("chain"));
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("chain")));
}

TEST_F(Judging, ACanaryWithoutConsentIsFound) {
  canaries_.Look("hub-a", "hub-b", Batch());
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("promise 4")));
}

TEST_F(Judging, ACanaryUnderAConsentIsRight) {
  family_.consent_asked = world_.clock().Now() - absl::Minutes(1);
  canaries_.Look("hub-a", "hub-b", Batch());
  EXPECT_THAT(ledger_.findings, IsEmpty());
  EXPECT_EQ(canaries_.seen(), 1);
}

TEST_F(Judging, ACanaryAfterAWithdrawalIsFound) {
  family_.consent_asked = world_.clock().Now() - absl::Hours(2);
  family_.withdrawn = world_.clock().Now() - absl::Hours(1);
  canaries_.Look("hub-a", "hub-b", Batch());
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("promise 4")));
}

TEST_F(Judging, ACaseThatWasAcknowledgedAndIsGoneIsFound) {
  family_.uid = base::Uid{.high = 1, .low = 2};
  CheckHistories({.world = world_, .ledger = ledger_});
  EXPECT_THAT(ledger_.findings, Not(IsEmpty()));
  EXPECT_THAT(ledger_.findings.front(), HasSubstr("promise 1"));
}

TEST_F(Judging, ACaseThatNobodyWritesToIsFound) {
  family_.uid = base::Uid{.high = 1, .low = 2};
  CheckHomes({.world = world_, .ledger = ledger_});
  EXPECT_THAT(ledger_.findings, ElementsAre(HasSubstr("0 writers")));
}

}  // namespace
}  // namespace careroute::tests

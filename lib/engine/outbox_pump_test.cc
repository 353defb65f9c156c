// What one case tells the person's others arrives once and in order, whatever
// fails on the way; what cannot arrive is kept.

#include "lib/engine/outbox_pump.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/lanes.h"
#include "lib/engine/testing/engine_bench.h"
#include "lib/store/chain.h"

namespace careroute::engine {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kWishesCare[] =
    "record_facts { facts { fact: 'wishes_care' value { truth: true } } }";
constexpr char kFarAway[] =
    "record_facts { facts { fact: 'far_away' value { truth: true } } }";
constexpr char kLivesAlone[] =
    "record_facts { facts { fact: 'lives_alone' value { truth: true } } }";

// A person with a case at the clinic, whose facts are told, and another at the
// office.
class OutboxPumpTest : public ::testing::Test {
 protected:
  OutboxPumpTest() {
    bench_.Publish(EngineBench::Route("other-route"));
    clinic_ = bench_.Open({});
    office_ = bench_.Open({.pathway = "other-route", .by = "office"});
  }

  // The facts the case was told of, in the order in which it took them.
  std::vector<std::string> ToldTo(const base::Uid& uid) {
    std::vector<std::string> told;
    for (const event::v1::CaseEvent& event : bench_.Events(uid)) {
      for (const model::v1::Fact& fact : event.message_received().facts()) {
        told.push_back(fact.fact());
      }
    }
    return told;
  }

  // While its region is one no calendar knows, the office's case takes nothing.
  void LoseZone() {
    model::v1::Organisation lost =
        EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
    lost.set_zone("RU-NOWHERE");
    bench_.Put(lost);
  }
  void FindZone() {
    bench_.Put(EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL));
  }

  EngineBench bench_;
  base::Uid clinic_;
  base::Uid office_;
};

TEST_F(OutboxPumpTest, TellsTheOtherCaseOnce) {
  bench_.Do(clinic_, kWishesCare);
  EXPECT_THAT(bench_.Waiting(), SizeIs(1));
  for (int runs = 0; runs < 2; ++runs) {
    bench_.RunDue();
    EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
    EXPECT_THAT(ToldTo(clinic_), IsEmpty());
    EXPECT_THAT(bench_.Waiting(), IsEmpty());
    bench_.Advance(absl::Hours(1));
  }
}

TEST_F(OutboxPumpTest, TellsInTheOrderInWhichTheCaseSpoke) {
  for (const char* fact : {kWishesCare, kFarAway, kLivesAlone}) {
    bench_.Do(clinic_, fact);
    bench_.Advance(absl::Milliseconds(100));
  }
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_),
              ElementsAre("wishes_care", "far_away", "lives_alone"));
}

TEST_F(OutboxPumpTest, OwesNothingToACaseThatIsOver) {
  Cases::ExecuteRequest close = bench_.Asking(
      office_, "close_case { ending: 'declined' note: 'no wish' }");
  close.info.actor = EngineBench::Actor("office", "anna");
  const absl::StatusOr<Reply> closed = bench_.Execute(std::move(close));
  ASSERT_TRUE(closed.ok() && !closed->refusal.has_value()) << closed.status();
  bench_.Do(clinic_, kWishesCare);
  bench_.RunDue();
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
  EXPECT_THAT(ToldTo(office_), IsEmpty());
}

TEST_F(OutboxPumpTest, TriesAgainSoonWhatPassesByItself) {
  bench_.Do(clinic_, kWishesCare);
  for (int attempts = 1; attempts <= 3; ++attempts) {
    bench_.store().FailNextAppend({.status = absl::UnavailableError("cut")});
    bench_.RunDue();
    ASSERT_THAT(bench_.Waiting(), SizeIs(1));
    EXPECT_EQ(bench_.Waiting()[0].attempts, attempts);
    EXPECT_EQ(bench_.Waiting()[0].due,
              bench_.clock().Now() + kDeliverAgainAfter);
    EXPECT_THAT(bench_.Waiting()[0].problem, HasSubstr("UNAVAILABLE"));
    bench_.Advance(kDeliverAgainAfter);
  }
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

// The answer to the write was lost, the write was not.
TEST_F(OutboxPumpTest, TellsOnceWhatArrivedWithoutAnAnswer) {
  bench_.Do(clinic_, kWishesCare);
  bench_.store().FailNextAppend({.status = absl::UnavailableError("cut"),
                                 .point = store::FaultPoint::kAfterEffect});
  bench_.RunDue();
  bench_.Advance(kDeliverAgainAfter);
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

TEST_F(OutboxPumpTest, WaitsLongerEachTimeForWhatSomebodyMustMend) {
  LoseZone();
  bench_.Do(clinic_, kWishesCare);
  std::vector<absl::Duration> waits;
  for (int i = 0; i < 10; ++i) {
    bench_.RunDue();
    ASSERT_THAT(bench_.Waiting(), SizeIs(1));
    const store::OutboxRow row = bench_.Waiting()[0];
    waits.push_back(row.due - bench_.clock().Now());
    EXPECT_THAT(row.problem, AllOf(HasSubstr(office_.Hex()),
                                   HasSubstr("UNKNOWN_REFERENCE")));
    bench_.Advance(waits.back());
  }
  EXPECT_THAT(waits,
              ElementsAre(absl::Seconds(30), absl::Minutes(1), absl::Minutes(2),
                          absl::Minutes(4), absl::Minutes(8), absl::Minutes(16),
                          absl::Minutes(32), absl::Hours(1), absl::Hours(1),
                          absl::Hours(1)));
  FindZone();
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

// The receiver forgets what came before the last it took: a later message must
// not overtake one it still owes.
TEST_F(OutboxPumpTest, LetsNothingOvertakeWhatAReceiverRefused) {
  LoseZone();
  bench_.Do(clinic_, kWishesCare);
  bench_.RunDue();
  FindZone();
  bench_.Do(clinic_, kFarAway);
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care", "far_away"));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

TEST_F(OutboxPumpTest, HoldsUpNobodyElseForOneThatRefuses) {
  bench_.Publish(EngineBench::Route("third-route"));
  const base::Uid third = bench_.Open({.pathway = "third-route"});
  LoseZone();
  bench_.Do(clinic_, kWishesCare);
  bench_.RunDue();
  bench_.Do(clinic_, kFarAway);
  bench_.RunDue();
  EXPECT_THAT(ToldTo(third), ElementsAre("wishes_care", "far_away"));
  EXPECT_THAT(ToldTo(office_), IsEmpty());
  EXPECT_THAT(bench_.Waiting(), SizeIs(2));
  FindZone();
  bench_.Advance(kDeliverAgainMax);
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care", "far_away"));
  EXPECT_THAT(ToldTo(third), ElementsAre("wishes_care", "far_away"));
  EXPECT_THAT(bench_.Waiting(), IsEmpty());
}

TEST_F(OutboxPumpTest, GoesOnAfterARestart) {
  bench_.Do(clinic_, kWishesCare);
  bench_.Restart();
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
}

// A row of the outbox that no event of the case accounts for, or that goes to
// somebody of a newer release: kept, and said why.
class StrangeMessageTest : public OutboxPumpTest {
 protected:
  void Owe(const std::string& destination, int64_t event_version) {
    store::AppendRequest request{
        .stream = {.kind = store::StreamKind::kCase, .id = clinic_},
        .expected_version = bench_.Read(clinic_).version,
        .recorded_time = bench_.clock().Now()};
    request.outbox = {{.key = {.sequence = 77},
                       .destination = destination,
                       .event_version = event_version,
                       .due = bench_.clock().Now()}};
    const auto appended = bench_.Wait<store::AppendResult>(
        [&](base::Done<store::AppendResult> d) {
          bench_.store().Append(std::move(request), std::move(d));
        });
    ASSERT_TRUE(appended.ok()) << appended.status();
  }
};

TEST_F(StrangeMessageTest, IsKeptWhenItsEventHoldsNone) {
  Owe("person", 1);
  bench_.RunDue();
  ASSERT_THAT(bench_.Waiting(), SizeIs(1));
  EXPECT_THAT(bench_.Waiting()[0].problem, HasSubstr("DATA_LOSS"));
}

TEST_F(StrangeMessageTest, HoldsUpNoMessageBeforeIt) {
  bench_.Do(clinic_, kWishesCare);
  Owe("person", 1);
  bench_.RunDue();
  EXPECT_THAT(ToldTo(office_), ElementsAre("wishes_care"));
  EXPECT_THAT(bench_.Waiting(), SizeIs(1));
}

// What waits for another hub is its sender's to carry.
TEST_F(OutboxPumpTest, LeavesOtherLanesAlone) {
  const std::string bytes = "a half grew";
  store::AppendRequest request{
      .stream = {.kind = store::StreamKind::kReferral, .id = clinic_},
      .recorded_time = bench_.clock().Now()};
  request.events.push_back(
      {.bytes = bytes,
       .chain_hash = store::ChainHash(
           {.previous = store::ChainStart(), .stored = bytes})});
  request.outbox.push_back({.key = {.sequence = 1},
                            .destination = "hub/east",
                            .lane = LaneOf("east"),
                            .event_version = 1,
                            .due = bench_.clock().Now()});
  const auto written = bench_.Wait<store::AppendResult>(
      [&](base::Done<store::AppendResult> done) {
        bench_.store().Append(std::move(request), std::move(done));
      });
  ASSERT_TRUE(written.ok()) << written.status();
  bench_.RunDue();
  ASSERT_THAT(bench_.Waiting(), SizeIs(1));
  EXPECT_EQ(bench_.Waiting()[0].attempts, 0);
}

}  // namespace
}  // namespace careroute::engine

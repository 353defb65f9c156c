#include "lib/casework/referral_decide.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_profile.h"
#include "lib/casework/testing/referral_machine.h"

namespace careroute::casework {
namespace {

using event::v1::ReferralMoved;
using model::v1::ReferralState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCentre;
using testing::kClinic;
using testing::kKindergarten;
using testing::ReferralMachine;

constexpr auto kSent = model::v1::DELIVERY_SENT;
constexpr auto kInHand = model::v1::DELIVERY_IN_HAND;

// --- What a refusal says ----------------------------------------------------

TEST(DecideReferral, NamesWhatIsOpenInsteadWhenTheStateIsWrong) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  const auto decision = machine.Decide("begin {}", machine.performer());
  ASSERT_FALSE(decision.ok());
  EXPECT_THAT(decision.refusal->open_to_actor(),
              ElementsAre("AcceptReferral", "RejectReferral", "AskInformation",
                          "MarkReferralInError"));
}

TEST(DecideReferral, NamesWhoMayWhenSomebodyElseMustMove) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  const auto decision =
      machine.Decide("accept { can_meet_needs: true }", machine.requester());
  ASSERT_FALSE(decision.ok());
  ASSERT_EQ(decision.refusal->missing_size(), 1);
  EXPECT_EQ(decision.refusal->missing(0).can_be_met_by(), "performer");
  EXPECT_THAT(
      decision.refusal->open_to_actor(),
      ElementsAre("AskCancel", "RedirectReferral", "MarkReferralInError"));
}

TEST(DecideReferral, OpensNothingToAStranger) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  EXPECT_THAT(OpenTo(machine.referral(), *FindProfile(""),
                     {.organisation = kKindergarten}),
              IsEmpty());
}

// --- What a move must bring -------------------------------------------------

struct ContentRow {
  const char* name;
  ReferralState state;
  bool by_requester;
  const char* command;
  model::v1::ErrorReason reason;
  std::vector<std::string> paths;  // of problems
};

constexpr auto kReceived = model::v1::REFERRAL_STATE_RECEIVED;
constexpr auto kInProgress = model::v1::REFERRAL_STATE_IN_PROGRESS;
constexpr auto kInvalid = model::v1::ERROR_REASON_INVALID_REQUEST;

std::vector<ContentRow> AnswerRows() {
  return {
      {"accept without saying that needs can be met",
       kReceived,
       false,
       "accept {}",
       model::v1::ERROR_REASON_GUARD_UNMET,
       {}},
      {"accept for a day long past",
       kReceived,
       false,
       "accept { can_meet_needs: true planned_time { seconds: 1000 } }",
       kInvalid,
       {"planned_time"}},
      {"reject without a reason",
       kReceived,
       false,
       "reject {}",
       kInvalid,
       {"reason"}},
      {"reject for a reason of a newer release",
       kReceived,
       false,
       "reject { reason: 99 }",
       kInvalid,
       {"reason"}},
      {"reject for another reason without words",
       kReceived,
       false,
       "reject { reason: REFERRAL_REASON_OTHER }",
       kInvalid,
       {"note"}},
      {"reject and name oneself as better",
       kReceived,
       false,
       "reject { reason: REFERRAL_REASON_OTHER better_provider: "
       "'organisations/early-help-centre' }",
       kInvalid,
       {"note", "better_provider"}},
  };
}

std::vector<ContentRow> WorkRows() {
  return {
      {"hold without a reason",
       kInProgress,
       false,
       "hold {}",
       kInvalid,
       {"reason"}},
      {"complete without an outcome",
       kInProgress,
       false,
       "complete {}",
       kInvalid,
       {"outcome"}},
      {"fail without a reason",
       kInProgress,
       false,
       "fail {}",
       kInvalid,
       {"reason"}},
      {"ask to cancel without a reason",
       kReceived,
       true,
       "ask_cancel {}",
       kInvalid,
       {"reason"}},
      {"ask nothing",
       kReceived,
       false,
       "ask_information {}",
       kInvalid,
       {"question"}},
      {"call nothing a mistake",
       kReceived,
       true,
       "mark_in_error {}",
       kInvalid,
       {"note"}},
  };
}

void ExpectRefused(const ContentRow& row) {
  SCOPED_TRACE(row.name);
  ReferralMachine machine(/*performer_is_local=*/false);
  machine.Bring(row.state, kSent);
  const auto decision =
      machine.Decide(row.command, row.by_requester ? machine.requester()
                                                   : machine.performer());
  ASSERT_FALSE(decision.ok());
  EXPECT_EQ(decision.refusal->reason(), row.reason);
  std::vector<std::string> paths;
  for (const auto& problem : decision.refusal->problems()) {
    paths.push_back(problem.path());
  }
  EXPECT_EQ(paths, row.paths);
}

TEST(DecideReferral, RefusesAMoveThatDoesNotBringWhatItMust) {
  for (const std::vector<ContentRow>& rows : {AnswerRows(), WorkRows()}) {
    for (const ContentRow& row : rows) {
      ExpectRefused(row);
    }
  }
}

TEST(DecideReferral, AcceptsWithoutAWordOnNeedsWhenNoneWereTold) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.referral().disclosed.classes = {model::v1::DATA_CLASS_IDENTITY};
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  EXPECT_TRUE(machine.Decide("accept {}", machine.performer()).ok());
}

TEST(DecideReferral, AsksWhyWhenACompletionIsLate) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_ACCEPTED, kSent);
  machine.context().overdue = true;
  const auto refused =
      machine.Decide("complete { outcome: 'done' }", machine.performer());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.refusal->reason(),
            model::v1::ERROR_REASON_LATE_REASON_NEEDED);
  const auto done =
      machine.Decide("complete { outcome: 'done' late_reason: 'no road' }",
                     machine.performer());
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done.moved->performance(0).late_reason(), "no road");
}

TEST(DecideReferral, KeepsAMemberOutWhoMayNotPerform) {
  for (const char* command : {"accept { can_meet_needs: true }", "begin {}",
                              "complete { outcome: 'done' }",
                              "fail { reason: REFERRAL_REASON_NOT_REACHED }"}) {
    SCOPED_TRACE(command);
    ReferralMachine machine(/*performer_is_local=*/true);
    const bool accepts = testing::ParseReferralCommand(command).has_accept();
    machine.Bring(accepts ? model::v1::REFERRAL_STATE_RECEIVED
                          : model::v1::REFERRAL_STATE_ACCEPTED,
                  kSent);
    machine.context().member_may_perform = false;
    const auto decision = machine.Decide(command, machine.performer());
    ASSERT_FALSE(decision.ok());
    EXPECT_EQ(decision.refusal->reason(),
              model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
  }
}

TEST(DecideReferral, RefusesAMoveInTheFuture) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_ACCEPTED, kSent);
  machine.context().happened = machine.context().now + absl::Seconds(1);
  const auto decision = machine.Decide("begin {}", machine.performer());
  ASSERT_FALSE(decision.ok());
  EXPECT_EQ(decision.refusal->reason(), model::v1::ERROR_REASON_WRONG_TIME);
}

// --- Loops ------------------------------------------------------------------

TEST(DecideReferral, StopsAskingAfterAsManyQuestionsAsItMayHave) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  for (size_t i = 0; i < kQuestionsMax; ++i) {
    const auto asked = machine.Decide("ask_information { question: '?' }",
                                      machine.performer());
    ASSERT_TRUE(asked.ok()) << i;
    machine.Apply(asked);
  }
  EXPECT_FALSE(
      machine.Decide("ask_information { question: '?' }", machine.performer())
          .ok());
}

TEST(DecideReferral, OpensAndClosesALoopForEachQuestion) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_RECEIVED, kSent);
  const auto asked =
      machine.Decide("ask_information { question: '?' documents: 'extract' }",
                     machine.performer());
  ASSERT_TRUE(asked.ok());
  ASSERT_EQ(asked.loops.size(), 1u);
  EXPECT_TRUE(asked.loops[0].opens);
  EXPECT_EQ(asked.loops[0].acts, kClinic);
  EXPECT_EQ(asked.moved->performance(0).documents(0).kind(), "extract");
  machine.Apply(asked);
  EXPECT_EQ(QueueOf(machine.referral()), kClinic);

  const auto given =
      machine.Decide("give_information { question: 2 texts { text: 'x' } }",
                     machine.requester());
  ASSERT_TRUE(given.ok());
  ASSERT_EQ(given.loops.size(), 1u);
  EXPECT_FALSE(given.loops[0].opens);
  EXPECT_EQ(given.loops[0].number, asked.loops[0].number);
  machine.Apply(given);
  EXPECT_EQ(QueueOf(machine.referral()), kCentre);
}

TEST(DecideReferral, CanAskToCancelAgainAfterWorkWentOn) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_IN_PROGRESS, kSent);
  const std::string ask =
      "ask_cancel { reason: REFERRAL_REASON_PERSON_REFUSED }";
  const auto first = machine.Decide(ask, machine.requester());
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(first.loops.size(), 1u);
  EXPECT_EQ(first.loops[0].acts, kCentre);
  machine.Apply(first);
  const auto on = machine.Decide(
      "answer_cancel { answer: CANCEL_ANSWER_GOES_ON }", machine.performer());
  ASSERT_TRUE(on.ok());
  EXPECT_EQ(on.loops[0].number, first.loops[0].number);
  machine.Apply(on);
  EXPECT_FALSE(CancelIsAsked(machine.referral()));
  EXPECT_TRUE(machine.Decide(ask, machine.requester()).ok());
}

TEST(DecideReferral, OpensNoLoopWhenTheHubCancelsInTheSameBreath) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_ACCEPTED, kSent);
  const auto decision = machine.Decide(
      "ask_cancel { reason: REFERRAL_REASON_DIED }", machine.requester());
  ASSERT_TRUE(decision.ok());
  EXPECT_TRUE(decision.loops.empty());
  ASSERT_EQ(decision.moved->performance_size(), 1);
  EXPECT_EQ(decision.moved->performance(0).actor().role(),
            model::v1::ACTOR_ROLE_HUB);
}

// --- What the performer's hub does by itself --------------------------------

TEST(DecideHubMoves, TakesAReferralInAndCompletesANotice) {
  for (const bool notice : {false, true}) {
    ReferralMachine machine(/*performer_is_local=*/true);
    machine.referral().kind = notice ? model::v1::REFERRAL_KIND_NOTICE
                                     : model::v1::REFERRAL_KIND_REFERRAL;
    const auto sent = machine.Decide("send {}", machine.requester());
    ASSERT_TRUE(sent.ok());
    machine.Apply(sent);
    EXPECT_EQ(StateOf(machine.referral()),
              notice ? model::v1::REFERRAL_STATE_COMPLETED
                     : model::v1::REFERRAL_STATE_RECEIVED);
  }
}

TEST(DecideHubMoves, CancelsWhatWasNotBegunAndNothingElse) {
  // A draft has been sent to no hub.
  for (int number = model::v1::REFERRAL_STATE_REQUESTED;
       number <= model::v1::ReferralState_MAX; ++number) {
    const auto state = static_cast<ReferralState>(number);
    SCOPED_TRACE(NameOf(state));
    ReferralMachine machine(/*performer_is_local=*/false);
    machine.Bring(state, kSent);
    machine.Add(model::v1::REFERRAL_MOVE_CANCEL_ASKED);
    const ReferralMoved* moved =
        DecideHubMoves(machine.referral(), *FindProfile(""), machine.context());
    const bool not_begun = state == model::v1::REFERRAL_STATE_REQUESTED ||
                           state == model::v1::REFERRAL_STATE_RECEIVED ||
                           state == model::v1::REFERRAL_STATE_ACCEPTED;
    ASSERT_EQ(moved != nullptr, not_begun);
    if (not_begun) {
      Fold(*moved, machine.referral());
      EXPECT_EQ(StateOf(machine.referral()),
                model::v1::REFERRAL_STATE_CANCELLED);
    }
  }
}

TEST(DecideReferral, GivesAnInHandReferralInAndLeavesItWithTheRequester) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.context().delivery = model::v1::DELIVERY_IN_HAND;
  const auto sent = machine.Decide("send {}", machine.requester());
  ASSERT_TRUE(sent.ok());
  EXPECT_TRUE(sent.moved->performance().empty());
  machine.Apply(sent);
  EXPECT_EQ(StateOf(machine.referral()), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_EQ(QueueOf(machine.referral()), kClinic);
}

TEST(DecideReferral, LetsAnInHandReferralOnlyMoveForward) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_IN_PROGRESS, kInHand);
  const auto back = machine.Decide(
      "report_in_hand { state: REFERRAL_STATE_ACCEPTED reported_by: "
      "REPORTED_BY_FAMILY }",
      machine.requester());
  ASSERT_FALSE(back.ok());
  EXPECT_EQ(back.refusal->problems(0).path(), "state");
  const auto on = machine.Decide(
      "report_in_hand { state: REFERRAL_STATE_COMPLETED outcome: 'done' "
      "reported_by: REPORTED_BY_PROVIDER "
      "performer: 'organisations/kindergarten' }",
      machine.requester());
  ASSERT_TRUE(on.ok());
  EXPECT_EQ(on.moved->request(0).performed_by(), kKindergarten);
  machine.Apply(on);
  EXPECT_EQ(StateOf(machine.referral()), model::v1::REFERRAL_STATE_COMPLETED);
}

TEST(DecideReferral, DoesNotMakeOrGuess) {
  ReferralMachine machine(/*performer_is_local=*/true);
  EXPECT_FALSE(
      machine.Decide("make { occurrence: 1 }", machine.requester()).ok());
  EXPECT_FALSE(machine.Decide("", machine.requester()).ok());
}

TEST(DecideReferral, RedirectsAReferralOnce) {
  ReferralMachine machine(/*performer_is_local=*/true);
  machine.Bring(model::v1::REFERRAL_STATE_REJECTED, kSent);
  const std::string redirect =
      "redirect { performer: 'organisations/kindergarten' }";
  EXPECT_TRUE(machine.Decide(redirect, machine.requester()).ok());
  machine.referral().replaced_by = 2;
  EXPECT_FALSE(machine.Decide(redirect, machine.requester()).ok());
}

}  // namespace
}  // namespace careroute::casework

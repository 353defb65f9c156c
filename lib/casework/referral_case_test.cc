#include "lib/casework/referral_case.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/referral_profile.h"
#include "lib/casework/testing/referral_machine.h"
#include "lib/casework/testing/referral_stage.h"

namespace careroute::casework {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kCentre;
using testing::kClinic;
using testing::kKindergarten;
using ::testing::Not;
using testing::ReferralStage;

constexpr char kMake[] =
    "make { occurrence: 1 way: 'by_consent' "
    "performer: 'organisations/early-help-centre' }";
constexpr char kRedirect[] =
    "referral: 1 redirect { performer: 'organisations/kindergarten' "
    "send: true }";
constexpr char kAccept[] = "referral: 1 accept { can_meet_needs: true }";
constexpr char kReject[] =
    "referral: 1 reject { reason: REFERRAL_REASON_NO_PLACES note: 'full' }";

// --- Send, accept: grounds are judged anew
// ------------------------------------

TEST(SendReferral, IsRefusedWhenTheConsentWasWithdrawnMeanwhile) {
  ReferralStage stage;
  stage.Apply(stage.Ask(kMake, stage.requester()));
  stage.state().consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
  const ReferralChange refused =
      stage.Ask("referral: 1 send {}", stage.requester());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.refusal->reason(), model::v1::ERROR_REASON_NO_GROUND);
  stage.state().consents[0].state = model::v1::CONSENT_STATE_GIVEN;
  const ReferralChange sent =
      stage.Ask("referral: 1 send {}", stage.requester());
  ASSERT_TRUE(sent.ok());
  EXPECT_EQ(sent.moved->delivery(), model::v1::DELIVERY_SENT);
  EXPECT_EQ(sent.joins, kCentre);
}

TEST(SendReferral, ChecksTheGuardsOnceMore) {
  ReferralStage stage;
  stage.Apply(stage.Ask(kMake, stage.requester()));
  stage.guards_hold = false;
  EXPECT_FALSE(stage.Ask("referral: 1 send {}", stage.requester()).ok());
}

TEST(AcceptReferral, IsRefusedWhenTheConsentIsWithdrawn) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.state().consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
  const ReferralChange change = stage.Ask(kAccept, stage.performer());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NO_GROUND);
}

TEST(AcceptReferral, GoesOnWhileTheConsentIsOnlyDisputed) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.state().consents[0].state = model::v1::CONSENT_STATE_DISPUTED;
  EXPECT_TRUE(stage.Ask(kAccept, stage.performer()).ok());
}

TEST(AcceptReferral, TellsAStrangerNothingOfGrounds) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.state().consents.clear();
  const ReferralChange change = stage.Ask(kAccept, stage.requester());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NOT_YOUR_MOVE);
}

// --- What moves mean for the step -------------------------------------------

TEST(AcceptReferral, EndsTheStepAsItsRuleSays) {
  ReferralStage stage;
  stage.MakeAndSend();
  const ReferralChange change = stage.Ask(kAccept, stage.performer());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kComplete);
  EXPECT_EQ(change.effect.outcome, "taken");
  EXPECT_EQ(change.effect.performer, kCentre);
  EXPECT_EQ(change.effect.why, "referral_accepted");
  EXPECT_THAT(change.closed, IsEmpty());
}

TEST(RejectReferral, LeavesTheStepToTheNextPerformer) {
  ReferralStage stage;
  stage.MakeAndSend();
  const ReferralChange change = stage.Ask(kReject, stage.performer());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kExclude);
  EXPECT_EQ(change.effect.performer, kCentre);
  EXPECT_EQ(change.effect.reason, model::v1::REFERRAL_REASON_NO_PLACES);
  EXPECT_EQ(change.effect.note, "full");
  EXPECT_THAT(change.closed, ElementsAre(1));
  EXPECT_THAT(change.moved->DebugString(), Not(HasSubstr("full")));
}

TEST(RejectReferral, IsNeverADeadEnd) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.performers_left = 0;
  const ReferralChange last = stage.Ask(kReject, stage.performer());
  EXPECT_EQ(last.effect.kind, StepEffectKind::kNobodyLeft);
  EXPECT_EQ(last.effect.outcome, "nobody");

  stage.performers_left = std::nullopt;
  EXPECT_EQ(stage.Ask(kReject, stage.performer()).effect.kind,
            StepEffectKind::kExclude);

  stage.state().occurrences.clear();  // acceptance had ended it
  EXPECT_EQ(stage.Ask(kReject, stage.performer()).effect.kind,
            StepEffectKind::kTellCoordinator);
}

TEST(RejectReferral, EndsTheStepWhereTheRuleSaysSo) {
  ReferralStage stage;
  stage.organisations[kCentre].hub = "east";
  stage.Apply(
      stage.Ask("make { occurrence: 3 way: 'by_consent' send: true "
                "performer: 'organisations/early-help-centre' }",
                stage.requester()));
  const ReferralChange change = stage.Ask(kReject, stage.performer());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kComplete);
  EXPECT_EQ(change.effect.outcome, "not_theirs");
}

TEST(CompleteReferral, EndsTheStepWithItsResult) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.Apply(stage.Ask(kAccept, stage.performer()));
  constexpr char kComplete[] =
      "referral: 1 complete { outcome: 'done' note: 'well' "
      "facts { fact: 'place_found' value { truth: true } } "
      "documents { kind: 'extract' number: '77-A' } "
      "recheck_date: '2026-09-01' }";
  const ReferralChange change = stage.Ask(kComplete, stage.performer());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kComplete);
  EXPECT_EQ(change.effect.outcome, "done");
  EXPECT_EQ(change.effect.recheck_date, "2026-09-01");
  EXPECT_EQ(change.effect.facts->size(), 1);
  EXPECT_EQ(change.effect.documents->Get(0).kind(), "extract");
  EXPECT_THAT(change.moved->DebugString(), Not(HasSubstr("77-A")));

  stage.state().occurrences.clear();  // acceptance had ended it
  const ReferralChange late = stage.Ask(kComplete, stage.performer());
  EXPECT_EQ(late.effect.kind, StepEffectKind::kNone);
  EXPECT_EQ(late.effect.facts->size(), 1) << "the result is recorded";
}

TEST(CompleteReferral, KnowsOnlyOutcomesOfTheStep) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.Apply(stage.Ask(kAccept, stage.performer()));
  const ReferralChange change = stage.Ask(
      "referral: 1 complete { outcome: 'vanished' }", stage.performer());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NOT_DECLARED);
}

TEST(ReportInHand, EndsTheStepAndNamesWhereTheFamilyWent) {
  ReferralStage stage;
  stage.Apply(stage.Ask("make { occurrence: 1 way: 'in_hand' send: true }",
                        stage.requester()));
  const ReferralChange change = stage.Ask(
      "referral: 1 report_in_hand { state: REFERRAL_STATE_ACCEPTED "
      "reported_by: REPORTED_BY_FAMILY "
      "performer: 'organisations/kindergarten' }",
      stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kComplete);
  EXPECT_EQ(change.effect.outcome, "taken");
  EXPECT_EQ(change.effect.performer, kKindergarten);
}

TEST(MarkInError, TellsTheCoordinatorOnceSomethingMayRestOnIt) {
  ReferralStage stage;
  stage.MakeAndSend();
  constexpr char kInError[] = "referral: 1 mark_in_error { note: 'wrong' }";
  EXPECT_EQ(stage.Ask(kInError, stage.requester()).effect.kind,
            StepEffectKind::kNone);
  stage.Apply(stage.Ask(kAccept, stage.performer()));
  const ReferralChange change = stage.Ask(kInError, stage.performer());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kTellCoordinator);
  EXPECT_THAT(change.closed, ElementsAre(1));
}

// --- Redirect ---------------------------------------------------------------

TEST(RedirectReferral, MakesANewOneThatNamesTheOldAndCancelsIt) {
  ReferralStage stage;
  stage.MakeAndSend();
  const ReferralChange change = stage.Ask(kRedirect, stage.requester());
  ASSERT_TRUE(change.ok()) << change.refusal->DebugString();
  EXPECT_EQ(change.made->replaces(), 1);
  EXPECT_EQ(change.made->performer(), kKindergarten);
  EXPECT_EQ(change.joins, kKindergarten);
  EXPECT_THAT(change.closed, ElementsAre(1));
  stage.Apply(change);
  EXPECT_EQ(StateOf(stage.referral(1)), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_EQ(stage.referral(1).replaced_by, 2);
  EXPECT_EQ(StateOf(stage.referral(2)), model::v1::REFERRAL_STATE_RECEIVED);
}

TEST(RedirectReferral, AsksADistantPerformerToCancelWithinATerm) {
  ReferralStage stage;
  stage.organisations[kCentre].hub = "east";
  stage.MakeAndSend();
  const ReferralChange change = stage.Ask(kRedirect, stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_THAT(change.closed, IsEmpty());
  ASSERT_EQ(change.loops.size(), 1u);
  EXPECT_EQ(change.loops[0].acts, kCentre);
  EXPECT_EQ(change.loops[0].within->n(), 3);
}

TEST(RedirectReferral, NeedsAGroundForTheNewReceiver) {
  ReferralStage stage;
  stage.state().consents[0].to_kinds.clear();
  stage.state().consents[0].to_organisations = {kCentre};
  stage.MakeAndSend();
  const ReferralChange change = stage.Ask(kRedirect, stage.requester());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NO_GROUND);
  EXPECT_THAT(change.touched, IsEmpty());
}

TEST(RedirectReferral, GoesToSomebodyElse) {
  ReferralStage stage;
  stage.MakeAndSend();
  EXPECT_FALSE(stage
                   .Ask("referral: 1 redirect { performer: "
                        "'organisations/early-help-centre' }",
                        stage.requester())
                   .ok());
}

TEST(RedirectReferral, TouchesNothingOfAReferralThatIsClosed) {
  ReferralStage stage;
  stage.MakeAndSend();
  stage.Apply(stage.Ask(kReject, stage.performer()));
  const ReferralChange change = stage.Ask(kRedirect, stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_THAT(change.touched, IsEmpty());
  EXPECT_THAT(change.closed, IsEmpty());
}

// --- Information ------------------------------------------------------------

TEST(GiveInformation, DisclosesOnlyWhatTheWayLetsPass) {
  ReferralStage stage;
  stage.MakeAndSend();
  const ReferralChange asked =
      stage.Ask("referral: 1 ask_information { question: 'a wheelchair?' }",
                stage.performer());
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked.loops[0].within->n(), 2);
  stage.Apply(asked);
  const ReferralChange medical = stage.Ask(
      "referral: 1 give_information { question: 2 "
      "texts { data_class: DATA_CLASS_MEDICAL text: 'spina bifida' } }",
      stage.requester());
  ASSERT_FALSE(medical.ok());
  EXPECT_EQ(medical.refusal->reason(), model::v1::ERROR_REASON_NO_GROUND);
  const ReferralChange needs = stage.Ask(
      "referral: 1 give_information { question: 2 "
      "texts { data_class: DATA_CLASS_NEEDS text: 'a lift' } }",
      stage.requester());
  ASSERT_TRUE(needs.ok());
  EXPECT_EQ(needs.parts[0].part->texts(0).text(), "a lift");
  EXPECT_THAT(needs.moved->DebugString(), Not(HasSubstr("a lift")));
}

TEST(DecideReferralInCase, KnowsOnlyReferralsOfTheCase) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(kAccept, stage.performer());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NOT_FOUND);
}

}  // namespace
}  // namespace careroute::casework

// Referrals inside the case: what a move means for the step and its clocks.

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;

// Step "help" is live, and the mother consents to what it discloses.
void BringToHelp(CaseStage& stage) {
  stage.Open();
  stage.Do(StrCat(
      "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
      "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
      "given_by: '",
      testing::kMother, "' word_given: WORD_GIVEN_IN_WRITING } }"));
  stage.Do("start_step { step: 'help' }");
}

std::string Make(const CaseStage& stage, const char* performer,
                 const char* way = "by_consent") {
  return StrCat("referral { make { occurrence: ", stage.Number("help"),
                " performer: 'organisations/", performer, "' way: '", way,
                "' send: true } }");
}

std::string Move(int number, const char* move) {
  return StrCat("referral { referral: ", number, " ", move, " }");
}

TEST(DecideReferral, SendingMakesAParticipantAndStartsTheClocks) {
  CaseStage stage;
  BringToHelp(stage);
  EXPECT_EQ(stage.Deadline("help", "answer"), nullptr);
  stage.Do(Make(stage, "care"));
  EXPECT_EQ(stage.Find("help")->performer, "organisations/care");
  EXPECT_EQ(stage.state().participants.back(), "organisations/clinic");
  ASSERT_NE(stage.Deadline("help", "answer"), nullptr);
  bool watched = false;
  for (const TimerRecord& timer : stage.state().timers) {
    watched = watched || timer.kind == "silence";
  }
  EXPECT_TRUE(watched);
  stage.ExpectReplays();
}

TEST(DecideReferral, SilenceStartsWhatTheStepSaysAndKeepsIt) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  stage.RunTo(stage.Day("2026-03-12"));
  EXPECT_TRUE(stage.IsLive("welfare"));
  EXPECT_TRUE(stage.IsLive("help"));
}

TEST(DecideReferral, AnAnswerEndsTheSilence) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  stage.DoAs(CaseStage::Actor("care", "m1"),
             Move(1, "accept { can_meet_needs: true }"));
  stage.RunTo(stage.Day("2026-03-12"));
  EXPECT_FALSE(stage.IsLive("welfare"));
}

TEST(DecideReferral, CompletionEndsTheStep) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  const auto care = CaseStage::Actor("care", "m1");
  EXPECT_EQ(stage.Refuse(StrCat("complete_step { occurrence: ",
                                stage.Number("help"), " outcome: 'done' }")),
            model::v1::ERROR_REASON_WRONG_STATE);
  stage.DoAs(care, Move(1, "accept { can_meet_needs: true }"));
  stage.DoAs(care, Move(1, "begin {}"));
  stage.DoAs(care, Move(1, "complete { outcome: 'done' }"));
  EXPECT_TRUE(stage.HasEnded("help", "done"));
  EXPECT_EQ(stage.Deadline("", "answer"), nullptr);
  stage.ExpectReplays();
}

TEST(DecideReferral, ARejectionAsksTheNextAndThenNobodyIsLeft) {
  CaseStage stage;
  BringToHelp(stage);
  stage.directory().At("organisations/office").services = {"decisions"};
  stage.Do(Make(stage, "care"));
  stage.DoAs(CaseStage::Actor("care", "m1"),
             Move(1, "reject { reason: REFERRAL_REASON_NO_PLACES }"));
  ASSERT_TRUE(stage.IsLive("help"));
  EXPECT_EQ(stage.Find("help")->excluded,
            std::vector<std::string>{"organisations/care"});
  EXPECT_EQ(stage.Find("help")->performer, "");
  stage.Do(Make(stage, "other-care"));
  stage.DoAs(CaseStage::Actor("other-care", "m1"),
             Move(2, "reject { reason: REFERRAL_REASON_NO_PLACES }"));
  EXPECT_TRUE(stage.HasEnded("help", "no_provider"));
  EXPECT_TRUE(stage.IsLive("welfare"));
  stage.ExpectReplays();
}

TEST(DecideReferral, RefusingExchangeNeverCostsHelp) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                  testing::kMother, "' }"));
  EXPECT_EQ(stage.Refuse(Make(stage, "care")),
            model::v1::ERROR_REASON_NO_GROUND);
  stage.Do(Make(stage, "care", "in_hand"));
  EXPECT_EQ(stage.state().referrals[0].delivery, model::v1::DELIVERY_IN_HAND);
}

TEST(DecideReferral, AQuestionHasADeadlineOfItsOwn) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  stage.DoAs(CaseStage::Actor("care", "m1"),
             Move(1, "ask_information { question: 'which days' }"));
  const DeadlineRecord* deadline = nullptr;
  for (const DeadlineRecord& one : stage.state().deadlines) {
    deadline = one.limit == "information" ? &one : deadline;
  }
  ASSERT_NE(deadline, nullptr);
  EXPECT_EQ(deadline->referral, 1);
  EXPECT_EQ(*deadline->due, stage.Day("2026-03-05"));
}

TEST(DecideReferral, AWithdrawnConsentIsToldToWhoHoldsTheData) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  stage.Do(StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                  testing::kMother, "' }"));
  EXPECT_TRUE(stage.WasTold("organisations/care", "consent_withdrawn"));
}

TEST(DecideReferral, DeathAsksToCancelAndDoesNotWait) {
  CaseStage stage;
  BringToHelp(stage);
  stage.Do(Make(stage, "care"));
  const auto care = CaseStage::Actor("care", "m1");
  stage.DoAs(care, Move(1, "accept { can_meet_needs: true }"));
  stage.DoAs(care, Move(1, "begin {}"));
  stage.Do("close_case { ending: 'died' note: 'register' }");
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED);
  EXPECT_TRUE(CancelIsAsked(stage.state().referrals[0]));
  // The performer still answers after the end.
  stage.DoAs(care, Move(1,
                        "answer_cancel { answer: CANCEL_ANSWER_CANCELLED "
                        "note: 'one visit was made' }"));
  EXPECT_EQ(StateOf(stage.state().referrals[0]),
            model::v1::REFERRAL_STATE_CANCELLED);
  stage.ExpectReplays();
}

}  // namespace
}  // namespace careroute::casework

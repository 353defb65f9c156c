// Posts, consents, messages, closing and reopening.

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/casework/row.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/view.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using testing::kFather;
using testing::kMother;

std::string Consent(const char* giver, const char* more = "") {
  return StrCat(
      "consent { matter: CONSENT_MATTER_DATA classes: DATA_CLASS_IDENTITY "
      "to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' given_by: '",
      giver,
      "' word_given: WORD_GIVEN_IN_WRITING document { kind: 'paper' "
      "number: '9' } ",
      more, "}");
}

TEST(DecidePosts, TheOldHolderStaysUntilTheNewOneAccepts) {
  CaseStage stage;
  stage.Open();
  stage.Do(
      "offer_post { post: POST_COORDINATOR to: "
      "'organisations/office/members/m1' }");
  EXPECT_EQ(stage.state().coordinator, "organisations/centre/members/anna");
  EXPECT_EQ(stage.Refuse("accept_post { hand_over: 1 }"),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
  stage.DoAs(CaseStage::Actor("office", "m1"), "accept_post { hand_over: 1 }");
  EXPECT_EQ(stage.state().coordinator, "organisations/office/members/m1");
  EXPECT_TRUE(stage.state().hand_overs.empty());
  EXPECT_EQ(stage.Refuse("set_next_contact { date: '2026-03-05' }"),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
}

TEST(DecidePosts, ADeclinedOfferChangesNothing) {
  CaseStage stage;
  stage.Open();
  stage.Do(
      "offer_post { post: POST_DEPUTY to: "
      "'organisations/office/members/m1' }");
  stage.DoAs(CaseStage::Actor("office", "m1"), "decline_post { hand_over: 1 }");
  EXPECT_EQ(stage.state().deputy, "organisations/centre/members/boris");
  EXPECT_TRUE(
      stage.WasTold("organisations/centre/members/boris", "post_declined"));
}

TEST(DecidePosts, ADeputyWhoStepsInLeavesNoPostEmpty) {
  CaseStage stage;
  stage.Open();
  // Anna is absent: the deputy hands the post to himself.
  stage.DoAs(CaseStage::Actor("centre", "boris"),
             "offer_post { post: POST_COORDINATOR to: "
             "'organisations/centre/members/boris' }");
  stage.DoAs(CaseStage::Actor("centre", "boris"),
             "accept_post { hand_over: 1 }");
  EXPECT_EQ(stage.state().coordinator, "organisations/centre/members/boris");
  EXPECT_EQ(stage.state().deputy, "organisations/centre/members/hanna");
}

TEST(DecideConsents, OnlyWhoDecidesMayGiveOne) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse(StrCat("give_consent { ",
                                Consent("persons/"
                                        "00000000000000000000000000000009"),
                                "}")),
            model::v1::ERROR_REASON_WRONG_DECIDER);
  const auto& event =
      stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  EXPECT_EQ(event.consent_given().number(), 1);
  EXPECT_FALSE(event.consent_given().consent().has_document());
  EXPECT_EQ(event.consent_given().consent().from(), "2026-03-02");
  bool sealed = false;
  for (const ClassPart& part : stage.parts()) {
    sealed = sealed || part.part->consent().document().number() == "9";
  }
  EXPECT_TRUE(sealed);
  EXPECT_EQ(event.consequences().messages(0).kind(), "consent_given");
}

TEST(DecideConsents, NameAllThatIsMissing) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("give_consent { consent { matter: "
                         "CONSENT_MATTER_DATA to: '2026-01-01' } }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage.refusal().problems_size(), 6);
}

TEST(DecideConsents, LapseAfterTheirLastDay) {
  CaseStage stage;
  stage.Open();
  stage.Do(
      StrCat("give_consent { ", Consent(kMother, "to: '2026-03-04' "), "}"));
  stage.RunTo(stage.Day("2026-03-05"));
  EXPECT_EQ(stage.state().consents[0].state, model::v1::CONSENT_STATE_LAPSED);
}

TEST(DecideConsents, AreDisputedByAnotherRepresentativeInWriting) {
  CaseStage stage;
  stage.Open();
  stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  const std::string object =
      StrCat("object_to_consent { consent: 1 objected_by: '", kFather, "' ");
  EXPECT_EQ(stage.Refuse(object + "}"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.Refuse(StrCat("object_to_consent { consent: 1 objected_by: '",
                                kMother, "' document { kind: 'p' } }")),
            model::v1::ERROR_REASON_WRONG_DECIDER);
  stage.Do(object + "document { kind: 'objection' } }");
  EXPECT_EQ(stage.state().consents[0].state, model::v1::CONSENT_STATE_DISPUTED);
}

TEST(DecideConsents, AnObjectionRecordsTheFactThatThePathwayAsksAbout) {
  CaseStage stage;
  stage.Open();
  stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  const auto& event =
      stage.Do(StrCat("object_to_consent { consent: 1 objected_by: '", kFather,
                      "' document { kind: 'objection' } }"));
  ASSERT_EQ(event.consequences().facts_size(), 1);
  EXPECT_EQ(event.consequences().facts(0).fact(), "dispute");
  EXPECT_TRUE(event.consequences().facts(0).value().truth());
  EXPECT_TRUE(stage.IsLive("mediation"));
  stage.ExpectReplays();
}

// A consent that came from another case of the person goes by its name there.
class ForeignConsent : public ::testing::Test {
 protected:
  ForeignConsent() {
    stage_.Open();
    stage_.DoAs(
        CaseStage::Hub(),
        StrCat("receive_message { from: 'cases/other' sequence: 1 "
               "consent_given { ",
               Consent(kMother, "name: 'cases/other/consents/7' "), "} }"));
  }

  const event::v1::Message& Told(const event::v1::CaseEvent& event) {
    return event.consequences().messages(0);
  }

  model::v1::ConsentState State() const {
    return stage_.state().consents[0].state;
  }

  CaseStage stage_;
};

TEST_F(ForeignConsent, IsWithdrawnUnderTheNameEveryCaseKnows) {
  const event::v1::CaseEvent& event = stage_.Do(
      StrCat("withdraw_consent { consent: 1 withdrawn_by: '", kMother, "' }"));
  EXPECT_EQ(Told(event).kind(), "consent_withdrawn");
  EXPECT_EQ(Told(event).consent_name(), "cases/other/consents/7");
}

TEST_F(ForeignConsent, IsDisputedWhereverItIsObjectedTo) {
  const event::v1::CaseEvent& event =
      stage_.Do(StrCat("object_to_consent { consent: 1 objected_by: '", kFather,
                       "' document { kind: 'objection' } }"));
  EXPECT_EQ(Told(event).kind(), "consent_disputed");
  EXPECT_EQ(Told(event).consent_name(), "cases/other/consents/7");
}

TEST_F(ForeignConsent, FollowsAnObjectionMadeElsewhere) {
  stage_.DoAs(CaseStage::Hub(),
              "receive_message { from: 'cases/other' sequence: 2 "
              "consent_disputed: 'cases/other/consents/7' }");
  EXPECT_EQ(State(), model::v1::CONSENT_STATE_DISPUTED);
  EXPECT_TRUE(stage_.IsLive("mediation"));
  stage_.ExpectReplays();
}

TEST(DecideConsents, AreWithdrawnByWordOfACaseThatTookThemOver) {
  CaseStage stage;
  stage.Open();
  const auto& given =
      stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  const std::string name = given.consent_given().consent().name();
  stage.DoAs(CaseStage::Hub(),
             StrCat("receive_message { from: 'cases/other' sequence: 1 "
                    "consent_withdrawn: '",
                    name, "' }"));
  EXPECT_EQ(stage.state().consents[0].state,
            model::v1::CONSENT_STATE_WITHDRAWN);
}

TEST(DecideConsents, AreWithdrawnByTheGiverOrWhoDecides) {
  CaseStage stage;
  stage.Open();
  stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  EXPECT_EQ(stage.Refuse("withdraw_consent { consent: 1 withdrawn_by: "
                         "'persons/00000000000000000000000000000009' }"),
            model::v1::ERROR_REASON_WRONG_DECIDER);
  stage.Do(
      StrCat("withdraw_consent { consent: 1 withdrawn_by: '", kFather, "' }"));
  EXPECT_EQ(stage.state().consents[0].state,
            model::v1::CONSENT_STATE_WITHDRAWN);
  EXPECT_EQ(stage.Refuse(StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                                kFather, "' }")),
            model::v1::ERROR_REASON_WRONG_STATE);
}

TEST(DecideConsents, EndWhenTheGiverDecidesNoMore) {
  CaseStage stage;
  stage.person().deciders[0].set_changes_on("2026-03-10");
  stage.Open();
  stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  stage.person().deciders[0].clear_deciders();
  stage.person().deciders[0].set_person_decides(true);
  stage.person().deciders[0].clear_changes_on();
  stage.RunTo(stage.Day("2026-03-10"));
  EXPECT_EQ(stage.state().consents[0].state, model::v1::CONSENT_STATE_LAPSED);
}

TEST(DecideMessages, AreAppliedOnceAndSkipWhatIsNotDeclared) {
  CaseStage stage;
  stage.Open();
  const std::string facts =
      "receive_message { from: 'cases/1' sequence: 4 facts { facts { fact: "
      "'wishes_care' value { truth: true } } facts { fact: 'unheard_of' value "
      "{ truth: true } } } }";
  const auto& event = stage.DoAs(CaseStage::Hub(), facts);
  EXPECT_EQ(event.message_received().facts_size(), 1);
  EXPECT_TRUE(event.consequences().messages().empty());
  EXPECT_EQ(stage.RefuseAs(CaseStage::Hub(), facts),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_TRUE(IsAlreadyApplied(stage.refusal()));
}

TEST(DecideMessages, BringAndWithdrawConsentsOfOtherCases) {
  CaseStage stage;
  stage.Open();
  stage.DoAs(CaseStage::Hub(),
             StrCat("receive_message { from: 'cases/1' sequence: 1 "
                    "consent_given { ",
                    Consent(kMother, "name: 'cases/1/consents/5' "), "} }"));
  EXPECT_EQ(stage.state().consents[0].origin, "cases/1/consents/5");
  stage.DoAs(CaseStage::Hub(),
             "receive_message { from: 'cases/1' sequence: 2 "
             "consent_withdrawn: 'cases/1/consents/5' }");
  EXPECT_EQ(stage.state().consents[0].state,
            model::v1::CONSENT_STATE_WITHDRAWN);
  stage.ExpectReplays();
}

TEST(DecideMessages, TellThePersonsOtherCases) {
  CaseStage stage;
  stage.Open();
  const auto& event =
      stage.Do("record_facts { facts { fact: 'tries' value { number: 2 } } }");
  ASSERT_EQ(event.consequences().messages_size(), 1);
  EXPECT_EQ(event.consequences().messages(0).kind(), "facts");
  EXPECT_EQ(event.consequences().messages(0).to(), "person");
}

TEST(DecideCloseCase, NeedsAnEndingOfTheCoordinator) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("close_case { ending: 'goals_met' note: 'x' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage.Refuse("close_case { ending: 'handed_over' note: 'x' }"),
            model::v1::ERROR_REASON_GUARD_UNMET);
  EXPECT_EQ(stage.Refuse("close_case { ending: 'declined' }"),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  stage.Do("close_case { ending: 'declined' note: 'does not want' }");
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED);
  EXPECT_EQ(stage.Refuse("close_case { ending: 'declined' note: 'x' }"),
            model::v1::ERROR_REASON_CASE_CLOSED);
}

TEST(DecideCloseCase, DeathStopsEverythingAndAMistakeRestoresIt) {
  CaseStage stage;
  stage.Open();
  stage.Do(StrCat("give_consent { ", Consent(kMother), "}"));
  stage.Do("start_step { step: 'after_loss' }");
  stage.Do("stop_clock { reason: 'in_hospital' }");
  stage.Do(
      "close_case { ending: 'died' note: 'register' document { kind: "
      "'certificate' } }");
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED_WITH_STEPS);
  EXPECT_TRUE(stage.IsLive("after_loss"));
  EXPECT_FALSE(stage.IsLive("intake"));
  EXPECT_EQ(stage.state().consents[0].state, model::v1::CONSENT_STATE_LAPSED);
  EXPECT_TRUE(stage.state().stops[0].end.has_value());
  EXPECT_TRUE(stage.state().deadlines.empty());
  stage.Do("reopen_case { note: 'another person of that name' }");
  EXPECT_TRUE(stage.IsLive("intake"));
  EXPECT_EQ(stage.Number("intake"), 1);
  EXPECT_NE(stage.Deadline("intake", "in_time"), nullptr);
  EXPECT_EQ(stage.state().consents[0].state, model::v1::CONSENT_STATE_GIVEN);
  stage.ExpectReplays();
}

TEST(DecideCloseCase, StepsOfTheHouseholdEndAfterTheCase) {
  CaseStage stage;
  stage.Open();
  stage.Do("start_step { step: 'after_loss' }");
  stage.Do("close_case { ending: 'died' note: 'register' }");
  stage.Do(StrCat("complete_step { occurrence: ", stage.Number("after_loss"),
                  " outcome: 'done' }"));
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED);
}

TEST(DecideCloseCase, AnOutcomesOwnConditionIsAskedAfterItsFacts) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("complete_step { occurrence: 1 outcome: 'mistake' }"),
            model::v1::ERROR_REASON_GUARD_UNMET);
  stage.Do(
      "complete_step { occurrence: 1 outcome: 'mistake' facts { fact: "
      "'wishes_care' value { truth: false } } }");
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_CLOSED);
}

TEST(DecideErase, EndsEveryCommandAfterIt) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("erase_case {}"),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  stage.DoAs(CaseStage::Hub(), "erase_case {}");
  EXPECT_EQ(StateOf(stage.state()), model::v1::CASE_STATE_ERASED);
  EXPECT_EQ(stage.Refuse("reopen_case { note: 'x' }"),
            model::v1::ERROR_REASON_ERASED);
}

TEST(DecideSilence, ANothingLiveCaseIsLookedAt) {
  CaseStage stage;
  stage.Open();
  stage.Do("complete_step { occurrence: 1 outcome: 'needed' }");
  stage.Do(StrCat("word_given: WORD_GIVEN_ORALLY complete_step { occurrence: ",
                  stage.Number("application"), " outcome: 'withdrawn' }"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  EXPECT_EQ(stage.state().schedules[0].scheduled_by, "nothing_live");
  stage.RunTo(stage.state().schedules[0].due);
  // Still nothing lives: it is looked at again.
  EXPECT_EQ(stage.state().schedules.size(), 1U);
}

TEST(View, ShowsWhatTheStateHolds) {
  CaseStage stage;
  stage.Open("facts { fact: 'tries' value { number: 1 } }");
  const base::Uid id{.high = 1, .low = 2};
  const model::v1::Case reply = ToModel(stage.state(), id);
  EXPECT_EQ(reply.name(), CaseName(id));
  EXPECT_EQ(reply.person(), testing::kPerson);
  EXPECT_EQ(reply.occurrences_size(), 1);
  EXPECT_EQ(reply.occurrences(0).deadlines_size(), 1);
  EXPECT_EQ(reply.facts(0).value().number(), 1);
  const model::v1::CaseRow row = ToRow(stage.state(), id);
  EXPECT_EQ(row.live_steps(0), "intake");
  EXPECT_TRUE(row.has_next_due_time());
  EXPECT_EQ(NumberOf(ConsentName(id, 7)), 7);
  EXPECT_EQ(NumberOf("cases/x"), 0);
}

}  // namespace
}  // namespace careroute::casework

// A consent ends while data is on its way to another hub, or there: the one is
// taken back, the other recalled.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/view.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCare[] = "organisations/care";
constexpr char kOurs[] = "organisations/centre/members/anna";

class RemoteConsent : public ::testing::Test {
 protected:
  RemoteConsent() {
    stage_.directory().At(kCare).hub = "east";
    stage_.Open();
    Give();
    stage_.Do("start_step { step: 'help' }");
  }

  ~RemoteConsent() override { stage_.ExpectReplays(); }

  void Give(const std::string& more = "") {
    stage_.Do(StrCat(
        "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
        "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
        "given_by: '",
        testing::kMother, "' word_given: WORD_GIVEN_IN_WRITING ", more,
        " } }"));
  }

  void Send(const char* performer = "care", bool send = true) {
    stage_.Do(StrCat("referral { make { occurrence: ", stage_.Number("help"),
                     " performer: 'organisations/", performer,
                     "' way: 'by_consent' send: ", send ? "true" : "false",
                     " } }"));
  }

  // The performer's hub answers with these moves, in one envelope.
  void Hear(const std::vector<const char*>& moves) {
    std::string entries;
    for (size_t i = 0; i < moves.size(); ++i) {
      absl::StrAppend(&entries, "entries { sequence: ", i + 1,
                      " move: REFERRAL_MOVE_", moves[i], " } ");
    }
    stage_.DoAs(
        CaseStage::Hub(),
        StrCat("mirror_performance { referral: 1 envelope: 1 ", entries, "}"));
  }

  const event::v1::CaseEvent& Withdraw(int consent = 1) {
    return stage_.Do(StrCat("withdraw_consent { consent: ", consent,
                            " withdrawn_by: '", testing::kMother, "' }"));
  }

  // What the performer's hub is told: "recall 1/2: DATA_CLASS_IDENTITY".
  static std::vector<std::string> Told(const event::v1::CaseEvent& event) {
    std::vector<std::string> told;
    for (const event::v1::Message& one : event.consequences().messages()) {
      if (one.to() != "hub/east") continue;
      std::vector<std::string> classes;
      for (const int data_class : one.classes()) {
        classes.push_back(model::v1::DataClass_Name(data_class));
      }
      told.push_back(StrCat(one.kind(), " ", one.referral(), "/",
                            one.envelope(), ": ", absl::StrJoin(classes, ",")));
    }
    return told;
  }

  model::v1::ReferralState State() {
    return StateOf(*FindReferral(stage_.state(), 1));
  }

  CaseStage stage_;
};

TEST_F(RemoteConsent, TakesBackWhatHasNotLeft) {
  Send();
  EXPECT_THAT(Told(Withdraw()), ElementsAre("referral 1/2: "));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_TRUE(stage_.WasTold(kOurs, "referral_taken_back"));
  // The work waits for another way.
  ASSERT_TRUE(stage_.IsLive("help"));
  EXPECT_EQ(stage_.Find("help")->performer, "");
  stage_.Do(StrCat("referral { make { occurrence: ", stage_.Number("help"),
                   " performer: 'organisations/care' way: 'in_hand' send: true "
                   "} }"));
}

TEST_F(RemoteConsent, RecallsWhatHasLeft) {
  Send();
  stage_.SetLeft({1});
  const event::v1::CaseEvent& event = Withdraw();
  EXPECT_THAT(Told(event), ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
  EXPECT_TRUE(stage_.WasTold(kCare, "consent_withdrawn"));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_REQUESTED);
  for (const event::v1::Message& one : event.consequences().messages()) {
    if (one.kind() == "recall") {
      EXPECT_EQ(one.consent(), 1);
    }
  }
}

TEST_F(RemoteConsent, RecallsFromWhoHasAnsweredWhateverTheOutboxSays) {
  Send();
  Hear({"RECEIVED", "ACCEPTED"});
  EXPECT_THAT(Told(Withdraw()), ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST_F(RemoteConsent, RecallsAlsoWhenTheWorkIsOver) {
  Send();
  Hear({"RECEIVED", "REJECTED"});
  EXPECT_THAT(Told(Withdraw()), ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
}

TEST_F(RemoteConsent, RecallsNothingThatAnotherConsentCovers) {
  Give("explained_in: 'ru' ");
  Send();
  stage_.SetLeft({1});
  EXPECT_THAT(Told(Withdraw(1)), IsEmpty());
  EXPECT_THAT(Told(Withdraw(2)),
              ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
}

TEST_F(RemoteConsent, LeavesDraftsAndPerformersOfThisHubAsTheyAre) {
  Send("care", /*send=*/false);
  Withdraw();
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_DRAFT);
  Give();
  stage_.Do("referral { referral: 1 cancel {} }");
  Send("other-care");
  EXPECT_THAT(Told(Withdraw(2)), IsEmpty());
  EXPECT_EQ(StateOf(*FindReferral(stage_.state(), 2)),
            model::v1::REFERRAL_STATE_RECEIVED);
}

TEST_F(RemoteConsent, RecallsWhenItsLastDayIsOver) {
  Withdraw();
  Give("to: '2026-03-03' ");
  Send();
  Hear({"RECEIVED", "ACCEPTED"});
  stage_.RunTo(stage_.Day("2026-03-05"));
  EXPECT_EQ(FindReferral(stage_.state(), 1)->envelopes, 2);
}

TEST_F(RemoteConsent, RecallsWhenItsGiverDecidesNoMore) {
  Send();
  stage_.SetLeft({1});
  for (model::v1::Decider& one : stage_.person().deciders) {
    one.clear_deciders();
    one.add_deciders(testing::kFather);
  }
  EXPECT_THAT(
      Told(stage_.DoAs(CaseStage::Hub(),
                       "receive_message { from: 'persons/1' sequence: 1 "
                       "deciders_changed: true }")),
      ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
}

TEST_F(RemoteConsent, RecallsWhenItIsWithdrawnInAnotherCase) {
  Send();
  stage_.SetLeft({1});
  EXPECT_THAT(
      Told(stage_.DoAs(CaseStage::Hub(),
                       StrCat("receive_message { from: 'cases/9' sequence: 1 "
                              "consent_withdrawn: '",
                              ConsentName({.high = 1, .low = 2}, 1), "' }"))),
      ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
}

// What a way must pass goes on while representatives disagree.
TEST_F(RemoteConsent, ADisputeRecallsNothing) {
  Send();
  EXPECT_THAT(Told(stage_.Do(
                  StrCat("object_to_consent { consent: 1 objected_by: '",
                         testing::kFather, "' document { kind: 'letter' } }"))),
              IsEmpty());
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_REQUESTED);
  stage_.SetLeft({1});
  EXPECT_THAT(Told(Withdraw()), ElementsAre("recall 1/2: DATA_CLASS_IDENTITY"));
}

// The performer must still say what was done, and the end may be undone.
TEST_F(RemoteConsent, AnEndingAsksToCancelAndRecallsNothing) {
  Send();
  Hear({"RECEIVED", "ACCEPTED"});
  EXPECT_THAT(Told(stage_.Do("close_case { ending: 'died' note: 'register' }")),
              ElementsAre("referral 1/2: "));
}

}  // namespace
}  // namespace careroute::casework

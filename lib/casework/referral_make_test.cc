// MakeReferral inside a case; the other moves are in referral_case_test.cc.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/explain_text.h"
#include "lib/casework/referral_case.h"
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
using ::testing::Not;
using testing::ReferralStage;

// Everything a referral may carry.
constexpr char kMake[] = R"pb(
  make {
    occurrence: 1
    performer: "organisations/early-help-centre"
    way: "by_consent"
    optional_classes: DATA_CLASS_SOCIAL
    texts { data_class: DATA_CLASS_SOCIAL text: "ask for Anna" }
    identity { family_name: "Kim" phones: "+7 914" gestation_weeks: 31 }
    needs { language: "ru" speak_with: "the aunt" }
  }
)pb";

std::vector<std::string> PathsOf(const model::v1::Refusal& refusal) {
  std::vector<std::string> paths;
  for (const auto& problem : refusal.problems()) {
    paths.push_back(problem.path());
  }
  return paths;
}

// --- Make -------------------------------------------------------------------

TEST(MakeReferral, WritesADraftThatSaysOnWhatGroundWhatIsDisclosed) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(kMake, stage.requester());
  ASSERT_TRUE(change.ok()) << change.refusal->DebugString();
  const event::v1::ReferralMade& made = *change.made;
  EXPECT_EQ(made.step(), "help");
  EXPECT_EQ(made.requester(), kClinic);
  EXPECT_EQ(made.service(), "early-help");
  EXPECT_EQ(made.uid().size(), 16u);
  EXPECT_THAT(
      made.disclosed().classes(),
      ElementsAre(model::v1::DATA_CLASS_IDENTITY, model::v1::DATA_CLASS_NEEDS,
                  model::v1::DATA_CLASS_SOCIAL));
  EXPECT_THAT(made.disclosed().consent(), HasSubstr("/consents/1"));
  EXPECT_TRUE(change.joins.empty()) << "nothing has been sent";
  stage.Apply(change);
  EXPECT_EQ(StateOf(stage.referral(1)), model::v1::REFERRAL_STATE_DRAFT);
}

TEST(MakeReferral, KeepsNothingSealedInTheClearAndNothingUndisclosedAtAll) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(kMake, stage.requester());
  ASSERT_TRUE(change.ok());
  const std::string clear = change.made->DebugString();
  std::string sealed;
  for (const ClassPart& part : change.parts) {
    sealed += part.part->DebugString();
  }
  for (const char* secret : {"Kim", "ask for Anna", "income"}) {
    EXPECT_THAT(clear, Not(HasSubstr(secret)));
    EXPECT_THAT(sealed, HasSubstr(secret));
  }
  // Contact and medical data do not pass by this way.
  for (const char* undisclosed : {"914", "31", "aunt", "tiny"}) {
    EXPECT_THAT(clear + sealed, Not(HasSubstr(undisclosed)));
  }
}

TEST(MakeReferral, SealsEachClassApart) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(kMake, stage.requester());
  ASSERT_TRUE(change.ok());
  std::vector<model::v1::DataClass> classes;
  for (const ClassPart& part : change.parts) {
    classes.push_back(part.data_class);
    const std::string text = part.part->DebugString();
    EXPECT_EQ(part.data_class == model::v1::DATA_CLASS_IDENTITY,
              text.find("Kim") != std::string::npos);
    EXPECT_EQ(part.data_class == model::v1::DATA_CLASS_SOCIAL,
              text.find("Anna") != std::string::npos);
  }
  EXPECT_THAT(classes, ElementsAre(model::v1::DATA_CLASS_IDENTITY,
                                   model::v1::DATA_CLASS_NEEDS,
                                   model::v1::DATA_CLASS_SOCIAL));
}

struct RefusalRow {
  const char* name;
  const char* command;
  model::v1::ErrorReason reason;
  std::vector<std::string> paths;
  void (*change)(ReferralStage&) = [](ReferralStage&) {};
};

constexpr auto kInvalid = model::v1::ERROR_REASON_INVALID_REQUEST;
constexpr auto kState = model::v1::ERROR_REASON_WRONG_STATE;
constexpr auto kGround = model::v1::ERROR_REASON_NO_GROUND;
constexpr char kPlain[] =
    "make { occurrence: 1 way: 'by_consent' "
    "performer: 'organisations/early-help-centre' }";

std::vector<RefusalRow> RequestRows() {
  return {
      {"work that is over",
       "make { occurrence: 9 way: 'by_consent' }",
       kState,
       {}},
      {"suspended work",
       kPlain,
       kState,
       {},
       [](ReferralStage& s) { s.state().occurrences[0].suspended = true; }},
      {"a step without referrals",
       "make { occurrence: 2 way: 'x' }",
       kState,
       {}},
      {"a way that is none",
       "make { occurrence: 1 way: 'x' }",
       model::v1::ERROR_REASON_NOT_DECLARED,
       {"way"}},
      {"nobody to send it to",
       "make { occurrence: 1 way: 'by_consent' }",
       kInvalid,
       {"performer"}},
      {"nobody the directory knows",
       "make { occurrence: 1 way: 'by_consent' performer: 'organisations/x' }",
       model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
       {"performer"}},
      {"an organisation that closed",
       kPlain,
       model::v1::ERROR_REASON_UNKNOWN_REFERENCE,
       {"performer"},
       [](ReferralStage& s) { s.organisations[kCentre].in_operation = false; }},
      {"an organisation the step is not for",
       "make { occurrence: 1 way: 'by_consent' "
       "performer: 'organisations/clinic' }",
       kInvalid,
       {"performer"}},
      {"an optional class that is none of the way's",
       "make { occurrence: 1 way: 'by_consent' optional_classes: "
       "DATA_CLASS_DIAGNOSIS performer: 'organisations/early-help-centre' }",
       kInvalid,
       {"optional_classes"}},
      {"a text of a class that does not pass",
       "make { occurrence: 1 way: 'by_consent' "
       "performer: 'organisations/early-help-centre' "
       "texts { data_class: DATA_CLASS_SOCIAL text: 'x' } }",
       kInvalid,
       {"texts[0].data_class"}},
      {"a text in hand",
       "make { occurrence: 1 way: 'in_hand' "
       "texts { data_class: DATA_CLASS_IDENTITY text: 'x' } }",
       kInvalid,
       {"texts[0].data_class"}},
  };
}

std::vector<RefusalRow> CaseRows() {
  return {
      {"an unmet guard",
       kPlain,
       model::v1::ERROR_REASON_GUARD_UNMET,
       {},
       [](ReferralStage& s) { s.guards_hold = false; }},
      {"no consent",
       kPlain,
       kGround,
       {},
       [](ReferralStage& s) { s.state().consents.clear(); }},
      {"a consent withdrawn",
       kPlain,
       kGround,
       {},
       [](ReferralStage& s) {
         s.state().consents[0].state = model::v1::CONSENT_STATE_WITHDRAWN;
       }},
      {"an optional class while the consent is disputed",
       kMake,
       kGround,
       {},
       [](ReferralStage& s) {
         s.state().consents[0].state = model::v1::CONSENT_STATE_DISPUTED;
       }},
      {"a second one while the first is open",
       kPlain,
       kState,
       {},
       [](ReferralStage& s) { s.MakeAndSend(); }},
  };
}

TEST(MakeReferral, Refuses) {
  std::vector<RefusalRow> rows = RequestRows();
  for (const RefusalRow& row : CaseRows()) {
    rows.push_back(row);
  }
  for (const RefusalRow& row : rows) {
    SCOPED_TRACE(row.name);
    ReferralStage stage;
    row.change(stage);
    const ReferralChange change = stage.Ask(row.command, stage.requester());
    ASSERT_FALSE(change.ok());
    EXPECT_EQ(change.refusal->reason(), row.reason)
        << change.refusal->DebugString();
    EXPECT_EQ(PathsOf(*change.refusal), row.paths);
    model::v1::Explanation because = change.refusal->because();
    FillTexts("en", because);
    EXPECT_EQ(because.text().empty(),
              row.reason == model::v1::ERROR_REASON_GUARD_UNMET)
        << "guards have their own words: " << because.message_key();
    EXPECT_EQ(change.made, nullptr);
    EXPECT_THAT(change.parts, IsEmpty());
  }
}

TEST(MakeReferral, IsTheMoveOfWhoeverAsksInThisStep) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(kMake, stage.performer());
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.refusal->reason(), model::v1::ERROR_REASON_NOT_YOUR_MOVE);
}

TEST(MakeReferral, SaysWhoCanGiveTheGroundThatIsMissing) {
  ReferralStage stage;
  stage.state().consents.clear();
  const ReferralChange change = stage.Ask(kMake, stage.requester());
  ASSERT_FALSE(change.ok());
  ASSERT_EQ(change.refusal->missing_size(), 3);
  EXPECT_EQ(change.refusal->missing(0).what(), "DATA_CLASS_IDENTITY");
  EXPECT_EQ(change.refusal->missing(0).can_be_met_by(), "family");
  EXPECT_EQ(change.refusal->because().message_key(), "disclosure");
}

TEST(MakeReferral, OwesEvidenceWhenAnEmergencyExceptionIsUsed) {
  ReferralStage stage;
  stage.guards_hold = false;
  stage.evidence_is_owed = true;
  const ReferralChange change = stage.Ask(
      "make { occurrence: 1 way: 'by_consent' emergency_for: 'conclusion' "
      "performer: 'organisations/early-help-centre' }",
      stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.made->evidence_owed(0).guard(), "conclusion");
}

TEST(MakeReferral, GoesInHandWithoutAnyGroundAndDisclosesNothing) {
  ReferralStage stage;
  stage.state().consents.clear();
  const ReferralChange change = stage.Ask(
      "make { occurrence: 1 way: 'in_hand' send: true "
      "identity { family_name: 'Kim' } needs { language: 'ru' } }",
      stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.made->delivery(), model::v1::DELIVERY_IN_HAND);
  EXPECT_TRUE(change.joins.empty());
  EXPECT_THAT(change.parts, IsEmpty());
  stage.Apply(change);
  EXPECT_EQ(QueueOf(stage.referral(1)), kClinic);
}

TEST(MakeReferral, ArrivesAtOnceWhenTheReceiverIsHere) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(
      "make { occurrence: 1 way: 'by_consent' send: true "
      "performer: 'organisations/early-help-centre' }",
      stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.joins, kCentre);
  EXPECT_TRUE(change.received.has_value());
  stage.Apply(change);
  EXPECT_EQ(StateOf(stage.referral(1)), model::v1::REFERRAL_STATE_RECEIVED);
}

TEST(MakeReferral, WaitsForTheEnvelopeWhenTheReceiverIsElsewhere) {
  ReferralStage stage;
  stage.organisations[kCentre].hub = "east";
  stage.MakeAndSend();
  EXPECT_EQ(StateOf(stage.referral(1)), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_EQ(QueueOf(stage.referral(1)), kClinic);
}

TEST(MakeReferral, EndsAStepThatOnlyTells) {
  ReferralStage stage;
  const ReferralChange change = stage.Ask(
      "make { occurrence: 3 way: 'by_consent' send: true "
      "performer: 'organisations/early-help-centre' }",
      stage.requester());
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change.effect.kind, StepEffectKind::kComplete);
  EXPECT_EQ(change.effect.outcome, "told");
  EXPECT_EQ(change.effect.performer, kCentre);
  EXPECT_THAT(change.closed, ElementsAre(1));
}

}  // namespace
}  // namespace careroute::casework

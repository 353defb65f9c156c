// Moving a case to another edition of its pathway.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::ElementsAre;

constexpr char kMove[] = "migrate_case { edition { pathway: 'test-route' } }";
constexpr char kBack[] =
    "migrate_case { edition { pathway: 'test-route' } undo: true }";

// A pathway with these steps beside its only entry, and this number.
std::string Pathway(const std::string& number, const std::string& more) {
  return StrCat(R"(
    id: "test-route" edition: ")",
                number, R"(" languages: "en"
    contact_every { n: 14 unit: TIME_UNIT_CALENDAR_DAY }
    roles { id: "provider" kind: AGENCY_KIND_SOCIAL service: "care" }
    entries { id: "report" from: AGENCY_KIND_HEALTH }
    endings { id: "goals_met" kind: ENDING_KIND_GOALS_MET by_coordinator: true }
    tracks { id: "palliative" }
  )",
                more);
}

constexpr char kFacts[] =
    "facts { id: 'level' type: FACT_TYPE_ENUM values: 'l1' values: 'l2' "
    "subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL } ";
constexpr char kIntake[] =
    "steps { id: 'intake' performer { coordinator: true } "
    "starts_on { entry: 'report' } "
    "limits { id: 'in_time' within { n: 5 unit: TIME_UNIT_WORKING_DAY } } "
    "outcomes { id: 'done' starts { step: 'care' } } } ";
constexpr char kQuickIntake[] =
    "steps { id: 'intake' performer { coordinator: true } "
    "starts_on { entry: 'report' } "
    "limits { id: 'in_time' within { n: 1 unit: TIME_UNIT_WORKING_DAY } } "
    "outcomes { id: 'done' starts { step: 'help' } } } ";
constexpr char kCare[] =
    "steps { id: 'care' performer { coordinator: true } "
    "outcomes { id: 'over' ending: 'goals_met' } } ";
constexpr char kHelp[] =
    "steps { id: 'help' performer { coordinator: true } "
    "outcomes { id: 'over' ending: 'goals_met' } } ";

std::string OldPathway() {
  return Pathway("1", StrCat(kFacts, kIntake, kCare));
}

model::v1::Actor Administrator() {
  model::v1::Actor actor = CaseStage::Actor("centre", "admin");
  actor.set_role(model::v1::ACTOR_ROLE_ADMINISTRATOR);
  return actor;
}

std::vector<std::string> Missing(const CaseStage& stage) {
  std::vector<std::string> what;
  for (const model::v1::Missing& one : stage.refusal().missing()) {
    what.push_back(one.what());
  }
  return what;
}

TEST(DecideMigrate, PinsTheNewEditionAndFollowsItsRules) {
  CaseStage stage(OldPathway());
  stage.Open();
  stage.SetOtherEdition(Pathway("2", StrCat(kFacts, kQuickIntake, kHelp)));
  const auto due = stage.Deadline("intake", "in_time")->due;
  stage.DoAs(Administrator(), kMove);
  EXPECT_EQ(stage.state().edition.hash, stage.edition().hash());
  // What was promised stands.
  EXPECT_EQ(stage.Deadline("intake", "in_time")->due, due);
  stage.Do("complete_step { occurrence: 1 outcome: 'done' }");
  EXPECT_TRUE(stage.IsLive("help"));
  stage.ExpectReplays();
}

TEST(DecideMigrate, IsTakenBackToWhereTheCaseCameFrom) {
  CaseStage stage(OldPathway());
  stage.Open();
  const std::string hash = stage.state().edition.hash;
  stage.SetOtherEdition(Pathway("2", StrCat(kFacts, kQuickIntake, kHelp)));
  EXPECT_EQ(stage.RefuseAs(Administrator(), kBack),
            model::v1::ERROR_REASON_WRONG_STATE);
  stage.DoAs(Administrator(), kMove);
  stage.DoAs(Administrator(), kBack);
  EXPECT_EQ(stage.state().edition.hash, hash);
  EXPECT_FALSE(stage.state().migrated_from.has_value());
  stage.ExpectReplays();
}

// Since the move a step began that the former edition does not have.
TEST(DecideMigrate, IsNotTakenBackOnceTheCaseHasGrownAway) {
  CaseStage stage(OldPathway());
  stage.Open();
  stage.SetOtherEdition(Pathway("2", StrCat(kFacts, kQuickIntake, kHelp)));
  stage.DoAs(Administrator(), kMove);
  stage.Do("complete_step { occurrence: 1 outcome: 'done' }");
  EXPECT_EQ(stage.RefuseAs(Administrator(), kBack),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_THAT(Missing(stage), ElementsAre("step/help"));
}

TEST(DecideMigrate, NamesEverythingTheEditionLacks) {
  CaseStage stage(OldPathway());
  stage.Open();
  stage.Do("record_facts { facts { fact: 'level' value { choice: 'l2' } } }");
  stage.Do("set_track { track: 'palliative' }");
  stage.Do("complete_step { occurrence: 1 outcome: 'done' }");
  std::string lacking = Pathway(
      "2",
      StrCat("facts { id: 'level' type: FACT_TYPE_ENUM values: 'l1' "
             "subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL } ",
             kQuickIntake, kHelp));
  lacking.erase(lacking.find("tracks"),
                sizeof("tracks { id: \"palliative\" }"));
  stage.SetOtherEdition(lacking);
  EXPECT_EQ(stage.RefuseAs(Administrator(), kMove),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage.refusal().message_key(), "does_not_fit");
  EXPECT_THAT(Missing(stage),
              ElementsAre("step/care", "fact/level", "track/palliative"));
  for (const model::v1::Missing& one : stage.refusal().missing()) {
    EXPECT_NE(one.mend(), "") << one.what();
  }
}

TEST(DecideMigrate, IsForAdministratorsAndForAnotherEditionOfThePathway) {
  CaseStage stage(OldPathway());
  stage.Open();
  stage.SetOtherEdition(Pathway("2", StrCat(kFacts, kIntake, kCare)));
  EXPECT_EQ(stage.Refuse(kMove), model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  stage.SetOtherEdition(OldPathway());
  EXPECT_EQ(stage.RefuseAs(Administrator(), kMove),
            model::v1::ERROR_REASON_WRONG_STATE);
  std::string other = OldPathway();
  other.replace(other.find("test-route"), sizeof("test-route") - 1, "other");
  stage.SetOtherEdition(other);
  EXPECT_EQ(stage.RefuseAs(Administrator(), kMove),
            model::v1::ERROR_REASON_INVALID_REQUEST);
}

}  // namespace
}  // namespace careroute::casework

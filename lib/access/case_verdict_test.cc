#include "lib/access/case_verdict.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/access/explain_text.h"

namespace careroute::access {
namespace {

constexpr auto kRoute = model::v1::DATA_CLASS_ROUTE;
constexpr auto kIdentity = model::v1::DATA_CLASS_IDENTITY;
constexpr auto kContact = model::v1::DATA_CLASS_CONTACT;
constexpr auto kNeeds = model::v1::DATA_CLASS_NEEDS;
constexpr auto kSocial = model::v1::DATA_CLASS_SOCIAL;
constexpr auto kEducation = model::v1::DATA_CLASS_EDUCATION;
constexpr auto kMedical = model::v1::DATA_CLASS_MEDICAL;

constexpr DataClassSet kAsCoordinator = {kRoute, kIdentity, kContact,
                                         kNeeds, kSocial,   kEducation};

struct Row {
  const char* name;
  CaseQuestion question;
  bool visible;
  DataClassSet classes;
};

CaseQuestion Performer(CasePart part) {
  return {
      .role = model::v1::ACTOR_ROLE_PERFORMER, .purpose = "care", .part = part};
}

CaseQuestion As(model::v1::ActorRole role, absl::string_view purpose) {
  return {.role = role,
          .purpose = purpose,
          .part = {.takes_part = true, .identified = true}};
}

std::vector<Row> Rows() {
  return {
      {"who takes no part finds no case", Performer({}), false, {}},
      {"not even what was once disclosed",
       Performer({.disclosed = {kIdentity}}),
       false,
       {}},
      {"who takes part sees the route",
       Performer({.takes_part = true}),
       true,
       {kRoute}},
      {"who was asked sees what was disclosed",
       Performer({.takes_part = true, .disclosed = {kIdentity, kNeeds}}),
       true,
       {kRoute, kIdentity, kNeeds}},
      {"who coordinates sees no medical data",
       Performer({.takes_part = true, .coordinates = true}), true,
       kAsCoordinator},
      {"unless it was disclosed to it",
       Performer(
           {.takes_part = true, .coordinates = true, .disclosed = {kMedical}}),
       true, kAsCoordinator.Or({kMedical})},
      {"who identified the person sees its own record",
       Performer({.takes_part = true, .identified = true}), true,
       DataClassSet::All()},
      {"a registrar", As(model::v1::ACTOR_ROLE_REGISTRAR, "care"), true,
       DataClassSet::All()},
      {"a coordinator", As(model::v1::ACTOR_ROLE_COORDINATOR, "coordination"),
       true, DataClassSet::All()},
      {"an auditor reads no case",
       As(model::v1::ACTOR_ROLE_AUDITOR, "audit"),
       false,
       {}},
      {"nor does an administrator",
       As(model::v1::ACTOR_ROLE_ADMINISTRATOR, "care"),
       false,
       {}},
      {"nor a role of a newer release",
       As(static_cast<model::v1::ActorRole>(77), "care"),
       false,
       {}},
      {"a purpose that opens nothing",
       As(model::v1::ACTOR_ROLE_COORDINATOR, "audit"),
       false,
       {}},
      {"no purpose", As(model::v1::ACTOR_ROLE_COORDINATOR, ""), false, {}},
      {"the hub itself",
       {.role = model::v1::ACTOR_ROLE_HUB},
       true,
       DataClassSet::All()},
  };
}

std::vector<Row> EmergencyRows() {
  return {
      {"who opened it in an emergency sees everything",
       Performer({.emergency = true}), true, DataClassSet::All()},
      {"also where its organisation takes part",
       Performer({.takes_part = true, .emergency = true}), true,
       DataClassSet::All()},
      {"an emergency makes no reader of an administrator",
       {.role = model::v1::ACTOR_ROLE_ADMINISTRATOR,
        .purpose = "care",
        .part = {.emergency = true}},
       false,
       {}},
      {"nor a purpose of what opens nothing",
       {.role = model::v1::ACTOR_ROLE_PERFORMER,
        .purpose = "statistics",
        .part = {.emergency = true}},
       false,
       {}},
  };
}

void ExpectRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const CaseVerdict verdict = JudgeCase(row.question);
    EXPECT_EQ(verdict.visible, row.visible) << row.name;
    EXPECT_EQ(verdict.classes, row.classes) << row.name;
  }
}

TEST(JudgeCase, HoldsToItsTable) { ExpectRows(Rows()); }

TEST(JudgeCase, OpensInAnEmergencyToWhoReadsCases) {
  ExpectRows(EmergencyRows());
}

TEST(JudgeCase, TakesAPurposeThePathwayDeclares) {
  const std::vector<std::string> declared = {"early_help"};
  CaseQuestion question = As(model::v1::ACTOR_ROLE_COORDINATOR, "early_help");
  EXPECT_FALSE(JudgeCase(question).visible);
  question.declared_purposes = declared;
  EXPECT_TRUE(JudgeCase(question).visible);
}

// The tree says of each class what the verdict does.
TEST(ExplainCase, AnswersAsJudgeDoes) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.name);
    const model::v1::Explanation because = ExplainCase(row.question);
    EXPECT_EQ(because.answer() == model::v1::EXPLANATION_ANSWER_YES,
              row.visible);
    ASSERT_FALSE(because.because().empty());
    for (const model::v1::Explanation& reason : because.because()) {
      EXPECT_FALSE(reason.message_key().empty());
      if (reason.arguments().empty()) {
        continue;  // about the case, not about a class
      }
      model::v1::DataClass one;
      ASSERT_TRUE(model::v1::DataClass_Parse(reason.arguments(0), &one));
      EXPECT_EQ(reason.answer() == model::v1::EXPLANATION_ANSWER_YES,
                row.classes.Contains(one));
    }
  }
}

// Every node has a sentence in both languages, with its arguments filled in.
void ExpectWords(const model::v1::Explanation& node) {
  EXPECT_FALSE(node.text().empty()) << node.message_key();
  EXPECT_EQ(node.text().find('$'), std::string::npos) << node.text();
  EXPECT_EQ(node.text().find("DATA_CLASS"), std::string::npos) << node.text();
  for (const model::v1::Explanation& child : node.because()) {
    ExpectWords(child);
  }
}

TEST(ExplainCase, CanBeReadInBothLanguages) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.name);
    model::v1::Explanation russian = ExplainCase(row.question);
    model::v1::Explanation english = russian;
    FillTexts("ru", russian);
    FillTexts("en", english);
    ExpectWords(russian);
    ExpectWords(english);
    EXPECT_NE(russian.text(), english.text());
  }
}

TEST(MayHaveFamilySheet, KeepsTheRouteFromWhomItWouldLeadToThePerson) {
  model::v1::Representative mother;
  EXPECT_TRUE(MayHaveFamilySheet(mother));
  model::v1::Representative hidden;
  hidden.set_address_hidden_from(true);
  EXPECT_FALSE(MayHaveFamilySheet(hidden));
  for (const auto restriction :
       {model::v1::REPRESENTATIVE_RESTRICTION_RESTRICTED,
        model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED,
        model::v1::REPRESENTATIVE_RESTRICTION_INCAPABLE}) {
    model::v1::Representative restricted;
    restricted.set_restriction(restriction);
    EXPECT_FALSE(MayHaveFamilySheet(restricted));
  }
}

}  // namespace
}  // namespace careroute::access

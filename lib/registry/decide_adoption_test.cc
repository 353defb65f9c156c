// The history of a child who was adopted ends, and takes nothing more.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/registry/plain_parts.h"
#include "lib/registry/test_record.h"

namespace careroute::registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kAdoption[] =
    "record_adoption { from: '2025-06-10' "
    "document { kind: 'court-decision' number: '2-77/2025' } }";

// A child of two years with a mother, a guardian of the past and a sibling.
class AdoptedRecord : public testing::Test {
 protected:
  AdoptedRecord() {
    record_.Apply(
        "register { identity { family_name: 'Ясень' given_name: 'Анна' "
        "birth_date: '2023-06-14' snils: '00000000101' } "
        "representatives { person: 'persons/2' from: '2023-06-14' "
        "basis: REPRESENTATIVE_BASIS_PARENT "
        "document { kind: 'birth-certificate' number: '1' } } "
        "representatives { organisation: 'organisations/home' "
        "basis: REPRESENTATIVE_BASIS_INSTITUTION "
        "from: '2024-01-01' to: '2024-02-01' "
        "document { kind: 'order' number: '2' } } "
        "relations { person: 'persons/3' link: FAMILY_LINK_SIBLING } }");
  }

  TestRecord record_;
};

TEST_F(AdoptedRecord, EndsWhoDecidedAndWhoBelongedToIt) {
  const PersonDecision decision = record_.Apply(kAdoption);
  EXPECT_EQ(record_->state, model::v1::PERSON_STATE_ADOPTED);
  EXPECT_TRUE(IsOver(*record_));
  ASSERT_EQ(record_->representatives.size(), 2u);
  EXPECT_EQ(record_->representatives[0].to, absl::CivilDay(2025, 6, 9));
  EXPECT_EQ(record_->representatives[1].to, absl::CivilDay(2024, 2, 1))
      << "who ended before ended then";
  EXPECT_THAT(record_->relations, IsEmpty());
  EXPECT_TRUE(decision.changes_deciders);
  EXPECT_FALSE(decision.destroys_key) << "who took part reads their own past";
}

TEST_F(AdoptedRecord, IsFoundByNothingAndHoldsNoIdentifier) {
  const PersonDecision decision = record_.Apply(kAdoption);
  ASSERT_TRUE(decision.terms.has_value());
  EXPECT_THAT(*decision.terms, IsEmpty());
  EXPECT_THAT(decision.unique_terms, IsEmpty());
}

TEST_F(AdoptedRecord, SealsTheDecisionOfTheCourt) {
  const PersonDecision decision = record_.Apply(kAdoption);
  EXPECT_EQ(decision.event.DebugString().find("2-77"), std::string::npos);
  event::v1::PlainPart whole;
  for (const PlainClassPart& part : decision.parts) JoinPart(part.part, whole);
  EXPECT_EQ(whole.documents(0).document().number(), "2-77/2025");
}

TEST_F(AdoptedRecord, NeedsADayThatHasComeAndTheDecision) {
  EXPECT_THAT(record_.ProblemsOf("record_adoption { from: '2025-06-16' "
                                 "document { kind: 'court-decision' } }"),
              ElementsAre("from DATE_FORM", "document NO_DOCUMENT"));
}

TEST_F(AdoptedRecord, TakesNothingMoreButItsErasure) {
  record_.Apply(kAdoption);
  for (const std::string& text : std::vector<std::string>{
           "update_identity { identity { given_name: 'Вера' } }",
           "add_representative { representative { person: 'persons/2' } }",
           "set_carers {}", "add_relation { relation { person: 'persons/3' } }",
           "take_over { merged: 'persons/9' }",
           "merge_into { kept: 'persons/9' }", kAdoption}) {
    const PersonDecision decision = record_.Decide(text);
    ASSERT_TRUE(decision.refusal.has_value()) << text;
    EXPECT_EQ(decision.refusal->message_key(), "person.adopted") << text;
  }
  record_.Apply("erase { reason: 'по просьбе' }");
  EXPECT_EQ(record_->state, model::v1::PERSON_STATE_ERASED);
}

TEST_F(AdoptedRecord, StandsAloneAgainWhenItWasMerged) {
  record_.Apply(
      "merge_into { kept: 'persons/9' reason: MERGE_REASON_CIVIL_REGISTRY }");
  record_.Apply(kAdoption);
  EXPECT_EQ(record_->state, model::v1::PERSON_STATE_ADOPTED);
  EXPECT_EQ(record_->merged_into, "");
}

}  // namespace
}  // namespace careroute::registry

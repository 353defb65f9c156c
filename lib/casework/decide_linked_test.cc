// Linked cases: whom an outcome asks one for, and what passes into it.

#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using testing::CaseStage;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr char kTwins[] = "complete_step { occurrence: 1 outcome: 'twins' }";

TEST(DecideOpensCase, AsksOnceForEachChild) {
  CaseStage stage;
  stage.Open("facts { fact: 'wishes_care' value { truth: true } }");
  stage.Do("add_subject { kind: SUBJECT_KIND_CHILD_BORN }");
  stage.Do("add_subject { kind: SUBJECT_KIND_CHILD_BORN }");
  const auto& event = stage.Do(kTwins);
  int asked = 0;
  for (const auto& message : event.consequences().messages()) {
    if (message.kind() == "open_case") {
      ++asked;
      EXPECT_EQ(message.subject().number(), asked);
      EXPECT_EQ(message.facts_size(), 1);
      EXPECT_EQ(message.to(), "pathway/test-route");
    }
  }
  EXPECT_EQ(asked, 2);
}

// Two findings: the first is of the second child, of the other nobody said.
TEST(DecideOpensCase, PassesNoFindingOfAnotherChild) {
  CaseStage stage;
  stage.Open(
      "facts { fact: 'urgency' subject { kind: SUBJECT_KIND_FINDING number: 1 "
      "} value { choice: 'urgent' } } facts { fact: 'of_child' subject { kind: "
      "SUBJECT_KIND_FINDING number: 1 } value { number: 2 } } facts { fact: "
      "'urgency' subject { kind: SUBJECT_KIND_FINDING number: 2 } value { "
      "choice: 'planned' } }");
  stage.Do("add_subject { kind: SUBJECT_KIND_CHILD_BORN }");
  stage.Do("add_subject { kind: SUBJECT_KIND_CHILD_BORN }");
  const auto& event = stage.Do(kTwins);
  std::map<int, std::vector<std::string>> copied;
  for (const auto& message : event.consequences().messages()) {
    for (const auto& fact : message.facts()) {
      copied[message.subject().number()].push_back(fact.value().choice());
    }
  }
  EXPECT_THAT(copied[1], ElementsAre("planned"));
  EXPECT_THAT(copied[2], UnorderedElementsAre("urgent", "planned"));
}

}  // namespace
}  // namespace careroute::casework

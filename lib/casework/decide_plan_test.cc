// Plans: the lines an outcome or a referral brings, one occurrence a line, and
// rules over the lists.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::UnorderedElementsAre;

// A centre that is asked by a referral states a programme; each of its lines is
// then somebody's work.
constexpr char kPathway[] = R"(
  id: "test-route" edition: "1" languages: "en"
  facts { id: "level" type: FACT_TYPE_ENUM values: "l1" values: "l2"
          subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL }
  facts { id: "alone" type: FACT_TYPE_BOOL
          subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL }
  facts { id: "line_service" type: FACT_TYPE_ENUM values: "speech"
          values: "movement" subject: SUBJECT_KIND_PLAN_LINE
          data_class: DATA_CLASS_SOCIAL }
  roles { id: "provider" kind: AGENCY_KIND_SOCIAL service: "care" }
  entries { id: "report" from: AGENCY_KIND_HEALTH }
  endings { id: "declined" kind: ENDING_KIND_DECLINED by_coordinator: true }
  cap_tables { id: "caps" fact: "level"
               rows { is: "l1" at_most: 50 } rows { is: "l2" at_most: 200 } }
  cap_tables { id: "days" fact: "level"
               rows { is: "l1" parameter: "days_l1" }
               rows { is: "l2" at_most: 7 } }
  parameters { id: "days_l1" type: PARAMETER_TYPE_INTEGER }
  bindings { parameter: "days_l1" value { integer: 5 } }
  lists { id: "services" items: "speech" items: "movement" }
  steps {
    id: "programme"
    performer { role: "provider" chosen_by_person: true }
    starts_on { entry: "report" }
    may_be_started_by_hand: true
    referral { kind: REFERRAL_KIND_REFERRAL }
    disclosure { id: "in_hand" in_hand: true gives_person: "slip" }
    disclosure {
      id: "by_law" classes: DATA_CLASS_IDENTITY
      law { act: "an act" provenance: PROVENANCE_DEMO }
    }
    invariants { id: "whole" partition {
      of_list: "services" parts: "given" parts: "by_family"
      empty_part: "by_family" empty_while_fact: "alone" } }
    invariants { id: "capped" sum { of: "minutes" cap_table: "caps" } }
    invariants { id: "days" sum { of: "days" cap_table: "days"
                                  largest: true } }
    outcomes { id: "agreed" needs_facts: "line_service"
               starts { step: "delivery" } }
    outcomes { id: "looked_at" continues: true }
    outcomes { id: "stated" needs_plan: true continues: true }
  }
  steps {
    id: "delivery"
    performer { role: "provider" chosen_by_person: true }
    occurrence_per: OCCURRENCE_PER_PLAN_LINE
    visits { planned_by: "programme" planned_part: "given" }
    outcomes { id: "done" nothing_follows: true }
  }
)";

std::string Lines(int speech, int movement) {
  return StrCat(
      "plan { item: 'speech' part: 'given' quantities { of: 'minutes' amount: ",
      speech,
      " } } plan { item: 'movement' part: 'by_family' quantities { of: "
      "'minutes' amount: ",
      movement, " } } ");
}

std::string Days(int speech, int movement) {
  return StrCat(
      "plan { item: 'speech' part: 'given' quantities { of: 'days' amount: ",
      speech,
      " } } plan { item: 'movement' part: 'given' quantities { of: 'days' "
      "amount: ",
      movement, " } } ");
}

constexpr char kTwoLines[] =
    "facts { fact: 'line_service' subject { kind: SUBJECT_KIND_PLAN_LINE "
    "number: 1 } value { choice: 'speech' } } facts { fact: 'line_service' "
    "subject { kind: SUBJECT_KIND_PLAN_LINE number: 2 } value { choice: "
    "'movement' } } ";

constexpr char kFacts[] =
    "facts { fact: 'level' value { choice: 'l1' } } facts { fact: 'alone' "
    "value { truth: false } }";

// A referral of the step to "care" that is being worked on.
void BringToWork(CaseStage& stage) {
  stage.Open(kFacts);
  stage.Do(
      "referral { make { occurrence: 1 performer: 'organisations/care' way: "
      "'by_law' send: true } }");
  const auto care = CaseStage::Actor("care", "m1");
  stage.DoAs(care, "referral { referral: 1 accept { can_meet_needs: true } }");
  stage.DoAs(care, "referral { referral: 1 begin {} }");
}

std::string CompleteByReferral(const std::string& more) {
  return StrCat("referral { referral: 1 complete { outcome: 'agreed' ", more,
                "} }");
}

std::vector<int32_t> LiveLines(const CaseStage& stage) {
  std::vector<int32_t> lines;
  for (const Occurrence& one : stage.state().occurrences) {
    if (one.step == "delivery") lines.push_back(one.subject.number);
  }
  return lines;
}

TEST(DecidePlanByReferral, StatesThePlanAndStartsOneOccurrenceALine) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  stage.DoAs(CaseStage::Actor("care", "m1"),
             CompleteByReferral(StrCat(kTwoLines, Lines(40, 10))));
  ASSERT_EQ(stage.state().plans.size(), 1U);
  EXPECT_EQ(stage.state().plans[0].step, "programme");
  EXPECT_EQ(stage.state().plans[0].lines[0].item, "speech");
  EXPECT_THAT(LiveLines(stage), UnorderedElementsAre(1, 2));
  stage.ExpectReplays();
}

TEST(DecidePlanByReferral, IsHeldToTheRulesOverItsLists) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  EXPECT_EQ(
      stage.RefuseAs(CaseStage::Actor("care", "m1"),
                     CompleteByReferral(StrCat(kTwoLines, Lines(40, 11)))),
      model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "invariant/programme/capped");
}

TEST(DecidePlanByReferral, MayBeReportedByTheFamilyThatCarriedIt) {
  CaseStage stage(kPathway);
  stage.Open(kFacts);
  stage.Do(
      "referral { make { occurrence: 1 performer: 'organisations/care' way: "
      "'in_hand' send: true } }");
  stage.Do(
      StrCat("referral { referral: 1 report_in_hand { state: "
             "REFERRAL_STATE_COMPLETED outcome: 'agreed' reported_by: "
             "REPORTED_BY_FAMILY ",
             kTwoLines, Lines(20, 10), "} }"));
  EXPECT_EQ(stage.state().plans.size(), 1U);
  EXPECT_THAT(LiveLines(stage), UnorderedElementsAre(1, 2));
}

TEST(DecidePlanLines, AreNumberedOnFromThoseTheCaseHas) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("care", "m1"),
                           CompleteByReferral(
                               "facts { fact: 'line_service' subject { kind: "
                               "SUBJECT_KIND_PLAN_LINE number: 9 } value { "
                               "choice: 'speech' } }")),
            model::v1::ERROR_REASON_INVALID_REQUEST);
}

// Two services may come on the same day: their days are not added up.
TEST(DecidePlan, CapsTheLargestLineByWhatTheRegionBound) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("care", "m1"),
                           CompleteByReferral(StrCat(kTwoLines, Days(5, 6)))),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "invariant/programme/days");
  stage.DoAs(CaseStage::Actor("care", "m1"),
             CompleteByReferral(StrCat(kTwoLines, Days(5, 5))));
  EXPECT_EQ(stage.state().plans.size(), 1U);
}

TEST(DecidePlan, IsRefusedWithAllThatIsWrongAtOnce) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  EXPECT_EQ(
      stage.RefuseAs(
          CaseStage::Actor("care", "m1"),
          CompleteByReferral(StrCat(
              kTwoLines,
              "plan { item: 'speech' part: 'given' quantities { of: 'minutes' "
              "amount: 70 } quantities { of: 'days' amount: 6 } }"))),
      model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  std::vector<std::string> missing;
  for (const auto& one : stage.refusal().missing()) {
    missing.push_back(one.what());
  }
  EXPECT_THAT(missing, UnorderedElementsAre("invariant/programme/whole",
                                            "invariant/programme/capped",
                                            "invariant/programme/days"));
  ASSERT_EQ(stage.refusal().problems_size(), 3);
  EXPECT_EQ(stage.refusal().problems(0).message(),
            "stand in no part: movement");
  EXPECT_EQ(stage.refusal().problems(1).mend(), "lower the sum by 20");
}

// "Not known" is not "no": somebody who may live alone has no family to help.
TEST(DecidePlan, LeavesNothingToAFamilyNobodyKnowsOf) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  stage.Do("record_facts { facts { fact: 'alone' value { } } }");
  EXPECT_EQ(
      stage.RefuseAs(CaseStage::Actor("care", "m1"),
                     CompleteByReferral(StrCat(kTwoLines, Lines(10, 10)))),
      model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().problems(0).reason(),
            "PLAN_FAULT_PART_NOT_DECIDED");
}

TEST(DecidePlan, IsRefusedAsARequestWhereLinesCannotBeCounted) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  EXPECT_EQ(
      stage.RefuseAs(
          CaseStage::Actor("care", "m1"),
          CompleteByReferral(StrCat(
              kTwoLines,
              "plan { item: 'speech' part: 'given' quantities { of: 'hours' "
              "amount: 1 } quantities { of: 'minutes' amount: -1 } } plan { "
              "item: 'movement' part: 'given' }"))),
      model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage.refusal().problems(0).path(), "plan[0].quantities[0]");
  EXPECT_EQ(stage.refusal().problems(1).path(), "plan[0].quantities[1]");
}

TEST(DecidePlan, MustComeWithAnOutcomeThatNeedsIt) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  const auto care = CaseStage::Actor("care", "m1");
  EXPECT_EQ(stage.RefuseAs(care,
                           "complete_step { occurrence: 1 outcome: "
                           "'stated' }"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "plan");
  stage.DoAs(care, StrCat("complete_step { occurrence: 1 outcome: 'stated' ",
                          Lines(40, 10), "}"));
  EXPECT_EQ(stage.state().plans.size(), 1U);
}

TEST(DecidePlan, IsVisitedForOnlyInThePartThatIsGiven) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  const auto care = CaseStage::Actor("care", "m1");
  stage.DoAs(care, CompleteByReferral(StrCat(kTwoLines, Lines(40, 10))));
  const auto visit = [&stage](absl::string_view service) {
    return StrCat("plan_visits { occurrence: ", stage.Number("delivery"),
                  " visits { planned_on: '2031-01-01' service: '", service,
                  "' } }");
  };
  EXPECT_EQ(stage.RefuseAs(care, visit("movement")),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  stage.DoAs(care, visit("speech"));
}

TEST(DecidePlan, IsAskedAgainByAnOutcomeThatStatesNone) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  stage.DoAs(CaseStage::Actor("care", "m1"),
             CompleteByReferral(StrCat(kTwoLines, Lines(50, 0))));
  stage.Do("start_step { step: 'programme' }");
  const std::string look =
      StrCat("complete_step { occurrence: ", stage.Number("programme"),
             " outcome: 'looked_at' }");
  const auto care = CaseStage::Actor("care", "m1");
  stage.DoAs(care, look);
  stage.Do("record_facts { facts { fact: 'alone' value { truth: true } } }");
  EXPECT_EQ(stage.RefuseAs(care, look),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "invariant/programme/whole");
}

TEST(DecidePlan, TellsTheCoordinatorOfAFactThatBreaksIt) {
  CaseStage stage(kPathway);
  BringToWork(stage);
  stage.DoAs(CaseStage::Actor("care", "m1"),
             CompleteByReferral(StrCat(kTwoLines, Lines(50, 0))));
  const char kAnna[] = "organisations/centre/members/anna";
  stage.Do("record_facts { facts { fact: 'level' value { choice: 'l2' } } }");
  EXPECT_FALSE(stage.WasTold(kAnna, "plan_invariant"));
  stage.Do("record_facts { facts { fact: 'alone' value { truth: true } } }");
  EXPECT_TRUE(stage.WasTold(kAnna, "plan_invariant"));
}

}  // namespace
}  // namespace careroute::casework

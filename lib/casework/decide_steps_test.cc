// Steps: outcomes and what they bring about, guards, duties, tries.

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;

std::string Complete(int32_t occurrence, const std::string& outcome,
                     const std::string& more = "") {
  return StrCat("complete_step { occurrence: ", occurrence, " outcome: '",
                outcome, "' ", more, "}");
}

// Assessors scored, the family applied; the decision is the office's.
void BringToDecision(CaseStage& stage) {
  stage.Open();
  stage.Do(Complete(1, "needed"));
  stage.Do(StrCat("word_given: WORD_GIVEN_IN_WRITING ",
                  Complete(stage.Number("application"), "registered",
                           "facts { fact: 'application_registered' value { "
                           "date: '2026-03-02' } }")));
}

void Assess(CaseStage& stage, const char* member) {
  stage.DoAs(CaseStage::Actor("assessors", member),
             Complete(stage.Number("assessment"), "scored",
                      "facts { fact: 'level' value { choice: 'l1' } } "
                      "documents { kind: 'form' number: '12' }"));
}

TEST(DecideCompleteStep, StartsWhatTheOutcomeNames) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "needed"));
  EXPECT_TRUE(stage.HasEnded("intake", "needed"));
  EXPECT_FALSE(stage.IsLive("intake"));
  EXPECT_TRUE(stage.IsLive("assessment"));
  EXPECT_EQ(stage.Find("application")->started_by, "outcome:intake/needed");
  // Two sides say that travel starts, both only when it is far.
  EXPECT_FALSE(stage.IsLive("travel"));
}

TEST(DecideCompleteStep, AStartThatIsNotKnownWaits) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "needed"));
  EXPECT_FALSE(stage.IsLive("travel"));
  stage.Do("record_facts { facts { fact: 'far_away' value { truth: true } } }");
  EXPECT_TRUE(stage.IsLive("travel"));
}

TEST(DecideCompleteStep, AStartThatWasNoDoesNotComeBack) {
  CaseStage stage;
  stage.Open();
  stage.Do(
      "record_facts { facts { fact: 'far_away' value { truth: false } } }");
  stage.Do(Complete(1, "needed"));
  stage.Do("record_facts { facts { fact: 'far_away' value { truth: true } } }");
  EXPECT_FALSE(stage.IsLive("travel"));
}

TEST(DecideCompleteStep, NamesEverythingTheOutcomeLacks) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse(Complete(1, "not_now")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing_size(), 2);
  EXPECT_EQ(stage.Refuse(Complete(1, "nothing")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_GT(stage.refusal().open_to_actor_size(), 0);
  EXPECT_EQ(stage.Refuse(Complete(9, "needed")),
            model::v1::ERROR_REASON_NOT_FOUND);
}

TEST(DecideCompleteStep, ARecheckDateStartsTheStepOnThatDay) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "not_now", "note: 'later' recheck_date: '2026-05-04'"));
  EXPECT_FALSE(stage.IsLive("intake"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  stage.RunTo(stage.Day("2026-05-04"));
  EXPECT_TRUE(stage.IsLive("intake"));
}

TEST(DecideCompleteStep, ANoteOnTheWayKeepsTheStep) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "remark"));
  EXPECT_TRUE(stage.IsLive("intake"));
  EXPECT_TRUE(stage.HasEnded("intake", "remark"));
}

TEST(DecideCompleteStep, NeedsAReasonOnceADeadlineIsOver) {
  CaseStage stage;
  stage.Open();
  // Two working days after Monday: until the end of Wednesday.
  EXPECT_EQ(*stage.Deadline("intake", "in_time")->due, stage.Day("2026-03-05"));
  stage.RunTo(stage.Day("2026-03-05"));
  EXPECT_EQ(stage.Deadline("intake", "in_time")->level, 0);
  EXPECT_EQ(stage.Refuse(Complete(1, "needed")),
            model::v1::ERROR_REASON_LATE_REASON_NEEDED);
  const auto& event = stage.Do(Complete(1, "needed", "late_reason: 'ill'"));
  EXPECT_TRUE(event.step_completed().late());
}

TEST(DecideCompleteStep, WorkDoneInTimeAndRecordedLateIsNotLate) {
  CaseStage stage;
  stage.Open();
  const int64_t in_time = absl::ToUnixSeconds(stage.now() + absl::Hours(5));
  stage.RunTo(stage.Day("2026-03-06"));
  const auto& event = stage.Do(StrCat("happened_time { seconds: ", in_time,
                                      " } ", Complete(1, "needed")));
  EXPECT_FALSE(event.step_completed().late());
  EXPECT_TRUE(event.header().recorded_late());
}

TEST(DecideCompleteStep, IsThePerformersMove) {
  CaseStage stage;
  BringToDecision(stage);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("clinic", "m1"),
                           Complete(stage.Number("assessment"), "could_not")),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
  EXPECT_EQ(stage.refusal().missing(0).can_be_met_by(), "assessor");
}

TEST(DecideCompleteStep, AMoveOfTheFamilySaysHowItsWordWasGiven) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "needed"));
  EXPECT_EQ(stage.Refuse(Complete(stage.Number("application"), "withdrawn")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage.Do(StrCat("word_given: WORD_GIVEN_BY_TELEPHONE ",
                  Complete(stage.Number("application"), "withdrawn")));
  // The other step ends with the outcome this one names.
  EXPECT_TRUE(stage.HasEnded("assessment", "stopped"));
}

TEST(DecideGuards, NameWhatIsUnmetAndWhoCanMeetIt) {
  CaseStage stage;
  BringToDecision(stage);
  const int32_t decision = stage.Number("decision");
  ASSERT_NE(decision, 0);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("office", "m1"),
                           Complete(decision, "in_need")),
            model::v1::ERROR_REASON_GUARD_UNMET);
  EXPECT_EQ(stage.refusal().missing(0).what(), "guard/decision/assessed");
  EXPECT_EQ(stage.refusal().missing(0).can_be_met_by(), "assessor");
  EXPECT_GT(stage.refusal().because().because_size(), 0);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"), Complete(decision, "in_need"));
  EXPECT_TRUE(stage.IsLive("care"));
}

TEST(DecideGuards, AnEmergencyPassesAndOwesItsEvidence) {
  CaseStage stage;
  stage.Open();
  stage.Do("add_subject { kind: SUBJECT_KIND_FINDING }");
  stage.Do(
      "record_facts { facts { fact: 'urgency' value { choice: "
      "'emergency' } subject { kind: SUBJECT_KIND_FINDING number: 1 } } }");
  const int32_t surgery = stage.Number("surgery");
  EXPECT_EQ(*stage.Deadline("surgery", "wait")->due,
            stage.now() + absl::Minutes(120));
  stage.DoAs(CaseStage::Actor("clinic", "m1"), Complete(surgery, "treated"));
  ASSERT_EQ(stage.state().evidence_owed.size(), 1U);
  EXPECT_EQ(*stage.Deadline("", "evidence/consulted")->due,
            stage.now() + absl::Hours(24));
  EXPECT_EQ(stage.Refuse(StrCat("bring_evidence { occurrence: ", surgery,
                                " guard: 'other' document { kind: 'p' } }")),
            model::v1::ERROR_REASON_NOT_FOUND);
  stage.Do(StrCat("bring_evidence { occurrence: ", surgery,
                  " guard: 'consulted' document { kind: 'protocol' } }"));
  EXPECT_TRUE(stage.state().evidence_owed.empty());
  EXPECT_EQ(stage.Deadline("", "evidence/consulted"), nullptr);
  stage.ExpectReplays();
}

TEST(DecideGuards, AskForTheSameFinding) {
  CaseStage stage;
  stage.Open();
  stage.Do("add_subject { kind: SUBJECT_KIND_FINDING }");
  stage.Do("add_subject { kind: SUBJECT_KIND_FINDING }");
  stage.Do(
      "record_facts { facts { fact: 'urgency' value { choice: 'planned' } "
      "subject { kind: SUBJECT_KIND_FINDING number: 2 } } }");
  const int32_t surgery = stage.Number("surgery");
  EXPECT_EQ(stage.Find("surgery")->subject.number, 2);
  // No limit is stated as one without an end.
  EXPECT_FALSE(stage.Deadline("surgery", "wait")->due.has_value());
  const auto consult = [&stage](int number) {
    stage.Do(
        StrCat("start_step { step: 'teleconsult' subject { kind: "
               "SUBJECT_KIND_FINDING number: ",
               number, " } }"));
    stage.Do(Complete(stage.Number("teleconsult"), "admit"));
  };
  consult(1);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("clinic", "m1"),
                           Complete(surgery, "treated")),
            model::v1::ERROR_REASON_GUARD_UNMET);
  consult(2);
  stage.DoAs(CaseStage::Actor("clinic", "m1"), Complete(surgery, "treated"));
  EXPECT_EQ(stage.state().schedules.back().step, "review");
}

TEST(DecideDuties, TheAssessorDoesNotDecide) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  const int32_t decision = stage.Number("decision");
  stage.directory().At("organisations/assessors").services = {"decisions"};
  stage.directory().At("organisations/assessors").kind =
      model::v1::AGENCY_KIND_SOCIAL;
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("assessors", "m1"),
                           Complete(decision, "in_need")),
            model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("assessors", "m2"),
                           Complete(decision, "in_need")),
            model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
}

TEST(DecideDuties, NobodyWhoEverAssessedDecides) {
  CaseStage stage;
  BringToDecision(stage);
  for (const char* assessors : {"assessors", "second-assessors"}) {
    stage.DoAs(CaseStage::Actor(assessors, "m1"),
               Complete(stage.Number("assessment"), "could_not"));
  }
  OrganisationFacts& first = stage.directory().At("organisations/assessors");
  first.services = {"decisions"};
  first.kind = model::v1::AGENCY_KIND_SOCIAL;
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("assessors", "m1"),
                           Complete(stage.Number("decision"), "in_need")),
            model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
  stage.ExpectReplays();
}

TEST(DecidePerformers, OneCandidateIsNamedSeveralAreNot) {
  CaseStage stage;
  BringToDecision(stage);
  EXPECT_EQ(stage.Find("decision")->performer, "organisations/office");
  EXPECT_EQ(stage.Find("assessment")->performer, "");
  Assess(stage, "m1");
  EXPECT_EQ(stage.state().history[1].outcomes[0].performer.empty(), false);
}

TEST(DecidePerformers, ARedirectDoesNotOfferTheFormer) {
  CaseStage stage;
  BringToDecision(stage);
  stage.Do(StrCat("assign_performer { occurrence: ", stage.Number("assessment"),
                  " performer: 'organisations/assessors' }"));
  stage.DoAs(CaseStage::Actor("assessors", "m1"),
             Complete(stage.Number("assessment"), "could_not"));
  ASSERT_TRUE(stage.IsLive("assessment"));
  EXPECT_EQ(stage.Find("assessment")->excluded,
            std::vector<std::string>{"organisations/assessors"});
  EXPECT_NE(stage.Find("assessment")->performer, "organisations/assessors");
}

TEST(DecideAttempts, NeedTriesWaysAndTheRightLastOne) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "unreachable"));
  const int32_t contact = stage.Number("contact");
  const auto attempt = [&](const char* mode, const char* reached = "false") {
    stage.Do(StrCat("record_attempt { occurrence: ", contact,
                    " attempt { mode: ", mode, " reached: ", reached, " } }"));
  };
  attempt("CONTACT_MODE_TELEPHONE");
  attempt("CONTACT_MODE_VISIT");
  attempt("CONTACT_MODE_TELEPHONE");  // three tries, two ways, wrong last
  EXPECT_TRUE(stage.IsLive("contact"));
  attempt("CONTACT_MODE_VISIT");
  EXPECT_TRUE(stage.HasEnded("contact", "silent"));
  EXPECT_TRUE(stage.IsLive("silence_review"));
}

TEST(DecideAttempts, BlocksReturnToTheirCallersOneByOne) {
  CaseStage stage;
  stage.Open();
  stage.Do(Complete(1, "unreachable"));
  for (const char* mode : {"CONTACT_MODE_TELEPHONE", "CONTACT_MODE_TELEPHONE",
                           "CONTACT_MODE_VISIT"}) {
    stage.Do(StrCat("record_attempt { occurrence: ", stage.Number("contact"),
                    " attempt { mode: ", mode, " } }"));
  }
  stage.Do(Complete(stage.Number("silence_review"), "found"));
  ASSERT_TRUE(stage.IsLive("contact"));
  stage.Do(StrCat("record_attempt { occurrence: ", stage.Number("contact"),
                  " attempt { mode: CONTACT_MODE_TELEPHONE reached: true } }"));
  EXPECT_FALSE(stage.IsLive("contact"));
  EXPECT_TRUE(stage.IsLive("intake"));
  EXPECT_EQ(stage.Find("intake")->started_by, "returned:contact/reached");
}

TEST(DecideRights, OpenCloseAndAreUsedOnce) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "refused", "note: 'no'"));
  ASSERT_EQ(stage.state().rights.size(), 1U);
  EXPECT_EQ(*stage.state().rights[0].close, stage.Day("2026-04-03"));
  EXPECT_TRUE(stage.WasTold("role/family", "outcome/decision/refused"));
  EXPECT_EQ(stage.Refuse("start_step { step: 'appeal' }"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage.Do("word_given: WORD_GIVEN_ORALLY start_step { step: 'appeal' }");
  EXPECT_TRUE(stage.IsLive("appeal"));
  EXPECT_TRUE(stage.state().rights.empty());
  EXPECT_EQ(stage.Refuse("word_given: WORD_GIVEN_ORALLY start_step { step: "
                         "'appeal' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
}

TEST(DecideRights, TheirWindowCloses) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "refused", "note: 'no'"));
  stage.RunTo(stage.Day("2026-04-03"));
  EXPECT_TRUE(stage.state().rights.empty());
}

TEST(DecideReplacement, TheOldPerformerStaysUntilAnotherStarts) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "in_need"));
  const int32_t first = stage.Number("care");
  stage.Do(StrCat("assign_performer { occurrence: ", first,
                  " performer: 'organisations/care' }"));
  stage.DoAs(CaseStage::Actor("care", "m1"), Complete(first, "gives_up"));
  EXPECT_TRUE(stage.IsLive("care"));
  EXPECT_EQ(stage.Number("care"), first);
  stage.Do(Complete(stage.Number("choose"), "chosen"));
  EXPECT_TRUE(stage.IsLive("care"));
  EXPECT_NE(stage.Number("care"), first);
  EXPECT_TRUE(stage.HasEnded("care", "gives_up"));
}

TEST(DecideKeepsService, StartsItsOwnReplacementInTheSameBreath) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "in_need"));
  const int32_t first = stage.Number("care");
  stage.Do(StrCat("assign_performer { occurrence: ", first,
                  " performer: 'organisations/care' }"));
  stage.DoAs(CaseStage::Actor("care", "m1"), Complete(first, "passes_on"));
  EXPECT_TRUE(stage.IsLive("care"));
  EXPECT_NE(stage.Number("care"), first);
  EXPECT_TRUE(stage.HasEnded("care", "passes_on"));
  stage.ExpectReplays();
}

TEST(DecideRunsUntil, AConditionEndsTheStepAndStartsTheNext) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "in_need"));
  stage.Do(
      "record_facts { facts { fact: 'wishes_care' value { truth: false } "
      "} }");
  EXPECT_TRUE(stage.HasEnded("care", "stopped"));
  EXPECT_TRUE(stage.IsLive("review"));
}

TEST(DecideRunsUntil, NotKnownIsNeverReadAsNo) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "in_need"));
  stage.Do("record_facts { facts { fact: 'wishes_care' value {} } }");
  EXPECT_TRUE(stage.IsLive("care"));
}

TEST(DecideRecurrence, ComesAgainWhileItsConditionHolds) {
  CaseStage stage;
  BringToDecision(stage);
  Assess(stage, "m1");
  stage.DoAs(CaseStage::Actor("office", "m1"),
             Complete(stage.Number("decision"), "in_need"));
  stage.Do(
      "record_facts { facts { fact: 'wishes_care' value { truth: false } "
      "} }");
  stage.Do(Complete(stage.Number("review"), "same"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  EXPECT_EQ(stage.state().schedules[0].scheduled_by, "recurs");
  stage.RunTo(stage.Day("2026-04-02"));
  EXPECT_TRUE(stage.IsLive("review"));
}

TEST(DecideSchedule, FollowsTheDateOfAFactAndItsCorrection) {
  CaseStage stage;
  stage.Open();
  stage.Do("start_step { step: 'disability' }");
  const auto& event =
      stage.Do(Complete(stage.Number("disability"), "established",
                        "facts { fact: 'disability_until' value { date: "
                        "'2027-03-31' } }"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  EXPECT_EQ(stage.state().schedules[0].due, stage.Day("2026-12-31"));
  const int64_t version = event.header().version();
  stage.Do(StrCat("correct_fact { corrects_version: ", version,
                  " note: 'misread' fact { fact: 'disability_until' value { "
                  "date: '2026-08-31' } } }"));
  ASSERT_EQ(stage.state().schedules.size(), 1U);
  EXPECT_EQ(stage.state().schedules[0].due, stage.Day("2026-05-31"));
  stage.RunTo(stage.Day("2026-05-31"));
  EXPECT_TRUE(stage.IsLive("renewal"));
  EXPECT_EQ(*stage.Deadline("renewal", "before")->due, stage.Day("2026-08-31"));
  stage.ExpectReplays();
}

TEST(DecidePlan, TheListIsTheWholeListExactlyAndUnderItsCap) {
  CaseStage stage;
  stage.Open(
      "facts { fact: 'level' value { choice: 'l1' } } facts { fact: "
      "'lives_alone' value { truth: true } }");
  stage.Do("start_step { step: 'plan' }");
  const auto line = [](const char* item, const char* part, int minutes) {
    return StrCat("plan { item: '", item, "' part: '", part,
                  "' quantities { of: 'minutes' amount: ", minutes, " } } ");
  };
  const auto office = CaseStage::Actor("office", "m1");
  const int32_t plan = stage.Number("plan");
  EXPECT_EQ(stage.RefuseAs(office,
                           Complete(plan, "agreed", line("wash", "given", 10))),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "invariant/plan/whole");
  EXPECT_EQ(stage.RefuseAs(office, Complete(plan, "agreed",
                                            line("wash", "given", 60) +
                                                line("cook", "given", 40) +
                                                line("walk", "given", 1))),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage.refusal().missing(0).what(), "invariant/plan/capped");
  EXPECT_EQ(stage.RefuseAs(office, Complete(plan, "agreed",
                                            line("wash", "by_family", 0) +
                                                line("cook", "given", 40) +
                                                line("walk", "given", 1))),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage.DoAs(office,
             Complete(plan, "agreed",
                      line("wash", "given", 60) + line("cook", "given", 40) +
                          line("walk", "given", 0)));
  EXPECT_EQ(stage.state().plans.size(), 1U);
}

TEST(DecideLoops, RulesThatStartEachOtherForEverAreRefused) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("start_step { step: 'loop_a' }"),
            model::v1::ERROR_REASON_PATHWAY_HAS_ERRORS);
}

TEST(DecideStartStep, NeedsThePathwaysLeave) {
  CaseStage stage;
  stage.Open();
  EXPECT_EQ(stage.Refuse("start_step { step: 'choose' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage.Refuse("start_step { step: 'nowhere' }"),
            model::v1::ERROR_REASON_NOT_DECLARED);
  EXPECT_EQ(stage.RefuseAs(CaseStage::Actor("clinic", "m1"),
                           "start_step { step: 'welfare' }"),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
  stage.Do("start_step { step: 'welfare' }");
  EXPECT_EQ(stage.Refuse("start_step { step: 'welfare' }"),
            model::v1::ERROR_REASON_WRONG_STATE);
}

}  // namespace
}  // namespace careroute::casework

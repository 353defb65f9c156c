// Assessments: recorded, looked at again, disputed; and what binds the step.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/casework/explain_text.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/view.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr char kPathway[] = R"(
  id: "test-route" edition: "1" languages: "en"
  facts { id: "level" type: FACT_TYPE_ENUM values: "none" values: "level_1"
          values: "level_2" values: "level_3" subject: SUBJECT_KIND_PERSON
          data_class: DATA_CLASS_SOCIAL }
  facts { id: "seen_level" type: FACT_TYPE_ENUM values: "none"
          values: "level_1" values: "level_2" values: "level_3"
          subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL }
  roles { id: "assessor" kind: AGENCY_KIND_COORDINATION }
  roles { id: "decider" kind: AGENCY_KIND_SOCIAL service: "decisions" }
  entries { id: "report" from: AGENCY_KIND_HEALTH }
  endings { id: "declined" kind: ENDING_KIND_DECLINED by_coordinator: true }
  steps {
    id: "typing"
    performer { role: "assessor" }
    starts_on { entry: "report" }
    may_be_started_by_hand: true
    assessment { instruments: "ru-ltc-questionnaire" instruments: "katz"
                 instruments: "nba-pflegegrad" level_fact: "level"
                 dispute_starts: "second_look" }
    outcomes { id: "level_set" needs_facts: "level"
               starts { step: "decision" } starts { step: "care" } }
    outcomes { id: "no_level"
               records { fact: "level" value { choice: "none" } }
               starts { step: "decision" } }
    outcomes { id: "not_possible" starts { step: "decision" } }
  }
  steps {
    id: "second_look"
    performer { role: "assessor" not_same_member_as: "typing" }
    may_be_started_by_hand: true
    assessment { instruments: "ru-ltc-questionnaire" level_fact: "seen_level"
                 rechecks: "typing" }
    outcomes { id: "differs" needs_facts: "seen_level" nothing_follows: true }
    outcomes { id: "confirmed" nothing_follows: true }
  }
  steps {
    id: "decision"
    performer { role: "decider" not_same_member_as: "typing" }
    outcomes { id: "decided" nothing_follows: true }
  }
  steps {
    id: "care"
    performer { coordinator: true }
    outcomes { id: "over" ending: "declined" }
  }
)";

constexpr char kFirst[] = "organisations/assessors/members/m1";

model::v1::Actor Assessor(absl::string_view member = "m1") {
  return CaseStage::Actor("assessors", member);
}

// Answers of the questionnaire worth `points`, in textproto.
std::string Answered(int points, const std::string& more = "") {
  const auto demo = scoring::testing::Shipped("ru-ltc-questionnaire");
  CAREROUTE_CHECK(demo != nullptr);
  scoring::testing::Answers answers = scoring::testing::NoNeed(*demo);
  CAREROUTE_CHECK(scoring::testing::Fill(*demo, "total", points, answers));
  model::v1::AssessmentAnswers message = answers.message();
  message.clear_age();
  message.set_assessment_date("2026-03-02");
  return StrCat("answers { ", message.ShortDebugString(), " ", more, " } ");
}

std::string Recording(int32_t occurrence, const std::string& rest) {
  return StrCat("record_assessment { occurrence: ", occurrence, " ", rest, "}");
}

std::string Disputing(int32_t number) {
  return StrCat(
      "word_given: WORD_GIVEN_BY_TELEPHONE dispute_assessment { assessment: ",
      number, " note: 'she cannot wash herself' }");
}

class Assessments : public ::testing::Test {
 protected:
  Assessments() : stage_(kPathway) {
    for (const char* id :
         {"ru-ltc-questionnaire", "katz", "nba-pflegegrad", "barthel-100"}) {
      CAREROUTE_CHECK(stage_.instruments().Add(scoring::testing::Shipped(id)));
    }
    stage_.Open();
  }

  void Record(int points) {
    stage_.DoAs(Assessor(), Recording(1, Answered(points)));
  }

  // The same of a second look at assessment 1.
  void LookAgain(int points) {
    stage_.Do("start_step { step: 'second_look' }");
    stage_.DoAs(Assessor("m2"),
                Recording(stage_.Number("second_look"),
                          StrCat(Answered(points), "rechecks: 1 ")));
  }

  std::vector<std::string> ReasonsAgainst(const std::string& command) {
    EXPECT_EQ(stage_.RefuseAs(Assessor(), command),
              model::v1::ERROR_REASON_INVALID_REQUEST);
    std::vector<std::string> reasons;
    for (const model::v1::Problem& one : stage_.refusal().problems()) {
      EXPECT_NE(one.mend(), "") << one.reason();
      reasons.push_back(StrCat(one.path(), " ", one.reason()));
    }
    return reasons;
  }

  std::string Completing(const std::string& outcome, const std::string& level) {
    return StrCat("complete_step { occurrence: 1 outcome: '", outcome, "' ",
                  level.empty() ? ""
                                : StrCat("facts { fact: 'level' value { "
                                         "choice: '",
                                         level, "' } } "),
                  "}");
  }

  CaseStage stage_;
};

TEST_F(Assessments, KeepWhatWasFoundAndSealWhatWasAnswered) {
  Record(7);
  ASSERT_EQ(stage_.state().assessments.size(), 1U);
  const AssessmentRecord& one = stage_.state().assessments[0];
  EXPECT_EQ(one.number, 1);
  EXPECT_EQ(one.level, "level_2");
  EXPECT_EQ(one.total, scoring::Exact(7));
  EXPECT_EQ(one.step, "typing");
  EXPECT_EQ(one.edition, "demo.1");
  EXPECT_EQ(one.assessor, kFirst);
  EXPECT_EQ(stage_.stream().back().find("washing"), std::string::npos);
  ASSERT_EQ(stage_.parts().size(), 2U);
  EXPECT_EQ(stage_.parts()[0].data_class, model::v1::DATA_CLASS_IDENTITY);
  EXPECT_EQ(stage_.parts()[0].part->assessment().birth_date(), "2016-05-10");
  EXPECT_EQ(stage_.parts()[0].part->assessment().answers_size(), 0);
  EXPECT_EQ(stage_.parts()[1].data_class, model::v1::DATA_CLASS_MEDICAL);
  EXPECT_GT(stage_.parts()[1].part->assessment().answers_size(), 0);
  EXPECT_EQ(stage_.parts()[1].part->assessment().birth_date(), "");
  stage_.ExpectReplays();
}

TEST_F(Assessments, StandInTheReplyWithTheirNumbersInWords) {
  Record(7);
  const model::v1::Case shown = ToModel(stage_.state(), {.high = 1, .low = 2});
  ASSERT_EQ(shown.assessments_size(), 1);
  EXPECT_EQ(shown.assessments(0).total().text(), "7");
  EXPECT_EQ(shown.assessments(0).level(), "level_2");
}

TEST_F(Assessments, AreRefusedWithEverythingThatIsWrongAtOnce) {
  EXPECT_THAT(
      ReasonsAgainst(Recording(
          1,
          "rechecks: 4 answers { instrument: 'ru-ltc-questionnaire' "
          "assessment_date: '2026-03-03' birth_date: '2016-05-10' answers { "
          "item: 'flying' option: 'alone' } answers { item: 'moving' option: "
          "'well' } } ")),
      ::testing::IsSupersetOf({"answers.birth_date AGE_GIVEN",
                               "answers.assessment_date IN_FUTURE",
                               "rechecks UNKNOWN_ASSESSMENT",
                               "answers.answers[0].item UNKNOWN_ITEM"}));
  EXPECT_TRUE(stage_.state().assessments.empty());
}

TEST_F(Assessments, AreRefusedOnADayBeforeTheStepBegan) {
  EXPECT_THAT(ReasonsAgainst(Recording(
                  1,
                  "answers { instrument: 'katz' assessment_date: '2026-03-01' "
                  "} ")),
              ::testing::Contains("answers.assessment_date BEFORE_START"));
}

TEST_F(Assessments, AreMadeOnlyByAnInstrumentOfTheStep) {
  EXPECT_THAT(ReasonsAgainst(Recording(1,
                                       "answers { instrument: 'barthel-100' "
                                       "assessment_date: '2026-03-02' } ")),
              ::testing::Contains("answers.instrument INSTRUMENT_NOT_ALLOWED"));
  EXPECT_THAT(ReasonsAgainst(Recording(1,
                                       "answers { instrument: 'nope' "
                                       "assessment_date: '2026-03-02' } ")),
              ElementsAre("answers.instrument UNKNOWN_INSTRUMENT"));
  EXPECT_THAT(ReasonsAgainst(Recording(1, Answered(3, "edition: 'demo.9'"))),
              ElementsAre("answers.edition UNKNOWN_EDITION"));
}

TEST_F(Assessments, AreMadeInAStepThatHasThem) {
  EXPECT_EQ(stage_.RefuseAs(Assessor(), Recording(9, Answered(3))),
            model::v1::ERROR_REASON_NOT_FOUND);
  stage_.DoAs(Assessor("m2"), Completing("level_set", "level_1"));
  EXPECT_EQ(stage_.Refuse(Recording(stage_.Number("care"), Answered(3))),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage_.refusal().message_key(), "no_assessment");
}

TEST_F(Assessments, AreThePerformersToMake) {
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Actor("clinic", "m1"),
                            Recording(1, Answered(3))),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
}

TEST_F(Assessments, TakeTheAgeFromThePersonsRecord) {
  const auto nba = scoring::testing::Shipped("nba-pflegegrad");
  model::v1::AssessmentAnswers answers =
      scoring::testing::NoNeed(*nba).message();
  answers.clear_age();
  answers.set_assessment_date("2026-03-02");
  const std::string command =
      Recording(1, StrCat("answers { ", answers.ShortDebugString(), " } "));
  stage_.person().birth_date.reset();
  EXPECT_THAT(ReasonsAgainst(command),
              ElementsAre("answers.assessment_date NO_AGE"));
  stage_.person().birth_date = absl::CivilDay(2026, 3, 5);
  EXPECT_THAT(ReasonsAgainst(command),
              ElementsAre("answers.assessment_date BEFORE_BIRTH"));
  stage_.person().birth_date = absl::CivilDay(2016, 5, 10);
  stage_.DoAs(Assessor(), command);
}

TEST_F(Assessments, BindTheLevelTheStepThenStates) {
  Record(7);
  EXPECT_EQ(stage_.RefuseAs(Assessor(), Completing("level_set", "level_3")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage_.refusal().message_key(), "level_not_as_assessed");
  EXPECT_EQ(stage_.refusal().missing(0).what(), "fact/level");
  model::v1::Explanation because = stage_.refusal().because();
  FillTexts("ru", because);
  EXPECT_EQ(because.text(),
            "оценка 1 (ru-ltc-questionnaire demo.1) установила уровень "
            "level_2, а исход называет уровень level_3");
  FillTexts("en", because);
  EXPECT_THAT(because.text(), HasSubstr("assessment 1"));
  // Also the level an outcome records by itself.
  EXPECT_EQ(stage_.RefuseAs(Assessor(), Completing("no_level", "")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage_.DoAs(Assessor(), Completing("level_set", "level_2"));
  EXPECT_TRUE(stage_.IsLive("decision"));
}

TEST_F(Assessments, BindByTheLatestOneOnly) {
  Record(7);
  Record(9);
  EXPECT_EQ(stage_.RefuseAs(Assessor(), Completing("level_set", "level_2")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  stage_.DoAs(Assessor(), Completing("level_set", "level_3"));
}

TEST_F(Assessments, LetAnOutcomeWithoutALevelPass) {
  Record(7);
  stage_.DoAs(Assessor(), Completing("not_possible", ""));
}

TEST_F(Assessments, ThatCannotBeCountedLetNoLevelBeStated) {
  stage_.DoAs(Assessor(),
              Recording(1,
                        "answers { instrument: 'ru-ltc-questionnaire' "
                        "assessment_date: '2026-03-02' } "));
  EXPECT_EQ(stage_.state().assessments[0].level, "");
  EXPECT_FALSE(stage_.state().assessments[0].total.has_value());
  EXPECT_EQ(stage_.RefuseAs(Assessor(), Completing("level_set", "level_1")),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(stage_.refusal().because().message_key(), "level_not_found");
}

// A scale beside the questionnaire speaks of other levels.
TEST_F(Assessments, ByAScaleWithOtherLevelsDecideNothing) {
  const auto katz = scoring::testing::Shipped("katz");
  model::v1::AssessmentAnswers answers =
      scoring::testing::NoNeed(*katz).message();
  answers.clear_age();
  answers.set_assessment_date("2026-03-02");
  stage_.DoAs(
      Assessor(),
      Recording(1, StrCat("answers { ", answers.ShortDebugString(), " } ")));
  stage_.DoAs(Assessor(), Completing("level_set", "level_1"));
}

TEST_F(Assessments, LookedAtAgainSayTheGapAndWhetherTheLevelDiffers) {
  Record(7);
  LookAgain(9);
  const AssessmentRecord& again = stage_.state().assessments[1];
  EXPECT_EQ(again.rechecks, 1);
  EXPECT_EQ(again.gap, scoring::Exact(2));
  EXPECT_TRUE(again.level_differs);
  EXPECT_TRUE(
      stage_.WasTold("organisations/centre/members/anna", "level_differs"));
  stage_.ExpectReplays();
}

TEST_F(Assessments, LookedAtAgainMayFindLess) {
  Record(8);
  LookAgain(6);
  EXPECT_EQ(stage_.state().assessments[1].gap, scoring::Exact(-2));
  EXPECT_FALSE(stage_.state().assessments[1].level_differs);
}

TEST_F(Assessments, AreNotLookedAtAgainByWhoMadeThem) {
  Record(7);
  stage_.Do("start_step { step: 'second_look' }");
  EXPECT_EQ(stage_.RefuseAs(Assessor(),
                            Recording(stage_.Number("second_look"),
                                      StrCat(Answered(7), "rechecks: 1 "))),
            model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
}

TEST_F(Assessments, LookedAtAgainAreNamed) {
  Record(7);
  stage_.Do("start_step { step: 'second_look' }");
  const int32_t look = stage_.Number("second_look");
  EXPECT_EQ(stage_.RefuseAs(Assessor("m2"), Recording(look, Answered(7))),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage_.refusal().problems(0).path(), "rechecks");
  EXPECT_EQ(stage_.refusal().problems(0).mend(), "say which: 1");
}

TEST_F(Assessments, AreLookedAtAgainOnlyWhereThePathwaySaysSo) {
  Record(7);
  EXPECT_EQ(stage_.RefuseAs(Assessor("m2"),
                            Recording(1, StrCat(Answered(7), "rechecks: 1 "))),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage_.refusal().problems(0).reason(), "NOT_RECHECKED_HERE");
}

// Who assessed and who ended the step may be two.
TEST_F(Assessments, KeepTheAssessorFromDeciding) {
  stage_.directory().At("organisations/assessors").kind =
      model::v1::AGENCY_KIND_COORDINATION;
  Record(7);
  stage_.DoAs(Assessor("m2"), Completing("level_set", "level_2"));
  model::v1::Actor moved = CaseStage::Actor("office", "m1");
  moved.set_member(kFirst);
  EXPECT_EQ(stage_.RefuseAs(moved, StrCat("complete_step { occurrence: ",
                                          stage_.Number("decision"),
                                          " outcome: 'decided' }")),
            model::v1::ERROR_REASON_SEPARATION_OF_DUTIES);
}

TEST_F(Assessments, DisputedStartASecondLookAndStopNothing) {
  Record(7);
  stage_.DoAs(Assessor(), Completing("level_set", "level_2"));
  stage_.Do(Disputing(1));
  EXPECT_TRUE(stage_.state().assessments[0].disputed.has_value());
  EXPECT_TRUE(stage_.IsLive("second_look"));
  EXPECT_TRUE(stage_.IsLive("care"));
  EXPECT_EQ(stage_.Find("second_look")->started_by, "disputed:typing/1");
  EXPECT_THAT(stage_.state().facts, ::testing::SizeIs(1));
  stage_.ExpectReplays();
}

TEST_F(Assessments, AreDisputedOnce) {
  Record(7);
  stage_.Do(Disputing(1));
  EXPECT_EQ(stage_.Refuse(Disputing(1)), model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage_.refusal().message_key(), "assessment_disputed");
}

TEST_F(Assessments, AreDisputedByThePersonOrWhoSpeaksForThePerson) {
  Record(7);
  EXPECT_EQ(stage_.Refuse("dispute_assessment { assessment: 1 note: 'no' }"),
            model::v1::ERROR_REASON_OUTCOME_INCOMPLETE);
  EXPECT_EQ(
      stage_.Refuse("word_given: WORD_GIVEN_BY_TELEPHONE dispute_assessment { "
                    "assessment: 1 note: 'no' said_by: "
                    "'persons/00000000000000000000000000000009' }"),
      model::v1::ERROR_REASON_WRONG_DECIDER);
  EXPECT_EQ(
      stage_
          .Do(StrCat("word_given: WORD_GIVEN_BY_TELEPHONE "
                     "dispute_assessment { assessment: 1 note: 'no' said_by: "
                     "'",
                     testing::kMother, "' }"))
          .assessment_disputed()
          .said_by(),
      testing::kMother);
}

TEST_F(Assessments, ThatNobodyMadeAreNotDisputed) {
  EXPECT_EQ(stage_.Refuse(Disputing(3)), model::v1::ERROR_REASON_NOT_FOUND);
}

TEST_F(Assessments, AreKeptUpToABoundAndNumberedOn) {
  for (size_t i = 0; i < kAssessmentsKeptMax + 3; ++i) Record(5);
  EXPECT_EQ(stage_.state().assessments.size(), kAssessmentsKeptMax);
  EXPECT_EQ(stage_.state().assessments.back().number,
            static_cast<int32_t>(kAssessmentsKeptMax) + 3);
}

}  // namespace
}  // namespace careroute::casework

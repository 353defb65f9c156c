// Assessments of a case as callers record and read them.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/assessment_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/case_bench.h"
#include "lib/base/check.h"
#include "lib/casework/view.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kSteps[] = R"(
  facts { id: "found_level" type: FACT_TYPE_ENUM values: "none"
          values: "level_1" values: "level_2" values: "level_3"
          subject: SUBJECT_KIND_PERSON data_class: DATA_CLASS_SOCIAL }
  steps { id: "typing" performer { coordinator: true }
          may_be_started_by_hand: true
          assessment { instruments: "ru-ltc-questionnaire"
                       level_fact: "found_level"
                       dispute_starts: "second_look" }
          outcomes { id: "typed" nothing_follows: true } }
  steps { id: "second_look"
          performer { role: "provider" not_same_member_as: "typing" }
          may_be_started_by_hand: true
          assessment { instruments: "ru-ltc-questionnaire"
                       level_fact: "found_level" rechecks: "typing" }
          outcomes { id: "seen" nothing_follows: true } }
)";

// The clinic found the child, coordinates, and assesses; the office looks
// again.
class AssessmentCases : public ::testing::Test {
 protected:
  AssessmentCases() {
    demo_ = scoring::testing::Shipped("ru-ltc-questionnaire");
    CAREROUTE_CHECK(made_.instruments().Add(demo_));
    model::v1::Organisation office =
        EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
    office.add_services()->set_service("care");
    made_.Put(office);
    model::v1::Pathway pathway = EngineBench::Route("assessed");
    google::protobuf::TextFormat::Parser parser;
    CAREROUTE_CHECK(parser.MergeFromString(kSteps, &pathway));
    made_.Publish(pathway);
    uid_ = made_.Open({.pathway = "assessed"});
    made_.Do(uid_, "start_step { step: 'typing' }");
    bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  }

  v1::RecordAssessmentRequest Recording(const std::string& step, int points) {
    scoring::testing::Answers answers = scoring::testing::NoNeed(*demo_);
    CAREROUTE_CHECK(scoring::testing::Fill(*demo_, "total", points, answers));
    v1::RecordAssessmentRequest request;
    request.set_name(casework::CaseName(uid_));
    request.set_request_id(
        absl::StrCat("00000000-0000-4000-8000-00000000000", ++requests_));
    command::v1::RecordAssessment& command = *request.mutable_command();
    command.set_occurrence(made_.Number(uid_, step));
    *command.mutable_answers() = answers.message();
    command.mutable_answers()->clear_age();
    command.mutable_answers()->set_assessment_date("2026-03-02");
    return request;
  }

  model::v1::Assessment Record(const v1::RecordAssessmentRequest& request) {
    return bench_
        .Ask<v1::RecordAssessmentResponse>("AssessmentService.RecordAssessment",
                                           request)
        .assessment();
  }

  // The office looks again at assessment 1.
  model::v1::Assessment LookAgain(int points) {
    made_.Do(uid_, "start_step { step: 'second_look' }");
    made_.Do(uid_, absl::StrCat("assign_performer { occurrence: ",
                                made_.Number(uid_, "second_look"),
                                " performer: 'organisations/office' }"));
    bench_.SpeakFor("office", model::v1::ACTOR_ROLE_PERFORMER);
    v1::RecordAssessmentRequest request = Recording("second_look", points);
    request.mutable_command()->set_rechecks(1);
    return Record(request);
  }

  v1::GetAssessmentRequest Getting(int number) {
    v1::GetAssessmentRequest request;
    request.set_name(casework::CaseName(uid_));
    request.set_number(number);
    request.set_language("en");
    return request;
  }

  v1::GetAssessmentResponse Get(int number) {
    return bench_.Ask<v1::GetAssessmentResponse>(
        "AssessmentService.GetAssessment", Getting(number));
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  std::shared_ptr<const scoring::Instrument> demo_;
  base::Uid uid_;
  int requests_ = 0;
};

TEST_F(AssessmentCases, AreScoredAgainFromTheSealedAnswers) {
  const model::v1::Assessment recorded = Record(Recording("typing", 7));
  EXPECT_EQ(recorded.number(), 1);
  EXPECT_EQ(recorded.level(), "level_2");
  EXPECT_EQ(recorded.total().text(), "7");
  const v1::GetAssessmentResponse shown = Get(1);
  EXPECT_EQ(shown.score().total().text(), "7");
  EXPECT_EQ(shown.score().level(), "level_2");
  EXPECT_THAT(shown.score().items(), SizeIs(demo_->message().items_size()));
  EXPECT_FALSE(shown.score().because().text().empty());
}

TEST_F(AssessmentCases, TellWhoLooksAgainTheGap) {
  Record(Recording("typing", 7));
  const model::v1::Assessment again = LookAgain(9);
  EXPECT_EQ(again.gap().text(), "2");
  EXPECT_TRUE(again.level_differs());
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  EXPECT_EQ(Get(2).rechecked().level(), "level_2");
  EXPECT_THAT(Get(1).rechecks(), SizeIs(1));
}

TEST_F(AssessmentCases, ShowAnswersToWhoMayReadThemAndToWhoGaveThem) {
  Record(Recording("typing", 7));
  LookAgain(9);
  const v1::GetAssessmentResponse own = Get(2);
  EXPECT_EQ(own.score().total().text(), "9");
  EXPECT_FALSE(own.rechecked().has_total());
  const v1::GetAssessmentResponse others = Get(1);
  EXPECT_FALSE(others.has_score());
  EXPECT_FALSE(others.assessment().has_total());
  EXPECT_EQ(others.assessment().level(), "level_2");
  EXPECT_THAT(others.withheld(), Contains(model::v1::DATA_CLASS_MEDICAL));
}

TEST_F(AssessmentCases, AreNotThereForWhoTakesNoPart) {
  Record(Recording("typing", 7));
  bench_.SpeakFor("office", model::v1::ACTOR_ROLE_PERFORMER);
  EXPECT_TRUE(absl::IsNotFound(
      bench_.Refuse("AssessmentService.GetAssessment", Getting(1))));
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_COORDINATOR);
  EXPECT_TRUE(absl::IsNotFound(
      bench_.Refuse("AssessmentService.GetAssessment", Getting(2))));
}

TEST_F(AssessmentCases, NameEveryWrongAnswerByItsPath) {
  v1::RecordAssessmentRequest request = Recording("typing", 7);
  request.mutable_command()->mutable_answers()->set_birth_date("2016-05-10");
  request.mutable_command()->mutable_answers()->mutable_answers(0)->set_option(
      "sometimes");
  const auto refusal =
      RefusalOf(bench_.Refuse("AssessmentService.RecordAssessment", request));
  ASSERT_TRUE(refusal.has_value());
  ASSERT_GE(refusal->problems_size(), 2);
  EXPECT_EQ(refusal->problems(0).path(), "answers.birth_date");
  EXPECT_EQ(refusal->problems(1).path(), "answers.answers[0].option");
}

TEST_F(AssessmentCases, ShowThatTheyAreDisputed) {
  Record(Recording("typing", 7));
  v1::DisputeAssessmentRequest request;
  request.set_name(casework::CaseName(uid_));
  request.set_request_id("00000000-0000-4000-8000-000000000099");
  request.set_word_given(model::v1::WORD_GIVEN_BY_TELEPHONE);
  request.mutable_command()->set_assessment(1);
  request.mutable_command()->set_note("she cannot wash herself");
  EXPECT_TRUE(bench_
                  .Ask<v1::DisputeAssessmentResponse>(
                      "AssessmentService.DisputeAssessment", request)
                  .assessment()
                  .has_dispute_time());
  EXPECT_TRUE(made_.IsLive(uid_, "second_look"));
}

}  // namespace
}  // namespace careroute::api

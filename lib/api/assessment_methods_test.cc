// AssessmentService: what is listed, what is scored, who may, what is logged.

#include <string>

#include "careroute/api/v1/assessment_service.pb.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/table_bench.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::api {
namespace {

constexpr char kService[] = "careroute.api.v1.AssessmentService.";

// Whoever the test says.
class Anna final : public ActorSource {
 public:
  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
      const Call&) const override {
    model::v1::Actor actor;
    actor.set_organisation("organisations/centre");
    actor.set_member("organisations/centre/members/anna");
    actor.set_role(role);
    actor.set_purpose("care");
    return actor;
  }

  model::v1::ActorRole role = model::v1::ACTOR_ROLE_COORDINATOR;
};

class AssessmentMethods : public ::testing::Test {
 protected:
  AssessmentMethods() {
    for (const char* id : {"katz", "barthel-20", "nba-pflegegrad"}) {
      EXPECT_TRUE(bench_.instruments().Add(scoring::testing::Shipped(id)));
    }
  }

  template <typename Response>
  absl::StatusOr<Response> Ask(const std::string& method,
                               const google::protobuf::Message& request) {
    absl::StatusOr<std::string> bytes =
        bench_.Ask(kService + method, request.SerializeAsString(), {});
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response;
  }

  Anna anna_;
  TableBench bench_{&anna_};
};

TEST_F(AssessmentMethods, ListInstrumentsInPages) {
  v1::ListInstrumentsRequest request;
  request.set_page_size(2);
  auto page = Ask<v1::ListInstrumentsResponse>("ListInstruments", request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->instruments_size(), 2);
  EXPECT_EQ(page->instruments(0).id(), "barthel-20");
  EXPECT_EQ(page->instruments(0).title().translations_size(), 2);
  request.set_page_token(page->next_page_token());
  page = Ask<v1::ListInstrumentsResponse>("ListInstruments", request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->instruments_size(), 1);
  EXPECT_EQ(page->instruments(0).id(), "nba-pflegegrad");
  EXPECT_EQ(page->next_page_token(), "");
}

TEST_F(AssessmentMethods, GiveAnInstrumentWholeOrSayThatThereIsNone) {
  v1::GetInstrumentRequest request;
  request.set_id("katz");
  const auto found = Ask<v1::GetInstrumentResponse>("GetInstrument", request);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->instrument().items_size(), 6);
  request.set_edition("2099.1");
  EXPECT_TRUE(absl::IsNotFound(
      Ask<v1::GetInstrumentResponse>("GetInstrument", request).status()));
}

TEST_F(AssessmentMethods, ScoreAnswersInTheLanguageAskedFor) {
  const auto katz = scoring::testing::Shipped("katz");
  v1::ScoreAnswersRequest request;
  *request.mutable_answers() = scoring::testing::NoNeed(*katz).message();
  for (const auto& [language, title] :
       {std::pair<const char*, const char*>{"en", "Katz index of independence"},
        {"ru", "Индекс Каца"},
        {"", "Индекс Каца"}}) {
    request.set_language(language);
    const auto scored = Ask<v1::ScoreAnswersResponse>("ScoreAnswers", request);
    ASSERT_TRUE(scored.ok()) << scored.status();
    EXPECT_EQ(scored->score().title(), title);
    EXPECT_EQ(scored->score().level(), "needs_help");
  }
}

TEST_F(AssessmentMethods, NameEveryWrongAnswerByItsPathInTheRequest) {
  v1::ScoreAnswersRequest request;
  request.mutable_answers()->set_instrument("katz");
  request.mutable_answers()->set_assessment_date("2026-03-02");
  model::v1::AssessmentAnswer& answer =
      *request.mutable_answers()->add_answers();
  answer.set_item("bathing");
  answer.set_option("sometimes");
  const auto scored = Ask<v1::ScoreAnswersResponse>("ScoreAnswers", request);
  EXPECT_TRUE(absl::IsInvalidArgument(scored.status()));
  const auto refusal = RefusalOf(scored.status());
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->problems_size(), 6) << "one option, five missing";
  EXPECT_EQ(refusal->problems(0).path(), "answers.answers[0].option");
}

TEST_F(AssessmentMethods, DoNotKnowWhatWasNotLoaded) {
  v1::ScoreAnswersRequest request;
  request.mutable_answers()->set_instrument("lawton");
  request.mutable_answers()->set_assessment_date("2026-03-02");
  EXPECT_TRUE(absl::IsNotFound(
      Ask<v1::ScoreAnswersResponse>("ScoreAnswers", request).status()));
}

TEST_F(AssessmentMethods, RefuseToScoreForWhoNeitherAssessesNorDecides) {
  v1::ScoreAnswersRequest request;
  request.mutable_answers()->set_instrument("katz");
  request.mutable_answers()->set_assessment_date("2026-03-02");
  for (const model::v1::ActorRole role :
       {model::v1::ACTOR_ROLE_ADMINISTRATOR, model::v1::ACTOR_ROLE_AUDITOR,
        model::v1::ACTOR_ROLE_REGISTRAR}) {
    anna_.role = role;
    EXPECT_TRUE(absl::IsPermissionDenied(
        Ask<v1::ScoreAnswersResponse>("ScoreAnswers", request).status()))
        << role;
  }
}

}  // namespace
}  // namespace careroute::api

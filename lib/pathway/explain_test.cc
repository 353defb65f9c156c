#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/explain_text.h"
#include "lib/pathway/term_text.h"
#include "lib/pathway/testing/fake_case_view.h"
#include "lib/pathway/testing/test_pathways.h"

namespace careroute::pathway {
namespace {

using model::v1::Condition;
using testing::FakeCaseView;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr SubjectRef kFinding = {model::v1::SUBJECT_KIND_FINDING, 1};

Condition Parse(const std::string& text) {
  Condition condition;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &condition))
      << text;
  return condition;
}

class ExplainTest : public ::testing::Test {
 protected:
  Reason Explained(const std::string& text) {
    return Explain(Parse(text), {edition_.get(), &view_, kFinding});
  }

  std::shared_ptr<const Edition> edition_ = testing::SevenPieces();
  FakeCaseView view_{absl::FromUnixSeconds(1'750'000'000)};
};

TEST_F(ExplainTest, AnswersWhatEvaluateAnswers) {
  view_.SetTruth("palliative", {}, true);
  view_.End("typing", {}, "level");
  for (const char* text :
       {"fact { fact: 'palliative' is { values: 'true' } }",
        "not { outcome { step: 'typing' } }",
        "any { of { fact { fact: 'urgent_need' is { values: 'true' } } } of { "
        "outcome { step: 'typing' } } }",
        "fact { fact: 'urgent_need' is { values: 'true' } }", "all {}"}) {
    EXPECT_EQ(Explained(text).answer, Evaluate(Parse(text), view_, kFinding))
        << text;
  }
}

TEST_F(ExplainTest, ListsEveryUnmetPartAndWhoCanSupplyIt) {
  view_.SetTruth("palliative", {}, true);
  const Reason reason = Explained(
      "all { of { fact { fact: 'palliative' is { values: 'true' } } }"
      "      of { outcome { step: 'typing' is: 'level' } }"
      "      of { fact { fact: 'application_registered' recorded: true } }"
      "      of { consent { matter: CONSENT_MATTER_TREATMENT } } }");
  const std::vector<const Reason*> unmet = Unmet(reason);
  ASSERT_EQ(unmet.size(), 3U);
  EXPECT_EQ(unmet[0]->suppliers,
            (std::vector<Supplier>{{"assessor", "typing"}}));
  EXPECT_EQ(unmet[1]->suppliers,
            (std::vector<Supplier>{{"family", "application"}}));
  EXPECT_EQ(unmet[2]->suppliers, (std::vector<Supplier>{{"family", ""}}));
}

TEST_F(ExplainTest, TurnsTheQuestionRoundUnderNot) {
  view_.SetLive("transition", {});
  const Reason reason = Explained(
      "not { any { of { step { live: 'transition' } } of { step { live: "
      "'typing' } } } }");
  const std::vector<const Reason*> unmet = Unmet(reason);
  ASSERT_EQ(unmet.size(), 1U);
  EXPECT_EQ(unmet[0]->key, "step.live");
  EXPECT_EQ(unmet[0]->suppliers,
            (std::vector<Supplier>{{"place_giving_body", "transition"}}));
}

TEST_F(ExplainTest, FollowsSameAsToTheRole) {
  EXPECT_EQ(Explained("outcome { step: 'refusal_talk' }").suppliers,
            (std::vector<Supplier>{{"surgery_centre", "refusal_talk"}}));
}

TEST_F(ExplainTest, NeverTellsAValueOfThePerson) {
  view_.SetChoice("level", {}, "third");
  const Reason reason =
      Explained("fact { fact: 'level' is { values: 'first' } }");
  EXPECT_THAT(ReasonTree(reason, *edition_, "en"), Not(HasSubstr("hird")));
  EXPECT_EQ(reason.data_class, model::v1::DATA_CLASS_SOCIAL);
}

TEST_F(ExplainTest, CutsATreeNobodyWouldRead) {
  std::string text = "all {";
  for (int i = 0; i < 30; ++i) {
    text += " of { all {";
    for (int k = 0; k < 30; ++k) {
      text += " of { track { track: 'palliative' } }";
    }
    text += " } }";
  }
  const Reason reason = Explained(text + " }");
  size_t nodes = 0;
  int more = 0;
  const std::function<void(const Reason&)> count = [&](const Reason& part) {
    ++nodes;
    more += part.key == "more" ? 1 : 0;
    for (const Reason& child : part.children) {
      count(child);
    }
  };
  count(reason);
  EXPECT_LE(nodes, kReasonNodesMax);
  EXPECT_EQ(more, 1);
}

TEST_F(ExplainTest, NamesThePartThatIsTooDeepToBeAnswered) {
  std::string text = "track { track: 'palliative' }";
  for (int i = 0; i < kConditionDepthMax; ++i) {
    text = absl::StrCat("not { ", text, " }");
  }
  const Reason reason = Explained(text);
  EXPECT_EQ(reason.answer, Tri::kUnknown);
  const std::vector<const Reason*> unmet = Unmet(reason);
  ASSERT_EQ(unmet.size(), 1U);
  EXPECT_EQ(unmet[0]->key, "malformed");
}

TEST_F(ExplainTest, EndsAGuardInItsRuleAndSource) {
  const model::v1::Step& step = *edition_->FindStep("surgery_referral");
  const Reason reason = ExplainGuard(step.id(), step.guards(0),
                                     {edition_.get(), &view_, kFinding});
  EXPECT_EQ(reason.answer, Tri::kNo);
  EXPECT_EQ(reason.suppliers, (std::vector<Supplier>{{"sending_doctor", ""}}));
  ASSERT_TRUE(reason.source.has_value());
  EXPECT_EQ(reason.source->act(), "X-4");
  EXPECT_EQ(ReasonTree(reason, *edition_, "en"),
            "Consultation before referral: no\n"
            "  step \"Teleconsultation\" ended with: \"Admit\" (of the same "
            "finding), no longer than 90 calendar days ago: no\n"
            "    can be met by: Surgery centre (\"Teleconsultation\")\n"
            "  can be met by: Sending doctor\n"
            "  source: X-4\n");
}

TEST_F(ExplainTest, SpeaksRussian) {
  const Reason reason = Explained(
      "all { of { fact { fact: 'palliative' is { values: 'true' } } }"
      "      of { age { at_least { years: 3 } reached_before_by { n: 9 unit: "
      "TIME_UNIT_MONTH } } }"
      "      of { consent { matter: CONSENT_MATTER_TREATMENT } } }");
  const std::string text = ReasonTree(reason, *edition_, "ru");
  EXPECT_THAT(text, HasSubstr("все условия: нет"));
  EXPECT_THAT(text, HasSubstr("Palliative: да: не известно"));
  EXPECT_THAT(text,
              HasSubstr("до возраста 3 года осталось не больше: 9 месяцев"));
  EXPECT_THAT(text,
              HasSubstr("действует согласие на медицинское вмешательство: "
                        "нет"));
  EXPECT_THAT(text, HasSubstr("может выполнить: семья"));
}

// Every kind of condition has words, in both languages, with no gap left open.
TEST_F(ExplainTest, HasWordsForEveryKindOfCondition) {
  for (const char* text :
       {"all { of { track { track: 'palliative' } } }",
        "any { of { track { track: 'palliative' } } }",
        "not { track { track: 'palliative' } }",
        "fact { fact: 'level' is { values: ['first', 'second'] } }",
        "fact { fact: 'level' is_not { values: 'first' } }",
        "fact { fact: 'pregnancy_week' at_least: 20 same_subject: true }",
        "fact { fact: 'pregnancy_week' at_most: 20 }",
        "fact { fact: 'level' recorded: true not_older_than { n: 1 unit: "
        "TIME_UNIT_YEAR } }",
        "fact { fact: 'level' recorded: false }",
        "outcome { step: 'typing' }",
        "outcome { step: 'typing' is: 'level' }",
        "outcome { step: 'typing' is: 'level' latest: true }",
        "age { at_least { years: 1 months: 6 } }",
        "age { below { years: 3 } }",
        "age { at_least { years: 1 } below { months: 30 } }",
        "age { at_least { years: 3 } reached_before_by { n: 2 unit: "
        "TIME_UNIT_WEEK } }",
        "consent { matter: CONSENT_MATTER_DATA classes: "
        "DATA_CLASS_IDENTITY to_role: 'EDUCATION' purpose: 'education' }",
        "entry { is: 'found' }",
        "step { live: 'typing' same_subject: true }",
        "criterion { is: 'x' }",
        "criterion { }",
        ""}) {
    const Reason reason = Explained(text);
    for (const char* language : {"ru", "en"}) {
      const std::string sentence = ReasonText(reason, *edition_, language);
      EXPECT_THAT(sentence, Not(HasSubstr("{"))) << text;
      EXPECT_NE(sentence, reason.key) << text;
      EXPECT_FALSE(sentence.empty()) << text;
    }
  }
}

TEST_F(ExplainTest, WithholdsWhatAReaderMayNotSee) {
  const Reason reason = Explained(
      "all { of { fact { fact: 'palliative' is { values: 'true' } } }"
      "      of { outcome { step: 'typing' } } }");
  const model::v1::Explanation explanation = ToExplanation(
      reason, *edition_, "en", [](model::v1::DataClass data_class) {
        return data_class != model::v1::DATA_CLASS_MEDICAL;
      });
  ASSERT_EQ(explanation.because_size(), 2);
  EXPECT_EQ(explanation.because(0).text(), "withheld");
  EXPECT_EQ(explanation.because(0).arguments_size(), 0);
  EXPECT_EQ(explanation.because(0).answer(),
            model::v1::EXPLANATION_ANSWER_NOT_KNOWN);
  EXPECT_EQ(explanation.because(1).text(), "step \"Typing\" has ended");
}

TEST(TermText, CountsInRussianAndEnglish) {
  struct Row {
    int n;
    model::v1::TimeUnit unit;
    const char* ru;
    const char* en;
  };
  const Row rows[] = {
      {1, model::v1::TIME_UNIT_WORKING_DAY, "1 рабочий день", "1 working day"},
      {2, model::v1::TIME_UNIT_WORKING_DAY, "2 рабочих дня", "2 working days"},
      {5, model::v1::TIME_UNIT_CALENDAR_DAY, "5 календарных дней",
       "5 calendar days"},
      {11, model::v1::TIME_UNIT_HOUR, "11 часов", "11 hours"},
      {21, model::v1::TIME_UNIT_HOUR, "21 час", "21 hours"},
      {112, model::v1::TIME_UNIT_MINUTE, "112 минут", "112 minutes"},
      {3, model::v1::TIME_UNIT_YEAR, "3 года", "3 years"},
      {5, model::v1::TIME_UNIT_DAY_OF_NEXT_MONTH,
       "до 5-го числа следующего месяца", "by day 5 of the next month"},
  };
  for (const Row& row : rows) {
    model::v1::Term term;
    term.set_n(row.n);
    term.set_unit(row.unit);
    EXPECT_EQ(TermText(term, "ru-RU"), row.ru);
    EXPECT_EQ(TermText(term, "en"), row.en);
  }
  model::v1::Term open;
  open.set_no_limit(true);
  EXPECT_EQ(TermText(open, "ru"), "не ограничено");
}

}  // namespace
}  // namespace careroute::pathway

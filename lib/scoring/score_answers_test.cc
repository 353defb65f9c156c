// What is wrong with answers: all of it at once, each with its path; and what a
// missing answer means under each policy.

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using model::v1::AssessmentAnswers;
using testing::Answers;
using ::testing::Contains;
using testing::Describe;
using ::testing::HasSubstr;
using testing::NoNeed;
using testing::Shipped;

const Instrument& Nba() {
  static const auto& nba =
      *new std::shared_ptr<const Instrument>(Shipped("nba-pflegegrad"));
  return *nba;
}

std::vector<std::string> Found(const base::Problems& problems) {
  std::vector<std::string> found;
  for (const base::Problem& problem : problems.list()) {
    found.push_back(problem.path + " " + problem.reason);
    EXPECT_FALSE(problem.mend.empty()) << problem.reason;
  }
  return found;
}

struct Wrong {
  const char* name;
  std::function<void(AssessmentAnswers&)> change;
  const char* found;
};

model::v1::AssessmentAnswer& Add(AssessmentAnswers& answers, const char* item) {
  answers.add_answers()->set_item(item);
  return *answers.mutable_answers(answers.answers_size() - 1);
}

constexpr int kLargest = std::numeric_limits<int>::max();

// Answers are those of NoNeed, one for each of the 69 items, in their order.
int PositionOf(const AssessmentAnswers& answers, const std::string& item) {
  for (int i = 0; i < answers.answers_size(); ++i) {
    if (answers.answers(i).item() == item) return i;
  }
  return -1;
}

model::v1::AssessmentAnswer& To(AssessmentAnswers& answers, const char* item) {
  return *answers.mutable_answers(PositionOf(answers, item));
}

const Wrong kWrong[] = {
    {"OtherInstrument", [](AssessmentAnswers& a) { a.set_instrument("katz"); },
     "instrument OTHER_INSTRUMENT"},
    {"NoInstrument", [](AssessmentAnswers& a) { a.clear_instrument(); },
     "instrument OTHER_INSTRUMENT"},
    {"OtherEdition", [](AssessmentAnswers& a) { a.set_edition("1995.1"); },
     "edition OTHER_EDITION"},
    {"NoDate", [](AssessmentAnswers& a) { a.clear_assessment_date(); },
     "assessment_date EMPTY"},
    {"NotADate", [](AssessmentAnswers& a) { a.set_assessment_date("soon"); },
     "assessment_date NOT_A_DATE"},
    {"NoSuchDay",
     [](AssessmentAnswers& a) { a.set_assessment_date("2026-02-30"); },
     "assessment_date NOT_A_DATE"},
    {"NoAge", [](AssessmentAnswers& a) { a.clear_age(); }, "birth_date NO_AGE"},
    {"NotYetBorn", [](AssessmentAnswers& a) { a.set_birth_date("2026-03-03"); },
     "birth_date BEFORE_BIRTH"},
    {"AgeBelowNothing", [](AssessmentAnswers& a) { a.set_age_months(-1); },
     "age_months OUT_OF_RANGE"},
    {"AgeBeyondLife", [](AssessmentAnswers& a) { a.set_age_months(kLargest); },
     "age_months OUT_OF_RANGE"},
    {"UnknownItem", [](AssessmentAnswers& a) { Add(a, "7.1").set_option("x"); },
     "answers[69].item UNKNOWN_ITEM"},
    {"AnsweredTwice",
     [](AssessmentAnswers& a) { Add(a, "1.1").set_option("dependent"); },
     "answers[69].item DUPLICATE_ANSWER"},
    {"UnknownOption",
     [](AssessmentAnswers& a) { To(a, "1.1").set_option("3"); },
     "answers[0].option UNKNOWN_OPTION"},
    {"OptionOfAnotherItem",
     [](AssessmentAnswers& a) { To(a, "1.1").set_option("absent"); },
     "answers[0].option UNKNOWN_OPTION"},
    {"NoOption", [](AssessmentAnswers& a) { To(a, "1.1").clear_value(); },
     "answers[0].option WRONG_ANSWER"},
    {"FrequencyForAnOption",
     [](AssessmentAnswers& a) {
       To(a, "1.1").mutable_frequency()->set_per_day(1);
     },
     "answers[0].option WRONG_ANSWER"},
    {"OptionForAFrequency",
     [](AssessmentAnswers& a) { To(a, "5.1").set_option("dependent"); },
     "answers[45].frequency WRONG_ANSWER"},
    {"EmptyFrequency",
     [](AssessmentAnswers& a) { To(a, "5.1").mutable_frequency()->Clear(); },
     "answers[45].frequency EMPTY"},
    {"TooOften",
     [](AssessmentAnswers& a) {
       To(a, "5.1").mutable_frequency()->set_per_day(101);
     },
     "answers[45].frequency.per_day OUT_OF_RANGE"},
    {"HugeNumber",
     [](AssessmentAnswers& a) {
       To(a, "5.1").mutable_frequency()->set_per_week(kLargest);
     },
     "answers[45].frequency.per_week OUT_OF_RANGE"},
    {"NegativeNumber",
     [](AssessmentAnswers& a) {
       To(a, "5.1").mutable_frequency()->set_per_month(-1);
     },
     "answers[45].frequency.per_month OUT_OF_RANGE"},
    {"NotCountedByTheDay",
     [](AssessmentAnswers& a) {
       To(a, "5.13").mutable_frequency()->set_per_day(1);
     },
     "answers[57].frequency.per_day WRONG_UNIT"},
    {"ControlCharacters",
     [](AssessmentAnswers& a) { To(a, "1.1").set_option("a\x01"); },
     "answers[0].option NOT_TEXT"},
    {"TooManyAnswers",
     [](AssessmentAnswers& a) {
       for (int i = 0; i < 300; ++i) Add(a, "1.1").set_option("dependent");
     },
     "answers TOO_MANY"},
    {"MissingAnswer",
     [](AssessmentAnswers& a) { a.mutable_answers()->DeleteSubrange(0, 1); },
     "answers MISSING_ANSWER"},
};

TEST(WrongAnswers, AreNamedWithTheirPath) {
  for (const Wrong& row : kWrong) {
    Answers answers = NoNeed(Nba());
    row.change(answers.message());
    const base::Problems problems = answers.ProblemsWith(Nba());
    EXPECT_THAT(Found(problems), Contains(row.found)) << row.name << "\n"
                                                      << Describe(problems);
  }
}

TEST(WrongAnswers, AreAllNamedAtOnce) {
  Answers answers = NoNeed(Nba());
  answers.Choose("1.1", "nonsense").Drop("2.1").Drop("6.6");
  Add(answers.message(), "9.9").set_option("x");
  answers.message().set_edition("1");
  const std::vector<std::string> found = Found(answers.ProblemsWith(Nba()));
  EXPECT_THAT(found, Contains("answers[0].option UNKNOWN_OPTION"));
  EXPECT_THAT(found, Contains("edition OTHER_EDITION"));
  EXPECT_THAT(found, Contains("answers[67].item UNKNOWN_ITEM"));
  EXPECT_EQ(std::count(found.begin(), found.end(), "answers MISSING_ANSWER"),
            2);
}

TEST(WrongAnswers, NeverRepeatWhatWasSaid) {
  Answers answers = NoNeed(Nba());
  answers.message().set_birth_date("2031-01-01");
  answers.Choose("1.1", "very_ill");
  EXPECT_THAT(Describe(answers.ProblemsWith(Nba())),
              ::testing::Not(
                  ::testing::AnyOf(HasSubstr("2031"), HasSubstr("very_ill"))));
}

TEST(MissingAnswer, ThatIsRefusedIsNamed) {
  Answers answers = NoNeed(Nba());
  const base::Problems problems = answers.Drop("4.13").ProblemsWith(Nba());
  ASSERT_EQ(problems.list().size(), 1U);
  EXPECT_THAT(problems.list()[0].message, HasSubstr("4.13"));
}

TEST(MissingAnswer, ToAQuestionThatOthersHangOnIsNamedOnce) {
  Answers answers = NoNeed(Nba());
  const base::Problems problems =
      answers.Drop("4.a").Drop("4.11").ProblemsWith(Nba());
  ASSERT_EQ(problems.list().size(), 1U) << Describe(problems);
  EXPECT_THAT(problems.list()[0].message, HasSubstr("4.a"));
}

TEST(MissingAnswer, ThatMakesItUncountableLeavesNoTotal) {
  const auto demo = Shipped("ru-ltc-questionnaire");
  ASSERT_NE(demo, nullptr);
  const auto score = NoNeed(*demo).Drop("eating").Score(*demo);
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(score->state(), model::v1::SCORE_STATE_NOT_COUNTABLE);
  EXPECT_FALSE(score->has_total());
  EXPECT_EQ(score->level(), "");
  EXPECT_EQ(score->items(2).state(),
            model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE);
}

TEST(MissingAnswer, ToAConditionMakesWhatHangsOnItUncountable) {
  const auto demo = Shipped("ru-ltc-questionnaire");
  ASSERT_NE(demo, nullptr);
  const auto score = NoNeed(*demo).Drop("moving").Score(*demo);
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(score->items(4).state(),
            model::v1::SCORED_ITEM_STATE_NOT_COUNTABLE);
}

TEST(MissingAnswer, ThatCountsAsNothingIsShownAsSuch) {
  const auto score = NoNeed(Nba()).Drop("5.1").Drop("special").Score(Nba());
  ASSERT_TRUE(score.has_value());
  for (const model::v1::ScoredItem& item : score->items()) {
    if (item.item() == "5.1") {
      EXPECT_EQ(item.state(), model::v1::SCORED_ITEM_STATE_MISSING_IS_ZERO);
      EXPECT_EQ(item.points().text(), "0");
    }
  }
}

TEST(Answers, KeepHowTheyAreKnown) {
  Answers answers = NoNeed(Nba());
  To(answers.message(), "1.1").set_basis(model::v1::ANSWER_BASIS_WORD);
  EXPECT_EQ(answers.Score(Nba())->items(0).basis(),
            model::v1::ANSWER_BASIS_WORD);
}

}  // namespace
}  // namespace careroute::scoring

// A score says why, in Russian and English, down to the rule and its source.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using testing::Answers;
using ::testing::HasSubstr;
using testing::NoNeed;
using ::testing::Not;
using testing::Shipped;
using testing::Tree;

class Reasons : public ::testing::Test {
 protected:
  Reasons() : nba_(Shipped("nba-pflegegrad")), answers_(NoNeed(*nba_)) {}

  std::string In(const std::string& language) {
    const auto score = answers_.Score(*nba_, language);
    return score.has_value() ? Tree(score->because()) : "";
  }

  std::shared_ptr<const Instrument> nba_;
  Answers answers_;
};

TEST_F(Reasons, GoFromTheGradeOverModulesToItems) {
  answers_.Choose("4.8", "dependent").Choose("1.1", "mostly_dependent");
  EXPECT_THAT(
      In("en"),
      HasSubstr("Assessment of need for care, Germany (NBA): grade of care 1\n"
                "  22.5 in total, which is in [12.5; 27): grade of care 1 "
                "(SGB XI § 15 Abs. 3)\n"
                "    Sum of weighted points: sum 22.5 "
                "(SGB XI § 15 Abs. 2, 3)\n"
                "      Module 1: mobility: sum 2, which is in [2; 3] and gives "
                "2.5 (SGB XI § 15, Anlage 2, Modul 1)\n"
                "        Changing position in bed: mostly dependent, worth "
                "2\n"));
  EXPECT_THAT(In("ru"),
              HasSubstr("    Сумма взвешенных баллов: сумма 22,5 "
                        "(SGB XI § 15 Abs. 2, 3)\n"
                        "      Модуль 1: подвижность: сумма 2, это в границах "
                        "[2; 3] и даёт 2,5"));
}

TEST_F(Reasons, NameEditionAndDay) {
  EXPECT_THAT(In("ru"), HasSubstr("редакция 2017.1, оценка на 2026-03-02"));
  EXPECT_THAT(In("en"), HasSubstr("edition 2017.1, assessed on 2026-03-02"));
}

TEST_F(Reasons, SayWhyAnItemDoesNotCount) {
  answers_.Choose("4.11", "dependent");
  EXPECT_THAT(In("en"),
              HasSubstr("Coping with urinary incontinence, catheter and "
                        "urostomy: does not count, since its condition does "
                        "not hold\n          Control of the bladder: always "
                        "continent\n"));
}

TEST_F(Reasons, SayHowOften) {
  answers_.Times("5.1", {.per_day = 2, .per_week = 1});
  EXPECT_THAT(In("en"), HasSubstr("Medication: 2 a day, 1 a week, worth "
                                  "2 1/7\n"));
  EXPECT_THAT(In("ru"), HasSubstr("Лекарства: в день 2, в неделю 1, это "
                                  "2 1/7\n"));
  EXPECT_THAT(In("en"), HasSubstr("Injections: not needed, worth 0\n"));
}

TEST_F(Reasons, NameTheHigherOfTwoModules) {
  answers_.Choose("3.1", "daily");
  EXPECT_THAT(In("en"), HasSubstr("Modules 2 and 3: the higher result is "
                                  "taken, 11.25"));
}

TEST_F(Reasons, NameTheLiftOfAnInfantWithItsAct) {
  answers_.message().set_age_months(6);
  answers_.Choose("4.k", "yes");
  EXPECT_THAT(In("en"),
              HasSubstr("age: child up to 18 months; the level is 1 higher: "
                        "grade of care 3 (SGB XI § 15 Abs. 7"));
  answers_.Choose("4.k", "no");
  EXPECT_THAT(In("en"), HasSubstr("the level stays: no grade of care"));
}

TEST_F(Reasons, NameTheConstellationThatLifts) {
  answers_.Choose("special", "yes");
  EXPECT_THAT(In("ru"),
              HasSubstr("Особое сочетание потребностей: уровень становится "
                        "«степень ухода 5» (SGB XI § 15 Abs. 4)"));
}

TEST_F(Reasons, AreInEnglishForLanguagesNobodyWrote) {
  EXPECT_THAT(In("de"), HasSubstr("in total"));
  EXPECT_THAT(In("de"), Not(HasSubstr("item/")));
}

TEST_F(Reasons, OfAnUncountableScoreSayWhatIsMissing) {
  const auto demo = Shipped("ru-ltc-questionnaire");
  const auto score = NoNeed(*demo).Drop("eating").Score(*demo, "ru");
  ASSERT_TRUE(score.has_value());
  EXPECT_THAT(Tree(score->because()), HasSubstr("подсчитать нельзя"));
  EXPECT_THAT(Tree(score->because()),
              HasSubstr("Приём пищи (пример): ответа нет"));
}

}  // namespace
}  // namespace careroute::scoring

// Grades of the NBA: both sides of every edge, infants, special constellations.

#include <string>

#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using testing::Answers;
using testing::Fill;
using testing::NoNeed;

const Instrument& Nba() {
  static const auto& nba = *new std::shared_ptr<const Instrument>(
      testing::Shipped("nba-pflegegrad"));
  return *nba;
}

// Sums of the modules, and what the tables make of them by hand.
struct Case {
  int m1, m2, m3, m4, m5, m6;  // sums; m5 is the diet, 6 = daily machine
  const char* total;
  const char* grade;
};

const Case kCases[] = {
    {0, 0, 0, 0, 0, 0, "0", "none"},
    {0, 0, 0, 3, 0, 0, "10", "none"},
    {2, 6, 0, 0, 0, 0, "10", "none"},
    {6, 2, 0, 0, 0, 0, "11.25", "none"},
    {2, 0, 0, 3, 0, 0, "12.5", "grade_1"},
    {4, 0, 3, 3, 0, 0, "22.5", "grade_1"},
    {6, 6, 0, 3, 0, 0, "25", "grade_1"},
    {2, 2, 0, 8, 0, 0, "26.25", "grade_1"},
    {6, 0, 0, 8, 0, 0, "27.5", "grade_2"},
    {4, 6, 0, 19, 0, 2, "46.25", "grade_2"},
    {6, 0, 0, 19, 2, 0, "47.5", "grade_3"},
    {6, 11, 0, 37, 2, 0, "68.75", "grade_3"},
    {10, 0, 5, 37, 1, 2, "70", "grade_4"},
    {6, 11, 0, 37, 6, 7, "90", "grade_5"},
    {10, 17, 7, 37, 4, 4, "87.5", "grade_4"},
    {4, 17, 7, 37, 4, 12, "90", "grade_5"},
    {10, 11, 0, 37, 4, 7, "87.5", "grade_4"},
    {6, 17, 0, 37, 4, 7, "88.75", "grade_4"},
    {15, 33, 65, 54, 6, 18, "100", "grade_5"},
};

Answers AnswersOf(const Case& row) {
  Answers answers = NoNeed(Nba());
  answers.Choose("4.a", "incontinent").Choose("4.b", "incontinent");
  EXPECT_TRUE(Fill(Nba(), "1", row.m1, answers));
  EXPECT_TRUE(Fill(Nba(), "2", row.m2, answers));
  EXPECT_TRUE(Fill(Nba(), "3", row.m3, answers));
  EXPECT_TRUE(Fill(Nba(), "4", row.m4, answers));
  EXPECT_TRUE(Fill(Nba(), "6", row.m6, answers));
  if (row.m5 == 6) {
    answers.Times("5.12", {.per_day = 1});
  } else if (row.m5 == 4) {
    answers.Choose("5.16", "dependent").Times("5.1", {.per_day = 1});
  } else {
    EXPECT_TRUE(Fill(Nba(), "5", row.m5, answers));
  }
  return answers;
}

TEST(NbaGrade, IsThatOfTheTotal) {
  for (const Case& row : kCases) {
    const auto score = AnswersOf(row).Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->total().text(), row.total);
    EXPECT_EQ(score->level(), row.grade) << row.total;
  }
}

// An infant has no module 4 but 4.k, worth 30 points or none; the rest of the
// total comes from the other modules.
TEST(NbaGrade, StandsOneHigherUpToEighteenMonths) {
  struct Row {
    int m1, m3, m5, m6;
    const char* feeding;
    const char* total;
    const char* grade;
  };
  for (const Row& row : {Row{0, 0, 0, 0, "no", "0", "none"},
                         {6, 1, 0, 0, "no", "11.25", "none"},
                         {2, 0, 2, 0, "no", "12.5", "grade_2"},
                         {2, 1, 6, 0, "no", "26.25", "grade_2"},
                         {6, 0, 6, 0, "no", "27.5", "grade_3"},
                         {0, 0, 0, 0, "yes", "30", "grade_3"},
                         {4, 5, 0, 0, "yes", "46.25", "grade_3"},
                         {6, 0, 2, 0, "yes", "47.5", "grade_4"},
                         {6, 5, 6, 0, "yes", "68.75", "grade_4"},
                         {10, 7, 4, 0, "yes", "70", "grade_5"},
                         {10, 7, 6, 12, "yes", "90", "grade_5"}}) {
    Answers answers = NoNeed(Nba());
    answers.message().set_age_months(18);
    EXPECT_TRUE(Fill(Nba(), "1", row.m1, answers));
    EXPECT_TRUE(Fill(Nba(), "3", row.m3, answers));
    EXPECT_TRUE(Fill(Nba(), "6", row.m6, answers));
    answers.Choose("4.k", row.feeding);
    if (row.m5 == 6) answers.Times("5.12", {.per_day = 1});
    if (row.m5 == 4) {
      answers.Choose("5.16", "dependent").Times("5.1", {.per_day = 1});
    }
    if (row.m5 == 2) answers.Choose("5.16", "mostly_dependent");
    const auto score = answers.Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->total().text(), row.total);
    EXPECT_EQ(score->level(), row.grade) << row.total;
    EXPECT_EQ(score->age_variant(), "infant");
  }
}

struct AgeRow {
  const char* birth;
  const char* day;
  bool infant;
};

TEST(NbaGrade, TakesTheDayOfEighteenMonthsIntoInfancy) {
  for (const AgeRow& row : {AgeRow{"2024-09-02", "2026-03-01", true},
                            {"2024-09-02", "2026-03-02", true},
                            {"2024-09-02", "2026-03-03", false},
                            {"2026-03-02", "2026-03-02", true},
                            // 31 August has no 31 February.
                            {"2024-08-31", "2026-02-28", true},
                            {"2024-08-31", "2026-03-01", false}}) {
    Answers answers = NoNeed(Nba());
    answers.message().set_birth_date(row.birth);
    answers.message().set_assessment_date(row.day);
    const auto score = answers.Choose("4.k", "yes").Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->age_variant(), row.infant ? "infant" : "") << row.day;
    EXPECT_EQ(score->total().text(), row.infant ? "30" : "0");
  }
  for (const int months : {0, 17, 18, 19, 1800}) {
    Answers answers = NoNeed(Nba());
    answers.message().set_age_months(months);
    const auto score = answers.Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->age_variant(), months <= 18 ? "infant" : "") << months;
  }
}

TEST(NbaGrade, LeavesSelfCareOfAnInfantAsideAndNeedsOnlyWhatIsAsked) {
  Answers answers("nba-pflegegrad");
  answers.message().set_age_months(12);
  for (int i = 1; i <= 13; ++i) {
    answers.Choose("3." + std::to_string(i), "never");
  }
  answers.Choose("4.k", "yes").Choose("5.16", "independent");
  answers.Choose("4.8", "dependent");
  const auto score = answers.Score(Nba());
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(testing::RawOf(*score, "4"), "20");
  EXPECT_EQ(score->level(), "grade_3");
  for (const model::v1::ScoredItem& item : score->items()) {
    if (item.item() == "4.8") {
      EXPECT_EQ(item.state(), model::v1::SCORED_ITEM_STATE_NOT_ASKED);
      EXPECT_FALSE(item.has_points());
    }
    if (item.item() == "1.1") {
      EXPECT_EQ(item.state(), model::v1::SCORED_ITEM_STATE_MISSING_IS_ZERO);
    }
  }
}

TEST(NbaGrade, LeavesFeedingProblemsOfAnOlderPersonAside) {
  const auto score = NoNeed(Nba()).Choose("4.k", "yes").Score(Nba());
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(score->total().text(), "0");
}

TEST(NbaGrade, IsFiveInTheSpecialConstellationWhateverTheTotal) {
  for (const Case& row : kCases) {
    const auto score = AnswersOf(row).Choose("special", "yes").Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->level(), "grade_5") << row.total;
    EXPECT_EQ(score->total().text(), row.total);
    ASSERT_EQ(score->overrides_size(), 1);
    EXPECT_EQ(score->overrides(0), "special_constellation");
  }
}

TEST(NbaGrade, IsNotGivenBeforeGradesExisted) {
  Answers answers = NoNeed(Nba());
  answers.message().set_assessment_date("2016-12-31");
  EXPECT_EQ(answers.ProblemsWith(Nba()).list()[0].reason, "NOT_IN_FORCE");
  answers.message().set_assessment_date("2017-01-01");
  EXPECT_TRUE(answers.ProblemsWith(Nba()).empty());
}

}  // namespace
}  // namespace careroute::scoring

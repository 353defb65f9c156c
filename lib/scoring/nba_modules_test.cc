// The bands of every module of the NBA, at every sum there can be, against the
// tables of SGB XI annexes 1 and 2 written down anew.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using testing::Answers;
using testing::Counts;
using testing::Fill;
using testing::NoNeed;
using testing::PointsOf;
using testing::RawOf;

const Instrument& Nba() {
  static const auto& nba = *new std::shared_ptr<const Instrument>(
      testing::Shipped("nba-pflegegrad"));
  return *nba;
}

struct Band {
  int from;
  int to;
  const char* points;
};

struct Table {
  const char* module;
  std::vector<Band> bands;
};

const Table kTables[] = {
    {"1",
     {{0, 1, "0"}, {2, 3, "2.5"}, {4, 5, "5"}, {6, 9, "7.5"}, {10, 15, "10"}}},
    {"2",
     {{0, 1, "0"},
      {2, 5, "3.75"},
      {6, 10, "7.5"},
      {11, 16, "11.25"},
      {17, 33, "15"}}},
    {"3",
     {{0, 0, "0"},
      {1, 2, "3.75"},
      {3, 4, "7.5"},
      {5, 6, "11.25"},
      {7, 65, "15"}}},
    {"4",
     {{0, 2, "0"},
      {3, 7, "10"},
      {8, 18, "20"},
      {19, 36, "30"},
      {37, 54, "40"}}},
    {"6",
     {{0, 0, "0"},
      {1, 3, "3.75"},
      {4, 6, "7.5"},
      {7, 11, "11.25"},
      {12, 18, "15"}}},
};

TEST(NbaModule, EverySumHasThePointsOfItsBand) {
  for (const Table& table : kTables) {
    int found = 0;
    for (const Band& band : table.bands) {
      for (int sum = band.from; sum <= band.to; ++sum) {
        Answers answers = NoNeed(Nba());
        answers.Choose("4.a", "incontinent").Choose("4.b", "incontinent");
        if (!Fill(Nba(), table.module, sum, answers)) continue;
        ++found;
        const auto score = answers.Score(Nba());
        ASSERT_TRUE(score.has_value());
        EXPECT_EQ(RawOf(*score, table.module), absl::StrCat(sum));
        EXPECT_EQ(PointsOf(*score, table.module), band.points)
            << "module " << table.module << ", sum " << sum;
      }
    }
    // In module 3 nobody has 62 or 64: no answer is one or three below daily.
    const int sums = table.bands.back().to + 1;
    EXPECT_EQ(found, std::string(table.module) == "3" ? sums - 2 : sums)
        << table.module;
  }
}

TEST(NbaModule, NothingIsBeyondTheLargestSum) {
  for (const Table& table : kTables) {
    Answers answers = NoNeed(Nba());
    EXPECT_FALSE(Fill(Nba(), table.module, table.bands.back().to + 1, answers))
        << table.module;
  }
}

TEST(NbaModule4, PartialTubeFeedingScoresMoreThanFull) {
  for (const auto& [option, raw] :
       {std::pair<const char*, const char*>{"none", "0"},
        {"partial", "6"},
        {"full", "3"}}) {
    const auto score = NoNeed(Nba()).Choose("4.13", option).Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(RawOf(*score, "4"), raw) << option;
  }
}

TEST(NbaModule4, CountsIncontinenceOnlyWhenItIsThere) {
  for (const auto& [control, raw] :
       {std::pair<const char*, const char*>{"continent", "0"},
        {"mostly_continent", "0"},
        {"mostly_incontinent", "6"},
        {"incontinent", "6"},
        {"artificial_drainage", "6"}}) {
    const auto score = NoNeed(Nba())
                           .Choose("4.a", control)
                           .Choose("4.b", control)
                           .Choose("4.11", "dependent")
                           .Choose("4.12", "dependent")
                           .Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(RawOf(*score, "4"), raw) << control;
  }
}

TEST(NbaModule4, DoesNotAskForWhatDoesNotCount) {
  const auto score = NoNeed(Nba()).Drop("4.11").Drop("4.12").Score(Nba());
  EXPECT_TRUE(score.has_value());
}

TEST(NbaModule4, EatingWeighsThreeTimesDrinkingAndToiletTwice) {
  for (const auto& [item, raw] :
       {std::pair<const char*, const char*>{"4.7", "3"},
        {"4.8", "9"},
        {"4.9", "6"},
        {"4.10", "6"}}) {
    const auto score = NoNeed(Nba()).Choose(item, "dependent").Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(RawOf(*score, "4"), raw) << item;
  }
}

struct Frequent {
  const char* group;
  std::vector<std::pair<const char*, Counts>> counts;
  const char* points;
};

// Both sides of every edge, in the units that come nearest to it.
const Frequent kFrequent[] = {
    {"5.1-5.7", {}, "0"},
    {"5.1-5.7", {{"5.1", {.per_week = 6}}}, "0"},
    {"5.1-5.7", {{"5.1", {.per_month = 29}}}, "0"},
    {"5.1-5.7", {{"5.1", {.per_week = 7}}}, "1"},
    {"5.1-5.7", {{"5.1", {.per_month = 30}}}, "1"},
    {"5.1-5.7", {{"5.1", {.per_day = 1}}}, "1"},
    {"5.1-5.7", {{"5.1", {.per_day = 2}}, {"5.6", {.per_day = 1}}}, "1"},
    {"5.1-5.7", {{"5.1", {.per_day = 3}}, {"5.2", {.per_month = 1}}}, "2"},
    {"5.1-5.7", {{"5.1", {.per_day = 8}}}, "2"},
    {"5.1-5.7", {{"5.1", {.per_day = 8}}, {"5.7", {.per_month = 1}}}, "3"},
    {"5.1-5.7", {{"5.1", {.per_day = 9}}}, "3"},
    {"5.8-5.11", {}, "0"},
    {"5.8-5.11", {{"5.8", {.per_month = 4}}}, "0"},
    {"5.8-5.11", {{"5.8", {.per_month = 5}}}, "1"},
    {"5.8-5.11", {{"5.8", {.per_week = 1}}}, "1"},
    {"5.8-5.11", {{"5.8", {.per_week = 3}}, {"5.11", {.per_week = 3}}}, "1"},
    {"5.8-5.11", {{"5.8", {.per_week = 7}}}, "2"},
    {"5.8-5.11", {{"5.9", {.per_day = 1}}}, "2"},
    {"5.8-5.11", {{"5.9", {.per_day = 2}}, {"5.8", {.per_week = 6}}}, "2"},
    {"5.8-5.11", {{"5.9", {.per_day = 2}}, {"5.8", {.per_week = 7}}}, "3"},
    {"5.8-5.11", {{"5.9", {.per_day = 3}}}, "3"},
    {"5.12-5.15", {}, "0"},
    {"5.12-5.15", {{"5.13", {.per_month = 4}}}, "0"},
    {"5.12-5.15", {{"5.13", {.per_week = 1}}}, "1"},
    {"5.12-5.15", {{"5.13", {.per_month = 5}}}, "1"},
    {"5.12-5.15", {{"5.13", {.per_week = 1, .per_month = 4}}}, "1"},
    {"5.12-5.15", {{"5.15", {.per_week = 1}}}, "2"},
    {"5.12-5.15", {{"5.14", {.per_week = 2}}}, "2"},
    {"5.12-5.15", {{"5.15", {.per_week = 1, .per_month = 2}}}, "2"},
    {"5.12-5.15", {{"5.15", {.per_week = 1}}, {"5.13", {.per_week = 1}}}, "3"},
    {"5.12-5.15", {{"5.k", {.per_week = 3}}}, "3"},
    {"5.12-5.15", {{"5.12", {.per_week = 6}}}, "3"},
    {"5.12-5.15", {{"5.12", {.per_week = 6}}, {"5.13", {.per_month = 8}}}, "3"},
    {"5.12-5.15", {{"5.12", {.per_week = 6}}, {"5.13", {.per_month = 9}}}, "6"},
    {"5.12-5.15", {{"5.12", {.per_week = 7}}}, "6"},
    {"5.12-5.15", {{"5.12", {.per_month = 30}}}, "6"},
    {"5.12-5.15", {{"5.12", {.per_day = 1}}}, "6"},
    {"5.12-5.15", {{"5.12", {.per_day = 24}}}, "6"},
};

TEST(NbaModule5, EveryGroupHasThePointsOfItsFrequency) {
  for (const Frequent& row : kFrequent) {
    Answers answers = NoNeed(Nba());
    std::string said;
    for (const auto& [item, counts] : row.counts) {
      answers.Times(item, counts);
      absl::StrAppend(&said, " ", item, ":", counts.per_day, "/",
                      counts.per_week, "/", counts.per_month);
    }
    const auto score = answers.Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(PointsOf(*score, row.group), row.points) << row.group << said;
  }
}

TEST(NbaModule5, SumsItsGroupsAndTheDietIntoBands) {
  // Raw sum, and the answers that give it.
  struct Row {
    const char* raw;
    const char* points;
    const char* diet;
    int medicines_a_day;
    int dressings_a_day;
    int machine_a_day;
  };
  for (const Row& row : {Row{"0", "0", "independent", 0, 0, 0},
                         {"1", "5", "mostly_independent", 0, 0, 0},
                         {"2", "10", "mostly_dependent", 0, 0, 0},
                         {"3", "10", "dependent", 0, 0, 0},
                         {"4", "15", "dependent", 1, 0, 0},
                         {"5", "15", "dependent", 4, 0, 0},
                         {"6", "20", "dependent", 9, 0, 0},
                         {"6", "20", "independent", 0, 0, 1},
                         {"7", "20", "independent", 1, 0, 1},
                         {"15", "20", "dependent", 9, 3, 1}}) {
    const auto score = NoNeed(Nba())
                           .Choose("5.16", row.diet)
                           .Times("5.1", {.per_day = row.medicines_a_day})
                           .Times("5.8", {.per_day = row.dressings_a_day})
                           .Times("5.12", {.per_day = row.machine_a_day})
                           .Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(RawOf(*score, "5"), row.raw);
    EXPECT_EQ(PointsOf(*score, "5"), row.points) << row.raw;
  }
}

TEST(NbaModule5, NeedsNoAnswerToWhatIsNotNeeded) {
  Answers answers = NoNeed(Nba());
  for (int i = 1; i <= 15; ++i) answers.Drop(absl::StrCat("5.", i));
  const auto score = answers.Drop("5.k").Score(Nba());
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(PointsOf(*score, "5"), "0");
}

TEST(NbaModules2And3, TheHigherOfTheTwoCounts) {
  struct Row {
    int second;
    int third;
    const char* points;
  };
  for (const Row& row : {Row{0, 0, "0"},
                         {33, 0, "15"},
                         {0, 65, "15"},
                         {6, 1, "7.5"},
                         {2, 5, "11.25"},
                         {17, 7, "15"}}) {
    Answers answers = NoNeed(Nba());
    ASSERT_TRUE(Fill(Nba(), "2", row.second, answers));
    ASSERT_TRUE(Fill(Nba(), "3", row.third, answers));
    const auto score = answers.Score(Nba());
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(PointsOf(*score, "2-3"), row.points);
    EXPECT_EQ(score->total().text(), row.points) << "counted once";
  }
}

}  // namespace
}  // namespace careroute::scoring

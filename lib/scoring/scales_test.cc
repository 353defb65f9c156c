// Barthel, Katz, Lawton, the crosswalk and the demonstration questionnaire.

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/scoring/testing/answers.h"

namespace careroute::scoring {
namespace {

using testing::Answers;
using testing::Fill;
using testing::NoNeed;
using testing::Shipped;

struct Largest {
  const char* instrument;
  int total;
};

TEST(Scales, ReachTheirTotalAndNoMore) {
  for (const Largest& row : {Largest{"barthel-100", 100},
                             {"barthel-20", 20},
                             {"katz", 6},
                             {"lawton", 8},
                             {"lawton-5", 5},
                             {"ru-ltc-questionnaire", 10}}) {
    const auto instrument = Shipped(row.instrument);
    ASSERT_NE(instrument, nullptr);
    Answers answers = NoNeed(*instrument);
    EXPECT_FALSE(Fill(*instrument, "total", row.total + 1, answers));
    ASSERT_TRUE(Fill(*instrument, "total", row.total, answers));
    EXPECT_EQ(answers.Score(*instrument)->total().text(),
              absl::StrCat(row.total));
  }
}

// Each item with the points of its options, from the publications.
struct Worth {
  const char* instrument;
  const char* item;
  const char* points;  // in the order of the form
};

const Worth kWorth[] = {
    {"barthel-100", "feeding", "0,5,10"},
    {"barthel-100", "bathing", "0,5"},
    {"barthel-100", "grooming", "0,5"},
    {"barthel-100", "dressing", "0,5,10"},
    {"barthel-100", "bowels", "0,5,10"},
    {"barthel-100", "bladder", "0,5,10"},
    {"barthel-100", "toilet", "0,5,10"},
    {"barthel-100", "transfer", "0,5,10,15"},
    {"barthel-100", "mobility", "0,5,10,15"},
    {"barthel-100", "stairs", "0,5,10"},
    {"barthel-20", "dressing", "0,1,2"},
    {"barthel-20", "transfer", "0,1,2,3"},
    {"barthel-20", "bathing", "0,1"},
    {"katz", "bathing", "0,1"},
    {"katz", "feeding", "0,1"},
    {"lawton", "a", "1,1,1,0"},
    {"lawton", "b", "1,0,0,0"},
    {"lawton", "c", "1,0,0,0"},
    {"lawton", "d", "1,1,1,1,0"},
    {"lawton", "e", "1,1,0"},
    {"lawton", "f", "1,1,1,0,0"},
    {"lawton", "g", "1,0,0"},
    {"lawton", "h", "1,1,0"},
};

TEST(Scales, GiveEachOptionThePointsOfThePublication) {
  for (const Worth& row : kWorth) {
    const auto instrument = Shipped(row.instrument);
    ASSERT_NE(instrument, nullptr);
    std::string points;
    for (const auto& item : instrument->message().items()) {
      if (item.id() != row.item) continue;
      for (const auto& option : item.choice().options()) {
        const auto score = NoNeed(*instrument)
                               .Choose(item.id(), option.id())
                               .Score(*instrument);
        ASSERT_TRUE(score.has_value());
        absl::StrAppend(&points, points.empty() ? "" : ",",
                        score->total().text());
      }
    }
    EXPECT_EQ(points, row.points) << row.instrument << " " << row.item;
  }
}

struct Edge {
  const char* instrument;
  int total;
  const char* level;
};

TEST(Scales, SayTheLevelOnBothSidesOfEachEdge) {
  for (const Edge& row : {Edge{"barthel-100", 0, "full"},
                          {"barthel-100", 20, "full"},
                          {"barthel-100", 25, "severe"},
                          {"barthel-100", 60, "severe"},
                          {"barthel-100", 65, "moderate"},
                          {"barthel-100", 90, "moderate"},
                          {"barthel-100", 95, "mild"},
                          {"barthel-100", 100, "independent"},
                          {"barthel-20", 20, ""},
                          {"katz", 0, "needs_help"},
                          {"katz", 5, "needs_help"},
                          {"katz", 6, "independent"},
                          {"lawton", 8, ""},
                          {"ru-ltc-questionnaire", 2, "none"},
                          {"ru-ltc-questionnaire", 3, "level_1"},
                          {"ru-ltc-questionnaire", 5, "level_1"},
                          {"ru-ltc-questionnaire", 6, "level_2"},
                          {"ru-ltc-questionnaire", 8, "level_2"},
                          {"ru-ltc-questionnaire", 9, "level_3"},
                          {"ru-ltc-questionnaire", 10, "level_3"}}) {
    const auto instrument = Shipped(row.instrument);
    ASSERT_NE(instrument, nullptr);
    Answers answers = NoNeed(*instrument);
    ASSERT_TRUE(Fill(*instrument, "total", row.total, answers));
    const auto score = answers.Score(*instrument);
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->level(), row.level)
        << row.instrument << " " << score->total().text();
  }
}

TEST(Crosswalk, CarriesGroupsThreeToFiveOverToLevels) {
  const auto crosswalk = Shipped("ru-ltc-group-crosswalk");
  ASSERT_NE(crosswalk, nullptr);
  for (const auto& [group, level] :
       {std::pair<const char*, const char*>{"0", "none"},
        {"1", "none"},
        {"2", "none"},
        {"3", "level_1"},
        {"4", "level_2"},
        {"5", "level_3"}}) {
    Answers answers("ru-ltc-group-crosswalk");
    const auto score = answers.Choose("group", group).Score(*crosswalk);
    ASSERT_TRUE(score.has_value());
    EXPECT_EQ(score->level(), level);
    EXPECT_FALSE(score->has_total());
  }
}

TEST(Crosswalk, SaysWhichLinesAreRecalled) {
  const auto crosswalk = Shipped("ru-ltc-group-crosswalk");
  ASSERT_NE(crosswalk, nullptr);
  Answers answers("ru-ltc-group-crosswalk");
  const auto provenance = [&](const char* group) {
    return answers.Choose("group", group)
        .Score(*crosswalk)
        ->because()
        .because(0)
        .source()
        .provenance();
  };
  EXPECT_EQ(provenance("2"), model::v1::PROVENANCE_RECALLED);
  EXPECT_EQ(provenance("3"), model::v1::PROVENANCE_CONFIRMED);
}

TEST(DemoQuestionnaire, SaysThatItsNumbersAreInvented) {
  const auto demo = Shipped("ru-ltc-questionnaire");
  ASSERT_NE(demo, nullptr);
  const auto score = NoNeed(*demo).Score(*demo, "ru");
  ASSERT_TRUE(score.has_value());
  EXPECT_TRUE(score->demo());
  EXPECT_NE(testing::Tree(score->because()).find("числа выдуманы"),
            std::string::npos);
}

}  // namespace
}  // namespace careroute::scoring

// What holds for every total of the NBA, tried on all combinations of bands and
// on random sheets.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/scoring/internal/plan.h"
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

// Totals in quarter points, so that edges are whole numbers.
int QuartersOf(const model::v1::AssessmentScore& score) {
  EXPECT_EQ(4 % score.total().denominator(), 0);
  return static_cast<int>(score.total().numerator() * 4 /
                          score.total().denominator());
}

// The grade by SGB XI § 15(3), written down anew.
std::string GradeOf(int quarters) {
  if (quarters < 50) return "none";
  if (quarters < 108) return "grade_1";
  if (quarters < 190) return "grade_2";
  if (quarters < 280) return "grade_3";
  return quarters < 360 ? "grade_4" : "grade_5";
}

// One sum in each band of each module.
constexpr int kM1[] = {0, 2, 4, 6, 10};
constexpr int kM2[] = {0, 2, 6, 11, 17};
constexpr int kM4[] = {0, 3, 8, 19, 37};
constexpr int kM6[] = {0, 1, 4, 7, 12};

void FillModule5(int band, Answers& answers) {
  constexpr const char* kDiet[] = {"independent", "mostly_independent",
                                   "mostly_dependent", "dependent",
                                   "dependent"};
  answers.Choose("5.16", kDiet[band]);
  answers.Times("5.1", {.per_day = band == 3 ? 1 : 0});
  answers.Times("5.12", {.per_day = band == 4 ? 1 : 0});
}

// All answers, those of one module in the band.
model::v1::AssessmentAnswers SheetOf(char module, int band) {
  Answers answers = NoNeed(Nba());
  switch (module) {
    case '1':
      EXPECT_TRUE(Fill(Nba(), "1", kM1[band], answers));
      break;
    case '2':
      EXPECT_TRUE(Fill(Nba(), "2", kM2[band], answers));
      break;
    case '4':
      answers.Choose("4.a", "incontinent").Choose("4.b", "incontinent");
      EXPECT_TRUE(Fill(Nba(), "4", kM4[band], answers));
      break;
    case '5':
      FillModule5(band, answers);
      break;
    default:
      EXPECT_TRUE(Fill(Nba(), "6", kM6[band], answers));
  }
  return answers.message();
}

TEST(NbaProperty, EveryReachableTotalIsAMultipleOfOneAndAQuarter) {
  std::vector<std::vector<model::v1::AssessmentAnswers>> sheets;
  for (const char module : std::string("12456")) {
    sheets.emplace_back();
    for (int band = 0; band < 5; ++band) {
      sheets.back().push_back(SheetOf(module, band));
    }
  }
  const Answers none = NoNeed(Nba());
  std::set<int> totals;
  for (int i = 0; i < 5 * 5 * 5 * 5 * 5; ++i) {
    const int bands[] = {i % 5, i / 5 % 5, i / 25 % 5, i / 125 % 5, i / 625};
    Answers answers = none;
    for (int k = 0; k < answers.message().answers_size(); ++k) {
      const char first = answers.message().answers(k).item()[0];
      const size_t at = std::string("12456").find(first);
      if (at == std::string::npos) continue;
      *answers.message().mutable_answers(k) =
          sheets[at][static_cast<size_t>(bands[at])].answers(k);
    }
    const auto score = answers.Score(Nba());
    ASSERT_TRUE(score.has_value());
    const int quarters = QuartersOf(*score);
    EXPECT_EQ(quarters % 5, 0) << score->total().text();
    EXPECT_EQ(score->level(), GradeOf(quarters));
    totals.insert(quarters);
  }
  EXPECT_EQ(totals.size(), 79U);
  EXPECT_EQ(totals.count(4 * 27), 0U) << "27 is no total";
  EXPECT_EQ(*totals.lower_bound(4 * 27), 110) << "27.5 is the first of grade 2";
  EXPECT_EQ(*totals.rbegin(), 400);
}

// Options of the items that a random sheet answers, by rising need.
class RandomSheet {
 public:
  explicit RandomSheet(base::Random& random)
      : random_(random), answers_(NoNeed(Nba())) {
    answers_.Choose("4.a", "incontinent").Choose("4.b", "incontinent");
    for (const model::v1::InstrumentItem& item : Nba().message().items()) {
      if (IsRanked(item)) Set(item, Draw(static_cast<int>(Size(item))));
    }
  }

  // A number from 0 to `below` - 1.
  int Draw(int below) {
    return static_cast<int>(random_.Next() % static_cast<std::uint64_t>(below));
  }

  // Items whose options stand in the order of need; 4.13 does not: full feeding
  // scores less than partial.
  static bool IsRanked(const model::v1::InstrumentItem& item) {
    return item.has_frequency() || !item.scale().empty();
  }

  void Set(const model::v1::InstrumentItem& item, int rank) {
    if (item.has_frequency()) {
      answers_.Times(item.id(), {.per_week = rank});
    } else {
      answers_.Choose(
          item.id(),
          internal::OptionsOf(Nba().message(), item)->Get(rank).id());
    }
    rank_of_[item.id()] = rank;
  }

  static int Size(const model::v1::InstrumentItem& item) {
    return item.has_frequency()
               ? 20
               : internal::OptionsOf(Nba().message(), item)->size();
  }

  // Raises the need in one item; false when it is at its highest.
  bool Raise() {
    const auto& items = Nba().message().items();
    const auto& item = items.Get(Draw(items.size()));
    if (!IsRanked(item)) return false;
    const int rank = rank_of_[item.id()];
    if (rank + 1 >= Size(item)) return false;
    Set(item, rank + 1);
    return true;
  }

  const Answers& answers() const { return answers_; }

 private:
  base::Random& random_;
  Answers answers_;
  std::map<std::string, int> rank_of_;
};

TEST(NbaProperty, MoreNeedNeverLowersTotalOrGrade) {
  base::SeededRandom random(20170101);
  for (int life = 0; life < 20; ++life) {
    RandomSheet sheet(random);
    auto before = sheet.answers().Score(Nba());
    for (int step = 0; step < 30; ++step) {
      if (!sheet.Raise()) continue;
      auto after = sheet.answers().Score(Nba());
      ASSERT_TRUE(after.has_value());
      EXPECT_GE(QuartersOf(*after), QuartersOf(*before));
      EXPECT_GE(after->level() == "none" ? "0" : after->level(),
                before->level() == "none" ? "0" : before->level());
      before = std::move(after);
    }
  }
}

TEST(NbaProperty, TheSameAnswersGiveTheSameBytes) {
  base::SeededRandom random(7);
  for (int life = 0; life < 10; ++life) {
    const RandomSheet sheet(random);
    EXPECT_EQ(sheet.answers().Score(Nba())->SerializeAsString(),
              sheet.answers().Score(Nba())->SerializeAsString());
  }
}

TEST(NbaProperty, TheOrderOfAnswersDoesNotMatter) {
  base::SeededRandom random(8);
  RandomSheet sheet(random);
  Answers turned = sheet.answers();
  auto& answers = *turned.message().mutable_answers();
  std::reverse(answers.begin(), answers.end());
  EXPECT_EQ(turned.Score(Nba())->SerializeAsString(),
            sheet.answers().Score(Nba())->SerializeAsString());
}

}  // namespace
}  // namespace careroute::scoring

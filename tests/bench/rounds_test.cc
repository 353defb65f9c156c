#include "tests/bench/rounds.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::bench {
namespace {

TEST(Quantile, IsTheSmallestValueWithThatShareAtOrBelowIt) {
  EXPECT_EQ(Quantile({5, 1, 3}, 0.5), 3);
  EXPECT_EQ(Quantile({4, 3, 2, 1}, 0.5), 2);
  EXPECT_EQ(Quantile({1, 2, 3, 4}, 1), 4);
  EXPECT_EQ(Quantile({7}, 0.01), 7);
  std::vector<double> hundred;
  for (int i = 1; i <= 100; ++i) hundred.push_back(i);
  EXPECT_EQ(Quantile(hundred, 0.99), 99);
}

TEST(Quantile, IsNothingOfNothing) { EXPECT_EQ(Quantile({}, 0.5), 0); }

TEST(Rounds, MeasureFloorAndSubjectByTurns) {
  std::string order;
  double floor = 0;
  double subject = 10;
  const Medians both = Alternate({.rounds = 3}, {.floor =
                                                     [&] {
                                                       order += 'f';
                                                       return ++floor;
                                                     },
                                                 .subject =
                                                     [&] {
                                                       order += 's';
                                                       return ++subject;
                                                     }});
  EXPECT_EQ(order, "fsfsfs");
  EXPECT_EQ(both.floor, 2);
  EXPECT_EQ(both.subject, 12);
}

TEST(Rounds, ShowTheMedianOfARowWithoutAFloor) {
  double value = 0;
  EXPECT_EQ(Repeat({.rounds = 5}, [&value] { return ++value; }), 3);
}

}  // namespace
}  // namespace careroute::bench

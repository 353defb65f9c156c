// That a short run of the torture kills all there is to kill.

#include "tests/torture/blows.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::tests {
namespace {

const std::vector<Blow> kAll = {Blow::kEveryHub, Blow::kOneHub,
                                Blow::kConnection, Blow::kServer};

std::vector<Blow> Draw(Blows& blows) {
  std::vector<Blow> drawn;
  std::generate_n(std::back_inserter(drawn), kAll.size(),
                  [&blows] { return blows.Next(); });
  return drawn;
}

TEST(Blows, EveryKindComesOnceBeforeAnyComesAgain) {
  base::SeededRandom random(7);
  Blows blows(kAll, random);
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(Draw(blows), testing::UnorderedElementsAreArray(kAll));
  }
}

TEST(Blows, TheSeedDecidesTheOrder) {
  base::SeededRandom one(7);
  base::SeededRandom same(7);
  Blows blows(kAll, one);
  Blows again(kAll, same);
  bool differ = false;
  const std::vector<Blow> first = Draw(blows);
  EXPECT_EQ(first, Draw(again));
  for (int i = 0; i < 20; ++i) differ = Draw(blows) != first || differ;
  EXPECT_TRUE(differ);
}

TEST(Blows, EachHasItsWord) {
  for (const Blow blow : kAll) EXPECT_FALSE(WordOf(blow).empty());
}

}  // namespace
}  // namespace careroute::tests

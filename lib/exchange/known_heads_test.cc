#include "lib/exchange/known_heads.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::exchange {
namespace {

using ::testing::IsEmpty;

constexpr store::StreamId kCase{.kind = store::StreamKind::kCase,
                                .id = {.high = 1, .low = 2}};

TEST(KnownHeads, ACopyKeepsWhatItHadWhenTheOtherChanges) {
  KnownHeads one;
  one.Change()[kCase].version = 1;
  const KnownHeads before = one;
  EXPECT_EQ(&*before, &*one) << "shared until then";
  one.Change()[kCase].version = 2;
  EXPECT_EQ(before->at(kCase).version, 1);
  EXPECT_EQ(one->at(kCase).version, 2);
}

TEST(KnownHeads, AreEqualWhenWhatTheyHoldIs) {
  KnownHeads one;
  KnownHeads other;
  EXPECT_EQ(one, other);
  EXPECT_THAT(*one, IsEmpty());
  one.Change()[kCase].version = 1;
  EXPECT_FALSE(one == other);
  other.Change()[kCase].version = 1;
  EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace careroute::exchange

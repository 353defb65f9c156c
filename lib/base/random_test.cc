#include "lib/base/random.h"

#include <array>
#include <set>

#include "gtest/gtest.h"
#include "lib/base/real_random.h"

namespace careroute::base {
namespace {

// Gives the numbers it was handed, over and over.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(std::vector<uint64_t> numbers)
      : numbers_(std::move(numbers)) {}
  uint64_t Next() override { return numbers_[at_++ % numbers_.size()]; }
  [[nodiscard]] size_t drawn() const { return at_; }

 private:
  std::vector<uint64_t> numbers_;
  size_t at_ = 0;
};

// Worked out apart from this code, from the published reference programs of
// the two generators: a change here would change every seed ever printed.
TEST(SeededRandom, FollowsTheReferencePrograms) {
  SeededRandom zero(0);
  EXPECT_EQ(zero.Next(), 0x99ec5f36cb75f2b4);
  EXPECT_EQ(zero.Next(), 0xbf6e1f784956452a);
  EXPECT_EQ(zero.Next(), 0x1a5f849d4933e6e0);
}

TEST(SeededRandom, GivesTheSameSequenceForTheSameSeed) {
  SeededRandom one(42);
  SeededRandom two(42);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(one.Next(), two.Next());
  }
}

TEST(SeededRandom, GivesAnotherSequenceForAnotherSeed) {
  SeededRandom one(42);
  SeededRandom two(43);
  EXPECT_NE(one.Next(), two.Next());
}

TEST(RandomUniform, StaysBelowItsBoundAndReachesEveryNumber) {
  SeededRandom random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) {
    const uint64_t drawn = random.Uniform(6);
    ASSERT_LT(drawn, 6U);
    ++seen[drawn];
  }
  for (const int count : seen) {
    EXPECT_NEAR(count, 1000, 150);
  }
}

TEST(RandomUniform, BoundOneIsAlwaysZero) {
  SeededRandom random(1);
  EXPECT_EQ(random.Uniform(1), 0U);
}

// 2^64 mod 3 is 1: the number 0 would make the result 0 likelier than 1 and 2,
// so it is drawn again.
TEST(RandomUniform, DrawsAgainWhatWouldBeUneven) {
  ScriptedRandom random({0, 5});
  EXPECT_EQ(random.Uniform(3), 2U);
  EXPECT_EQ(random.drawn(), 2U);
}

TEST(RandomUniformDeathTest, RefusesABoundOfZero) {
  EXPECT_DEATH(
      {
        SeededRandom random(1);
        (void)random.Uniform(0);
      },
      "check failed: bound > 0");
}

TEST(RandomBytes, GivesAnySizeFromTheSameNumbers) {
  ScriptedRandom random({0x0807060504030201, 0x100f0e0d0c0b0a09});
  EXPECT_EQ(random.Bytes(0), "");
  EXPECT_EQ(random.drawn(), 0U);
  EXPECT_EQ(random.Bytes(10), "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a");
}

TEST(RandomBytes, DrawsNoMoreThanItGives) {
  SeededRandom whole(3);
  SeededRandom parts(3);
  const std::string first = parts.Bytes(40);
  EXPECT_EQ(whole.Bytes(80), first + parts.Bytes(40));
  EXPECT_EQ(whole.Next(), parts.Next());
}

TEST(RandomFill, DrawsAsManyCallsOfNextWould) {
  SeededRandom one(3);
  SeededRandom two(3);
  std::array<uint64_t, 5> words{};
  one.Fill(words);
  for (const uint64_t word : words) EXPECT_EQ(word, two.Next());
}

TEST(RealRandom, DoesNotRepeatItself) {
  RealRandom random;
  std::set<uint64_t> seen;
  for (int i = 0; i < 100; ++i) {
    seen.insert(random.Next());
  }
  EXPECT_EQ(seen.size(), 100U);
}

// More than the kernel gives in one piece, and no whole number of pieces.
TEST(RealRandom, FillsEveryWord) {
  RealRandom random;
  std::array<uint64_t, 75> words{};
  random.Fill(words);
  const std::set<uint64_t> seen(words.begin(), words.end());
  EXPECT_EQ(seen.size(), words.size());
  EXPECT_EQ(seen.count(0), 0U);
}

}  // namespace
}  // namespace careroute::base

#include "tests/torture/mishap.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kPause = absl::Milliseconds(50);

Mishap Of(MishapKind kind, size_t after) {
  return Mishap({.kind = kind, .after = after, .pause = kPause, .bit = 1});
}

std::vector<std::string> BytesOf(const std::vector<Mishap::Part>& parts) {
  std::vector<std::string> bytes;
  for (const Mishap::Part& part : parts) bytes.push_back(part.bytes);
  return bytes;
}

TEST(Mishap, WithoutOneEverythingGoesOnAtOnce) {
  Mishap none;
  const auto parts = none.Meet("abc");
  EXPECT_THAT(BytesOf(parts), ElementsAre("abc"));
  EXPECT_EQ(parts[0].pause, absl::ZeroDuration());
}

TEST(Mishap, ACutLetsPassWhatCameBeforeAndNothingMore) {
  Mishap cut = Of(MishapKind::kCut, 4);
  EXPECT_THAT(BytesOf(cut.Meet("abc")), ElementsAre("abc"));
  EXPECT_FALSE(cut.hangs_up());
  EXPECT_THAT(BytesOf(cut.Meet("def")), ElementsAre("d"));
  EXPECT_TRUE(cut.hangs_up());
  EXPECT_THAT(cut.Meet("g"), IsEmpty());
}

TEST(Mishap, WhatIsSwallowedIsSaidToNobody) {
  Mishap swallow = Of(MishapKind::kSwallow, 1);
  EXPECT_THAT(BytesOf(swallow.Meet("abc")), ElementsAre("a"));
  EXPECT_TRUE(swallow.happened());
  EXPECT_FALSE(swallow.hangs_up());
  EXPECT_THAT(swallow.Meet("def"), IsEmpty());
}

TEST(Mishap, AFlipChangesOneBitOfTheByteThatWasDrawn) {
  Mishap flip = Of(MishapKind::kFlip, 4);
  EXPECT_THAT(BytesOf(flip.Meet("abc")), ElementsAre("abc"));
  // 'e' is 0x65; its second bit is set in 'g', 0x67.
  EXPECT_THAT(BytesOf(flip.Meet("def")), ElementsAre("d", "gf"));
  EXPECT_THAT(BytesOf(flip.Meet("ghi")), ElementsAre("ghi"));
}

TEST(Mishap, HalvesComeInOrderWithAPauseBetween) {
  Mishap halve = Of(MishapKind::kHalve, 0);
  const auto parts = halve.Meet("abcde");
  EXPECT_THAT(BytesOf(parts), ElementsAre("ab", "cde"));
  EXPECT_EQ(parts[0].pause, absl::ZeroDuration());
  EXPECT_EQ(parts[1].pause, kPause);
}

TEST(Mishap, ADelayHoldsBackEveryPart) {
  Mishap delay = Of(MishapKind::kDelay, 0);
  for (const char* bytes : {"abc", "def"}) {
    const auto parts = delay.Meet(bytes);
    EXPECT_THAT(BytesOf(parts), ElementsAre(bytes));
    EXPECT_EQ(parts[0].pause, kPause);
  }
}

TEST(Mishap, EveryKindIsDrawnAndNoPauseIsLongerThanIsSaid) {
  base::SeededRandom random(7);
  std::set<MishapKind> kinds;
  for (int i = 0; i < 200; ++i) {
    Mishap drawn = Mishap::Draw(random);
    kinds.insert(drawn.kind());
    for (const Mishap::Part& part : drawn.Meet(std::string(1 << 15, 'x'))) {
      EXPECT_LE(part.pause, kPauseMax);
      EXPECT_FALSE(part.bytes.empty());
    }
  }
  EXPECT_EQ(kinds.size(), kMishapKinds);
}

}  // namespace
}  // namespace careroute::tests

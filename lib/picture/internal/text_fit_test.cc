#include "lib/picture/internal/text_fit.h"

#include "gmock/gmock.h"

namespace careroute::picture::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::SizeIs;

TEST(FitText, KeepsAShortTextOnOneLine) {
  EXPECT_THAT(FitText("Согласие", {}), ElementsAre("Согласие"));
}

TEST(FitText, BreaksAtSpaces) {
  EXPECT_THAT(FitText("one two three", {.width = 40}),
              ElementsAre("one two", "three"));
}

TEST(FitText, KeepsASignWithItsNumber) {
  EXPECT_THAT(FitText("goes on \u2192\u00a012", {.width = 45}),
              ElementsAre("goes on", "\u2192\u00a012"));
}

TEST(FitText, GivesBoldLettersMoreRoom) {
  EXPECT_GT(TextWidth("Шаг", 7, /*bold=*/true), TextWidth("Шаг", 7));
}

TEST(FitText, CutsAWordThatNoLineHolds) {
  const auto lines = FitText("межведомственный", {.width = 40});
  ASSERT_GT(lines.size(), 1U);
  std::string whole;
  for (const std::string& line : lines) {
    EXPECT_LE(TextWidth(line, 8), 40);
    whole += line;
  }
  EXPECT_EQ(whole, "межведомственный");
}

TEST(FitText, SaysWhereItLeftSomethingOut) {
  const auto lines =
      FitText("one two three four five", {.width = 30, .lines_max = 2});
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines.back(), EndsWith("…"));
}

TEST(FitText, HasALineForNothing) {
  EXPECT_THAT(FitText("", {}), ElementsAre(""));
}

}  // namespace
}  // namespace careroute::picture::internal

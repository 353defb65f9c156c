#include "services/command/text_width.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::ElementsAre;

TEST(TextWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(TextWidth(""), 0);
  EXPECT_EQ(TextWidth("step"), 4);
  EXPECT_EQ(TextWidth("шаг"), 3);
  EXPECT_EQ(TextWidth("日本"), 4);
  // й as и with a breve above.
  EXPECT_EQ(TextWidth("и\xcc\x86"), 1);
}

TEST(TextWidth, TakesBrokenUtf8ForOneColumnAByte) {
  EXPECT_EQ(TextWidth("a\xff"), 2);
}

TEST(Clean, KeepsControlCharactersFromTheTerminal) {
  EXPECT_EQ(Clean("a\x1b[31mb\nc"), "a [31mb c");
  EXPECT_EQ(Clean("a\xc2\x9b"
                  "b"),
            "a b");
  EXPECT_EQ(Clean("a\xff"), "a?");
  // A mark that turns what follows from right to left.
  EXPECT_EQ(Clean("a\xe2\x80\xae"
                  "b"),
            "a b");
}

TEST(Pad, FillsByColumns) {
  EXPECT_EQ(Pad("шаг", 5), "шаг  ");
  EXPECT_EQ(Pad("шаги", 3), "шаги");
}

TEST(Wrap, BreaksBetweenWords) {
  EXPECT_THAT(Wrap("первая встреча с семьёй", 9),
              ElementsAre("первая", "встреча с", "семьёй"));
}

TEST(Wrap, CutsAWordThatIsWiderThanALine) {
  EXPECT_THAT(Wrap("межведомственный запрос", 6),
              ElementsAre("межвед", "омстве", "нный", "запрос"));
}

TEST(Wrap, KeepsOneLineWithoutAWidthAndAtLeastOne) {
  EXPECT_THAT(Wrap("a b c", 0), ElementsAre("a b c"));
  EXPECT_THAT(Wrap("", 10), ElementsAre(""));
}

TEST(Wrap, GoesOnWhenACharacterIsWiderThanTheLine) {
  EXPECT_THAT(Wrap("日本", 1), ElementsAre("日", "本"));
}

}  // namespace
}  // namespace careroute::services

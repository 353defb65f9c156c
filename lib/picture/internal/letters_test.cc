#include "lib/picture/internal/letters.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::picture::internal {
namespace {

TEST(OnOneLine, KeepsLettersOfEveryAlphabet) {
  for (const char* text : {"Шаг № 1", "ab", "עברית", "日本", "\U0001F600"}) {
    EXPECT_EQ(OnOneLine(text), text);
  }
}

TEST(OnOneLine, MakesLineEndsSpaces) {
  EXPECT_EQ(OnOneLine("one\ntwo\r\tthree\u2028four"), "one two  three four");
}

TEST(OnOneLine, LeavesOutWhatTurnsOrMovesTheWordsAround) {
  EXPECT_EQ(OnOneLine("a\u202eb\u2066c\u200fd\x1b[1me"), "abcd[1me");
}

TEST(OnOneLine, LeavesOutWhatIsNoCharacter) {
  EXPECT_EQ(OnOneLine(std::string("a\xff\xc3") + std::string(1, '\0') + "b"),
            "ab");
  EXPECT_EQ(OnOneLine("a\ufffe"
                      "b"),
            "ab");
}

}  // namespace
}  // namespace careroute::picture::internal

#include "lib/base/plain_text.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::base {
namespace {

TEST(IsPlainText, TakesWhatPeopleWrite) {
  for (const char* text :
       {"", "Направление в детский сад № 5", "Cafe\u0301, 3\u00a0кг",
        "one\ttwo\nthree", "\U0001f469\u200d\U0001f467", "נתיב", "مسار",
        "می\u200cخواهم", "<3 лет", "a\u00adb", "\u2764\ufe0f", "\u0601 2"}) {
    EXPECT_TRUE(IsPlainText(text)) << text;
  }
}

TEST(IsPlainText, RefusesWhatNobodySees) {
  struct Row {
    const char* name;
    const char* character;
  };
  const Row rows[] = {
      {"bell", "\x07"},
      {"carriage return", "\r"},
      {"escape", "\x1b"},
      {"delete", "\x7f"},
      {"control of the second set", "\u009b"},
      {"Arabic letter mark", "\u061c"},
      {"space of no width", "\u200b"},
      {"left-to-right mark", "\u200e"},
      {"right-to-left mark", "\u200f"},
      {"line separator", "\u2028"},
      {"right-to-left override", "\u202e"},
      {"word joiner", "\u2060"},
      {"isolate", "\u2066"},
      {"Hangul filler", "\u3164"},
      {"interlinear anchor", "\ufff9"},
      {"byte order mark", "\ufeff"},
      {"no character", "\uffff"},
      {"no character of plane 1", "\U0001ffff"},
      {"tag", "\U000e0041"},
  };
  for (const Row& row : rows) {
    EXPECT_FALSE(IsPlainText(absl::StrCat("a", row.character, "b")))
        << row.name;
  }
}

TEST(IsPlainText, RefusesWhatIsNoUtf8) {
  EXPECT_FALSE(IsPlainText("\xff"));
  EXPECT_FALSE(IsPlainText("\xed\xa0\x80"));
  EXPECT_FALSE(IsPlainText("\xc0\xaf"));
}

TEST(IsBlank, IsWhatHoldsNothingToRead) {
  EXPECT_TRUE(IsBlank(""));
  EXPECT_TRUE(IsBlank(" \t\n\u00a0\u2003\u3000 "));
  EXPECT_FALSE(IsBlank(" a "));
  EXPECT_FALSE(IsBlank("\u2014"));
  EXPECT_FALSE(IsBlank("\xff"));
}

}  // namespace
}  // namespace careroute::base

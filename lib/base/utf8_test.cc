#include "lib/base/utf8.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace careroute::base {
namespace {

struct Row {
  std::string name;
  std::string bytes;
  bool valid;
};

std::string RowName(const testing::TestParamInfo<Row>& info) {
  return info.param.name;
}

class IsValidUtf8Test : public testing::TestWithParam<Row> {};

TEST_P(IsValidUtf8Test, JudgesTheBytesAlone) {
  EXPECT_EQ(IsValidUtf8(GetParam().bytes), GetParam().valid);
}

// A fault is found wherever it stands: the same bytes between valid text.
TEST_P(IsValidUtf8Test, JudgesTheBytesInsideAText) {
  EXPECT_EQ(IsValidUtf8(absl::StrCat("ребёнок ", GetParam().bytes, " (2)")),
            GetParam().valid);
}

INSTANTIATE_TEST_SUITE_P(
    Table, IsValidUtf8Test,
    testing::ValuesIn<Row>({
        {"Empty", "", true},
        {"Ascii", "a \x7f", true},
        {"Zero", std::string(1, '\0'), true},
        {"TwoBytesFirst", "\xc2\x80", true},
        {"TwoBytesLast", "\xdf\xbf", true},
        {"ThreeBytesFirst", "\xe0\xa0\x80", true},
        {"BeforeSurrogates", "\xed\x9f\xbf", true},
        {"AfterSurrogates", "\xee\x80\x80", true},
        {"ThreeBytesLast", "\xef\xbf\xbf", true},
        {"FourBytesFirst", "\xf0\x90\x80\x80", true},
        {"FourBytesLast", "\xf4\x8f\xbf\xbf", true},
        {"LoneContinuation", "\x80", false},
        {"OverLongSlashTwoBytes", "\xc0\xaf", false},
        {"OverLongTwoBytesLast", "\xc1\xbf", false},
        {"OverLongThreeBytes", "\xe0\x9f\xbf", false},
        {"OverLongFourBytes", "\xf0\x8f\xbf\xbf", false},
        {"FirstSurrogate", "\xed\xa0\x80", false},
        {"LastSurrogate", "\xed\xbf\xbf", false},
        {"AboveUnicode", "\xf4\x90\x80\x80", false},
        {"LeadF5", "\xf5\x80\x80\x80", false},
        {"LeadFf", "\xff", false},
        {"CutAfterOneOfTwo", "\xd0", false},
        {"CutAfterTwoOfThree", "\xe2\x82", false},
        {"CutAfterThreeOfFour", "\xf0\x9f\x98", false},
        {"ThirdByteNotContinuation", "\xe2\x82\x41", false},
        {"FourthByteNotContinuation", "\xf0\x9f\x98\x41", false},
        {"SecondByteIsALead", "\xd0\xd0\xb0", false},
    }),
    RowName);

}  // namespace
}  // namespace careroute::base

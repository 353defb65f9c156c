#include "services/command/import/row_text.h"

#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

std::string All(RowText& text) {
  std::string all;
  for (int byte = text.Next(); byte != RowText::kEnd; byte = text.Next()) {
    all.push_back(static_cast<char>(byte));
  }
  return all;
}

TEST(RowText, PassesOverAByteOrderMarkOnly) {
  std::istringstream marked(
      "\xEF\xBB\xBF"
      "a");
  RowText text(marked);
  EXPECT_EQ(All(text), "a");
  std::istringstream half(
      "\xEF\xBB"
      "a");
  RowText other(half);
  EXPECT_EQ(All(other),
            "\xEF\xBB"
            "a");
  std::istringstream alone("\xEF");
  RowText third(alone);
  EXPECT_EQ(All(third), "\xEF");
}

TEST(RowText, KnowsItsLine) {
  std::istringstream stream("a\nb\n\nc");
  RowText text(stream);
  EXPECT_EQ(text.line(), 1);
  EXPECT_EQ(text.Peek(), 'a');
  text.SkipLine();
  EXPECT_EQ(text.line(), 2);
  text.SkipLine();
  text.SkipLine();
  EXPECT_EQ(text.line(), 4);
  EXPECT_EQ(All(text), "c");
  EXPECT_EQ(text.Peek(), RowText::kEnd);
  text.SkipLine();
  EXPECT_FALSE(text.failed());
}

}  // namespace
}  // namespace careroute::services

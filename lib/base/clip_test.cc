#include "lib/base/clip.h"

#include "gtest/gtest.h"

namespace careroute::base {
namespace {

TEST(Clip, LeavesAShortTextAlone) {
  EXPECT_EQ(Clip("", 0), "");
  EXPECT_EQ(Clip("four", 4), "four");
}

TEST(Clip, CutsBetweenCharacters) {
  EXPECT_EQ(Clip("fours", 4), "four...");
  EXPECT_EQ(Clip("дом", 3), "д...");
  EXPECT_EQ(Clip("дом", 1), "...");
}

}  // namespace
}  // namespace careroute::base

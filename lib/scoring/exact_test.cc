#include "lib/scoring/exact.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::scoring {
namespace {

struct Reading {
  const char* text;
  std::int64_t numerator;
  std::int64_t denominator;
};

TEST(ParseExact, ReadsWhatAnActSays) {
  for (const Reading& row : {Reading{"0", 0, 1},
                             {"12.5", 25, 2},
                             {"8.6", 43, 5},
                             {"1/7", 1, 7},
                             {"2/30", 1, 15},
                             {"-1", -1, 1},
                             {"-0.5", -1, 2},
                             {"1000000", 1'000'000, 1},
                             {"0.000001", 1, 1'000'000}}) {
    const std::optional<Exact> number = ParseExact(row.text);
    ASSERT_TRUE(number.has_value()) << row.text;
    EXPECT_EQ(number->numerator(), row.numerator) << row.text;
    EXPECT_EQ(number->denominator(), row.denominator) << row.text;
  }
}

TEST(ParseExact, RefusesEverythingElse) {
  for (const char* text : {"",
                           " 1",
                           "1 ",
                           "+1",
                           "--1",
                           "1e3",
                           "1.",
                           ".5",
                           "1.2.3",
                           "1,5",
                           "1/0",
                           "1/7/2",
                           "/7",
                           "1/",
                           "1/1001",
                           "1000001",
                           "1000000.5",
                           "0.0000001",
                           "9223372036854775808",
                           "99999999999999999999",
                           "nan",
                           "inf",
                           "0x10",
                           "١",
                           "1/-7"}) {
    EXPECT_FALSE(ParseExact(text).has_value()) << text;
  }
}

TEST(Exact, AddsWithoutRounding) {
  Exact sum;
  for (int i = 0; i < 7; ++i) sum = sum + *ParseExact("1/7");
  EXPECT_EQ(sum, Exact(1));
  EXPECT_EQ(*ParseExact("8.6") + *ParseExact("4.3"), *ParseExact("12.9"));
  EXPECT_EQ(Times(*ParseExact("4.3"), 3), *ParseExact("12.9"));
}

TEST(Exact, ComparesWithoutRounding) {
  EXPECT_LT(*ParseExact("4/30"), *ParseExact("1/7"));
  EXPECT_GT(*ParseExact("5/30"), *ParseExact("1/7"));
  EXPECT_LT(*ParseExact("-0.5"), Exact());
}

TEST(ToText, SaysTheNumberExactly) {
  EXPECT_EQ(ToText(*ParseExact("27.50"), "en"), "27.5");
  EXPECT_EQ(ToText(*ParseExact("27.5"), "ru"), "27,5");
  EXPECT_EQ(ToText(*ParseExact("3.05"), "en"), "3.05");
  EXPECT_EQ(ToText(*ParseExact("15/7"), "en"), "2 1/7");
  EXPECT_EQ(ToText(*ParseExact("1/7"), "ru"), "1/7");
  EXPECT_EQ(ToText(*ParseExact("-1.25"), "en"), "-1.25");
  EXPECT_EQ(ToText(Exact(7), "ru"), "7");
}

TEST(CommonGrain, IsBounded) {
  EXPECT_EQ(CommonGrain(4, 30), 60);
  EXPECT_EQ(CommonGrain(997, 991), 988'027);
  EXPECT_EQ(CommonGrain(1'000'000, 7), 0);
}

}  // namespace
}  // namespace careroute::scoring

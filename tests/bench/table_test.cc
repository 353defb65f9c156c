#include "tests/bench/table.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Row RateOverFloor() {
  return {.name = "transitions",
          .unit = "/s",
          .goal = {Of::kRatio, Bound::kAtLeast, 0.30}};
}

Row Latency() {
  return {
      .name = "p99", .unit = "ms", .goal = {Of::kValue, Bound::kAtMost, 20}};
}

Row Cost() {
  return {.name = "no-op method",
          .unit = "us",
          .goal = {Of::kExcess, Bound::kAtMost, 15}};
}

TEST(Goal, IsMetByTheRatioWhereTheRatioHasIt) {
  EXPECT_TRUE(Meets(RateOverFloor().goal, {.value = 30, .floor = 100}));
  EXPECT_FALSE(Meets(RateOverFloor().goal, {.value = 29, .floor = 100}));
}

TEST(Goal, IsMetByWhatIsAddedToTheFloorWhereThatHasIt) {
  EXPECT_TRUE(Meets(Cost().goal, {.value = 21, .floor = 6}));
  EXPECT_FALSE(Meets(Cost().goal, {.value = 22, .floor = 6}));
}

TEST(Goal, IsMetByTheValueWhereTheValueHasIt) {
  EXPECT_TRUE(Meets(Latency().goal, {.value = 20}));
  EXPECT_FALSE(Meets(Latency().goal, {.value = 21}));
}

TEST(Table, GivesProgramsTheSevenFieldsOfARow) {
  const std::vector<Line> lines = {
      {.row = RateOverFloor(), .measured = Measured{.value = 40, .floor = 80}},
      {.row = Latency(), .measured = Measured{.value = 25.5}}};
  EXPECT_EQ(TableJson(lines),
            "[{\"row\":\"transitions\",\"value\":40,\"unit\":\"/s\","
            "\"floor\":80,\"ratio\":0.5,\"goal\":\">= 0.30\",\"met\":true},\n"
            " {\"row\":\"p99\",\"value\":25.5,\"unit\":\"ms\","
            "\"floor\":null,\"ratio\":null,\"goal\":\"<= 20 ms\","
            "\"met\":false}]\n");
}

TEST(Table, SaysThatAGoalIsAboveTheFloor) {
  const std::vector<Line> lines = {
      {.row = Cost(), .measured = Measured{.value = 16, .floor = 6.4}}};
  EXPECT_EQ(TableJson(lines),
            "[{\"row\":\"no-op method\",\"value\":16,\"unit\":\"us\","
            "\"floor\":6.4,\"ratio\":2.5,\"goal\":\"<= floor + 15 us\","
            "\"met\":true}]\n");
}

TEST(Table, ShowsASkippedRowWithoutValueOrVerdict) {
  const std::vector<Line> lines = {
      {.row = Latency(), .measured = absl::NotFoundError("no such command")}};
  EXPECT_THAT(TableJson(lines), HasSubstr("\"value\":null"));
  EXPECT_THAT(TableJson(lines), HasSubstr("\"met\":null"));
  EXPECT_THAT(TableText(lines), HasSubstr("skipped: p99: no such command."));
}

TEST(Table, SaysWhatWasCountedBesideAMissedGoal) {
  const std::vector<Line> lines = {
      {.row = RateOverFloor(),
       .measured = Measured{.value = 10, .floor = 80, .note = "9 rows each"}}};
  EXPECT_THAT(TableText(lines), HasSubstr("missed: transitions: 9 rows each."));
  EXPECT_THAT(TableText(lines), HasSubstr("0.12"));
}

TEST(Table, CallsNothingMissedThatReachedItsGoal) {
  const std::vector<Line> lines = {
      {.row = Latency(),
       .measured = Measured{.value = 3, .note = "half within 1 ms"}}};
  EXPECT_THAT(TableText(lines), HasSubstr("p99: half within 1 ms."));
  EXPECT_THAT(TableText(lines), Not(HasSubstr("missed")));
}

}  // namespace
}  // namespace careroute::bench

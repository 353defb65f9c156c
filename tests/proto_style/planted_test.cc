#include "tests/proto_style/planted.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

std::vector<Planted> AllPlanted() {
  std::vector<Planted> all;
  for (const auto& rows :
       {PlantedComments(), PlantedNames(), PlantedMethods(),
        PlantedRequestIds(), PlantedPages(), PlantedLimits(),
        PlantedLimitFaults(), PlantedBounds(), PlantedDataClasses()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

class PlantedTest : public testing::TestWithParam<Planted> {};

TEST_P(PlantedTest, GivesTheExpectedProblemsAndNoOthers) {
  const Planted& planted = GetParam();
  const auto schema = Schema::FromTexts(FileOf(planted));
  ASSERT_TRUE(schema.ok()) << schema.status();
  base::Problems problems;
  for (const Rule& rule : AllRules()) {
    if (rule.reason == planted.rule) {
      rule.check(**schema, problems);
    }
  }
  std::vector<std::string> found;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_EQ(problem.reason, planted.rule);
    found.push_back(problem.path.substr(planted.package.size() + 1));
  }
  EXPECT_THAT(found, testing::ElementsAreArray(planted.expected));
}

std::string PlantedName(const testing::TestParamInfo<Planted>& row) {
  return absl::StrCat(row.param.rule, "_", row.param.name);
}

INSTANTIATE_TEST_SUITE_P(Tables, PlantedTest, testing::ValuesIn(AllPlanted()),
                         PlantedName);

TEST(AllRules, EachHasAPlantedViolation) {
  const std::vector<Planted> all = AllPlanted();
  for (const Rule& rule : AllRules()) {
    // Its place is a path, not a text: it has a test of its own.
    if (rule.reason == "PACKAGE") {
      continue;
    }
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Planted& row) {
      return row.rule == rule.reason && !row.expected.empty();
    })) << rule.reason;
  }
}

}  // namespace
}  // namespace careroute::proto_style

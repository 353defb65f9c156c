// Pathways of other countries are files and nothing else: this test finds them,
// and the scenarios of abroad/ play them, without a line that names one.

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/problems.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/publish.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/shipped.h"

namespace careroute::scenarios {
namespace {

TEST(PathwayFromAbroad, IsPublishedWithNothingLeftToMend) {
  ASSERT_FALSE(ShippedCatalogue().abroad.empty());
  for (const auto& [id, shipped] : ShippedCatalogue().abroad) {
    base::Problems problems;
    const auto edition = pathway::Publish(
        pathway::DirectoryFileReader(kAbroad),
        {.pathway = pathway::FileOfPathway(id),
         .overlay = absl::StrCat("overlays/demo-region.", id, ".textproto")},
        problems);
    for (const base::Problem& one : problems.list()) {
      ADD_FAILURE() << one.file << ":" << one.line << " " << one.path << " "
                    << one.reason << ": " << one.message;
    }
    EXPECT_NE(edition, nullptr) << id;
  }
}

TEST(PathwayFromAbroad, IsOfAnotherCountryThanTheShippedOnes) {
  for (const auto& [id, shipped] : ShippedCatalogue().abroad) {
    EXPECT_FALSE(absl::StartsWith(shipped.pathway.jurisdiction(), "RU")) << id;
  }
}

TEST(PathwayFromAbroad, HasAScenario) {
  std::set<std::string> played;
  for (const std::string& name : ScenarioNames()) {
    const absl::StatusOr<testing::v1::Scenario> scenario = LoadScenario(name);
    ASSERT_TRUE(scenario.ok()) << scenario.status();
    played.insert(scenario->given().pathway());
  }
  for (const auto& [id, shipped] : ShippedCatalogue().abroad) {
    EXPECT_EQ(played.count(id), 1u) << "no scenario plays " << id;
  }
}

}  // namespace
}  // namespace careroute::scenarios

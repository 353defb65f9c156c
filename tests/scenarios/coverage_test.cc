// Every edge of the shipped pathways is walked by some scenario.

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/scenarios/edges.h"
#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/played_once.h"
#include "tests/scenarios/shipped.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

// What all scenarios together walk, by pathway.
std::map<std::string, Edges> WalkAll() {
  std::map<std::string, Edges> walked;
  for (const std::string& name : ScenarioNames()) {
    for (const auto& [pathway, edges] : PlayOnce(name).walked) {
      walked[pathway].insert(edges.begin(), edges.end());
    }
  }
  return walked;
}

const std::map<std::string, Edges>& Walked() {
  static const auto* const walked = new std::map<std::string, Edges>(WalkAll());
  return *walked;
}

// What is a block's may be shown on any pathway that uses it alike.
Edges WalkedOnAny() {
  Edges all;
  for (const auto& [id, walked] : Walked()) {
    all.insert(walked.begin(), walked.end());
  }
  return all;
}

// Edges that no scenario walks, each with the reason, "edge -- why" a line.
Edges WithoutScenario(const std::string& pathway) {
  const absl::StatusOr<std::string> text = tests::ReadFile(
      absl::StrCat("tests/scenarios/", pathway, "/without_scenario.txt"));
  EXPECT_TRUE(text.ok()) << text.status();
  if (!text.ok()) return {};
  Edges edges;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(absl::string_view(" -- "), 1));
    EXPECT_FALSE(parts.second.empty()) << "say why: " << line;
    edges.insert(std::string(parts.first.data(), parts.first.size()));
  }
  return edges;
}

Edges Union(Edges one, const Edges& other) {
  one.insert(other.begin(), other.end());
  return one;
}

std::string Lines(const Edges& from, const Edges& without) {
  std::vector<std::string> rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(rest));
  return absl::StrJoin(rest, "\n");
}

class ScenarioCoverage : public ::testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] const ShippedPathway& shipped() const {
    return ShippedPathwayOf(GetParam());
  }
  [[nodiscard]] Edges OfBlocks() const {
    return EdgesOfSteps(shipped().pathway, [this](absl::string_view step) {
      return IsOfBlock(shipped(), step);
    });
  }
  [[nodiscard]] Edges OfItsOwn() const {
    return Union(EdgesOfSteps(shipped().pathway,
                              [this](absl::string_view step) {
                                return !IsOfBlock(shipped(), step);
                              }),
                 EdgesOfCase(shipped().pathway));
  }
  [[nodiscard]] Edges WalkedHere() const {
    const auto it = Walked().find(GetParam());
    return it == Walked().end() ? Edges() : it->second;
  }
};

TEST_P(ScenarioCoverage, WalksEveryEdgeOfItsOwn) {
  EXPECT_EQ(Lines(OfItsOwn(), Union(WalkedHere(), WithoutScenario(GetParam()))),
            "")
      << "these edges have no scenario";
}

TEST_P(ScenarioCoverage, WalksEveryEdgeOfItsBlocksOnSomePathway) {
  EXPECT_EQ(
      Lines(OfBlocks(), Union(WalkedOnAny(), WithoutScenario(GetParam()))), "")
      << "these edges have no scenario";
}

TEST_P(ScenarioCoverage, ExcusesOnlyWhatIsSo) {
  const Edges excused = WithoutScenario(GetParam());
  const Edges walked = WalkedHere();
  EXPECT_EQ(Lines(excused, Union(OfItsOwn(), OfBlocks())), "")
      << "these are no edges any more";
  Edges walked_too;
  std::set_intersection(excused.begin(), excused.end(), walked.begin(),
                        walked.end(),
                        std::inserter(walked_too, walked_too.end()));
  EXPECT_EQ(absl::StrJoin(walked_too, "\n"), "")
      << "these have a scenario: strike them from without_scenario.txt";
}

std::vector<std::string> ShippedIds() {
  std::vector<std::string> ids;
  for (const auto& [id, shipped] : ShippedCatalogue().pathways) {
    ids.push_back(id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Shipped, ScenarioCoverage,
                         ::testing::ValuesIn(ShippedIds()), NameOfTest);

// A model without edges would be covered by nothing at all.
TEST(Edges, NameWhatAPathwayCanDo) {
  const model::v1::Pathway& pathway = ShippedPathwayOf("early-help").pathway;
  const Edges edges =
      Union(EdgesOfSteps(pathway, [](absl::string_view) { return true; }),
            EdgesOfCase(pathway));
  EXPECT_GT(edges.size(), 800u);
  for (const char* one :
       {"entry health_identification starts identify_and_record",
        "intake/not_needed rechecks second_look",
        "issue_referral finds nobody left", "limit intake/intake_due runs",
        "delivery runs until turned_three", "stop no_way_through is used up"}) {
    EXPECT_EQ(edges.count(one), 1u) << one;
  }
}

}  // namespace
}  // namespace careroute::scenarios

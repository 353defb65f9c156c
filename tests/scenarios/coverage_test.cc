// Every edge of the shipped pathway is walked by some scenario.

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/scenarios/edges.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/in_process_transport.h"
#include "tests/scenarios/player.h"
#include "tests/scenarios/shipped.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

Edges WalkedByAll() {
  Edges walked;
  for (const std::string& name : ScenarioNames()) {
    const absl::StatusOr<std::vector<Playable>> all = PlayablesOf(name);
    EXPECT_TRUE(all.ok()) << all.status();
    if (!all.ok()) continue;
    for (const Playable& one : *all) {
      AddWalked(ShippedCatalogue().pathway, Play(one, StartInProcess), walked);
    }
  }
  return walked;
}

// Edges that no scenario walks, each with the reason, "edge: why" a line.
Edges WithoutScenario() {
  const absl::StatusOr<std::string> text =
      tests::ReadFile("tests/scenarios/without_scenario.txt");
  EXPECT_TRUE(text.ok()) << text.status();
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

std::string Lines(const Edges& from, const Edges& without) {
  std::vector<std::string> rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(rest));
  return absl::StrJoin(rest, "\n");
}

TEST(ScenarioCoverage, WalksEveryEdgeOfEarlyHelp) {
  const Edges edges = EdgesOf(ShippedCatalogue().pathway);
  const Edges walked = WalkedByAll();
  const Edges excused = WithoutScenario();
  Edges accounted = walked;
  accounted.insert(excused.begin(), excused.end());
  EXPECT_EQ(Lines(edges, accounted), "") << "these edges have no scenario";
  EXPECT_EQ(Lines(excused, edges), "") << "these are no edges any more";
  Edges walked_too;
  std::set_intersection(excused.begin(), excused.end(), walked.begin(),
                        walked.end(),
                        std::inserter(walked_too, walked_too.end()));
  EXPECT_EQ(absl::StrJoin(walked_too, "\n"), "")
      << "these have a scenario: strike them from without_scenario.txt";
}

// A model without edges would be covered by nothing at all.
TEST(EdgesOf, NamesWhatAPathwayCanDo) {
  const Edges edges = EdgesOf(ShippedCatalogue().pathway);
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

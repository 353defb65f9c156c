// tests/scenarios/files.h: the scenario files of this folder.
//
//   for (const std::string& name : ScenarioNames()) {
//     absl::StatusOr<std::vector<Playable>> all = PlayablesOf(name);
//   }

#ifndef CAREROUTE_TESTS_SCENARIOS_FILES_H_
#define CAREROUTE_TESTS_SCENARIOS_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/testing/v1/scenario.pb.h"

namespace careroute::scenarios {

// A chain of `after` longer than this is a circle.
inline constexpr int kChainMax = 20;

// "intake/outcomes" for tests/scenarios/intake/outcomes.textproto, in order of
// name. The folder data/ holds no scenarios.
[[nodiscard]] std::vector<std::string> ScenarioNames();

// Those that a hub plays which opens the shipped catalogue by its
// configuration, hence without other countries.
[[nodiscard]] std::vector<std::string> ShippedScenarioNames();

// NOT_FOUND for a name without a file, INVALID_ARGUMENT for text that is no
// Scenario or lacks its title.
[[nodiscard]] absl::StatusOr<testing::v1::Scenario> LoadScenario(
    const std::string& name);

// A file's steps, or one of its branches, with all that is played before it.
struct Playable {
  // A run of steps of one file; the last one is what the playable shows.
  struct Part {
    std::string place;  // "intake/outcomes#not_needed", for messages
    std::vector<testing::v1::When> steps;
  };
  std::string name;  // the place of its last part
  testing::v1::Given given;
  std::vector<Part> parts;
};

// One for each branch; the file's own steps alone when it has none.
[[nodiscard]] absl::StatusOr<std::vector<Playable>> PlayablesOf(
    const std::string& name);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_FILES_H_

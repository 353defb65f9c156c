#include "tests/scenarios/files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "lib/base/status_macros.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

namespace fs = std::filesystem;

using testing::v1::Branch;
using testing::v1::Scenario;

constexpr char kRoot[] = "tests/scenarios";
constexpr char kEnd[] = ".textproto";

// Keeps what the parser says, line and all.
class Complaints final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    absl::StrAppend(&text, "line ", line + 1, ", column ", column + 1, ": ",
                    message, "; ");
  }
  std::string text;
};

std::vector<testing::v1::When> StepsOf(
    const google::protobuf::RepeatedPtrField<testing::v1::When>& steps) {
  return {steps.begin(), steps.end()};
}

const Branch* FindBranch(const Scenario& scenario, const std::string& id) {
  const auto& branches = scenario.branches();
  const auto it =
      std::find_if(branches.begin(), branches.end(),
                   [&](const Branch& one) { return one.id() == id; });
  return it == branches.end() ? nullptr : &*it;
}

absl::Status CheckShape(const std::string& name, const Scenario& scenario) {
  const auto wrong = [&name](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": ", what));
  };
  if (scenario.title().empty()) return wrong("it has no title");
  if (scenario.requirements().empty()) return wrong("it cites no requirement");
  if (scenario.has_given() != scenario.after().empty()) {
    return wrong("exactly one of `given` and `after` must be there");
  }
  if (scenario.steps().empty() && scenario.branches().empty()) {
    return wrong("nothing happens");
  }
  std::set<std::string> ids;
  for (const Branch& branch : scenario.branches()) {
    if (branch.id().empty() || !ids.insert(branch.id()).second) {
      return wrong(
          absl::StrCat("a branch needs an id of its own: ", branch.id()));
    }
  }
  return absl::OkStatus();
}

// What is played up to and with "file" or "file#branch".
absl::Status AddParts(const std::string& place, int depth, Playable& into) {
  if (depth > kChainMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(place, ": `after` goes in a circle"));
  }
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(place, absl::MaxSplits('#', 1));
  CAREROUTE_ASSIGN_OR_RETURN(const Scenario scenario,
                             LoadScenario(parts.first));
  if (scenario.after().empty()) {
    into.given = scenario.given();
  } else {
    CAREROUTE_RETURN_IF_ERROR(AddParts(scenario.after(), depth + 1, into));
  }
  if (!scenario.steps().empty()) {
    into.parts.push_back(
        {.place = parts.first, .steps = StepsOf(scenario.steps())});
  }
  if (parts.second.empty()) return absl::OkStatus();
  const Branch* branch = FindBranch(scenario, parts.second);
  if (branch == nullptr) {
    return absl::NotFoundError(absl::StrCat("there is no ", place));
  }
  into.parts.push_back({.place = place, .steps = StepsOf(branch->steps())});
  return absl::OkStatus();
}

absl::StatusOr<Playable> PlayableOf(const std::string& place) {
  Playable playable{.name = place};
  CAREROUTE_RETURN_IF_ERROR(AddParts(place, 0, playable));
  return playable;
}

}  // namespace

std::vector<std::string> ScenarioNames() {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(kRoot, error)) {
    const std::string path =
        fs::relative(entry.path(), kRoot, error).generic_string();
    if (absl::EndsWith(path, kEnd) && !absl::StartsWith(path, "data/")) {
      const absl::string_view name = absl::StripSuffix(path, kEnd);
      names.push_back(absl::StrCat(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> ShippedScenarioNames() {
  std::vector<std::string> names = ScenarioNames();
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) {
                               return absl::StartsWith(name, "abroad/");
                             }),
              names.end());
  return names;
}

absl::StatusOr<Scenario> LoadScenario(const std::string& name) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string text,
      tests::ReadFile(absl::StrCat(kRoot, "/", name, kEnd)));
  Complaints complaints;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&complaints);
  Scenario scenario;
  if (!parser.ParseFromString(text, &scenario)) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": ", complaints.text));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckShape(name, scenario));
  return scenario;
}

absl::StatusOr<std::vector<Playable>> PlayablesOf(const std::string& name) {
  CAREROUTE_ASSIGN_OR_RETURN(const Scenario scenario, LoadScenario(name));
  std::vector<std::string> places;
  for (const Branch& branch : scenario.branches()) {
    places.push_back(absl::StrCat(name, "#", branch.id()));
  }
  if (places.empty()) places.push_back(name);
  std::vector<Playable> playables;
  for (const std::string& place : places) {
    CAREROUTE_ASSIGN_OR_RETURN(Playable playable, PlayableOf(place));
    playables.push_back(std::move(playable));
  }
  return playables;
}

}  // namespace careroute::scenarios

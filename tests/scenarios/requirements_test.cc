// What is cited is listed, and the scenario beside each shows it.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/shipped.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

using Ids = std::set<std::string>;

// The rows of REQUIREMENTS.md: id, and the scenario beside it.
std::map<std::string, std::string> Listed() {
  const absl::StatusOr<std::string> text =
      tests::ReadFile("tests/scenarios/REQUIREMENTS.md");
  EXPECT_TRUE(text.ok()) << text.status();
  std::map<std::string, std::string> listed;
  if (!text.ok()) return listed;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    const std::vector<std::string> cells =
        absl::StrSplit(line, absl::ByAnyChar("| `"), absl::SkipEmpty());
    if (!absl::StartsWith(line, "| ") || cells[0] == "row") continue;
    EXPECT_GE(cells.size(), 3u) << line;
    if (cells.size() < 3) continue;
    EXPECT_TRUE(listed.emplace(cells[0], cells[1]).second) << cells[0];
  }
  return listed;
}

Ids CitedByScenarios() {
  Ids cited;
  for (const std::string& name : ScenarioNames()) {
    const absl::StatusOr<testing::v1::Scenario> scenario = LoadScenario(name);
    EXPECT_TRUE(scenario.ok()) << scenario.status();
    if (!scenario.ok()) continue;
    cited.insert(scenario->requirements().begin(),
                 scenario->requirements().end());
  }
  return cited;
}

// Every `references` field of the message, at any depth.
void Collect(const google::protobuf::Message& message, Ids& cited) {
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    const int count =
        field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->name() == "references") {
        cited.insert(reflection->GetRepeatedString(message, field, i));
      } else if (field->message_type() != nullptr) {
        Collect(field->is_repeated()
                    ? reflection->GetRepeatedMessage(message, field, i)
                    : reflection->GetMessage(message, field),
                cited);
      }
    }
  }
}

TEST(Requirements, CitedOnesAreListed) {
  const std::map<std::string, std::string> listed = Listed();
  Ids cited = CitedByScenarios();
  for (const auto& [id, shipped] : ShippedCatalogue().pathways) {
    Collect(shipped.pathway, cited);
  }
  EXPECT_GE(cited.size(), 10u);
  for (const std::string& id : cited) {
    EXPECT_EQ(listed.count(id), 1u) << id << " is not in REQUIREMENTS.md";
  }
}

TEST(Requirements, EachIsShownByTheScenarioBesideIt) {
  const std::map<std::string, std::string> listed = Listed();
  EXPECT_GE(listed.size(), 10u);
  for (const auto& [id, name] : listed) {
    const absl::StatusOr<testing::v1::Scenario> scenario = LoadScenario(name);
    EXPECT_TRUE(scenario.ok()) << id << ": " << scenario.status();
    if (!scenario.ok()) continue;
    const auto& cited = scenario->requirements();
    EXPECT_NE(std::find(cited.begin(), cited.end(), id), cited.end())
        << name << " does not cite " << id;
  }
}

}  // namespace
}  // namespace careroute::scenarios

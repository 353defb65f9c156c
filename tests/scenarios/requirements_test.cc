// What is cited exists, and what a shipped pathway has to show has a scenario.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/shipped.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

using Ids = std::set<std::string>;

// Ids of the list and their marks.
std::map<std::string, std::string> Listed() {
  const absl::StatusOr<std::string> text =
      tests::ReadFile("tests/scenarios/requirements.txt");
  EXPECT_TRUE(text.ok()) << text.status();
  std::map<std::string, std::string> listed;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    const std::vector<std::string> words =
        absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (words.size() < 3 || words[0] == "#") continue;
    EXPECT_TRUE(listed.emplace(words[0], words[1]).second) << words[0];
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
    EXPECT_EQ(listed.count(id), 1u) << id << " is not in requirements.txt";
  }
}

TEST(Requirements, ThoseOfAShippedPathwayHaveAScenario) {
  const Ids cited = CitedByScenarios();
  for (const auto& [id, mark] : Listed()) {
    if (ShippedCatalogue().pathways.count(mark) == 0) continue;
    EXPECT_EQ(cited.count(id), 1u) << "no scenario shows " << id;
  }
}

}  // namespace
}  // namespace careroute::scenarios

#include "lib/picture/internal/uses.h"

#include <set>
#include <vector>

#include "absl/strings/str_split.h"

namespace careroute::picture::internal {
namespace {

// "no_provider" of "no_provider.queue_check".
std::string HeadOf(absl::string_view step) {
  return std::string(step.substr(0, step.find('.')));
}

// The steps a table names; none when it is no table of a use: that names steps
// of one head with their outcomes, and never the pathway itself. An overlay
// that says one title anew names no outcome.
std::set<std::string> StepsOfUse(const model::v1::TextTable& table) {
  std::set<std::string> steps;
  bool outcomes = false;
  for (const model::v1::TextEntry& entry : table.entries()) {
    const std::vector<absl::string_view> parts =
        absl::StrSplit(entry.key(), '/');
    if (parts[0] == "pathway") return {};
    if (parts.size() < 2) continue;
    if (parts[0] == "step") steps.emplace(parts[1]);
    outcomes = outcomes || parts[0] == "outcome";
  }
  std::set<std::string> heads;
  for (const std::string& step : steps) heads.insert(HeadOf(step));
  return outcomes && heads.size() == 1 ? steps : std::set<std::string>();
}

}  // namespace

Uses::Uses(const model::v1::Pathway& pathway) {
  for (const model::v1::TextTable& table : pathway.texts()) {
    for (const std::string& step : StepsOfUse(table)) {
      of_step_[step] = HeadOf(step);
    }
  }
}

absl::string_view Uses::Of(const std::string& step) const {
  const auto found = of_step_.find(step);
  return found == of_step_.end() ? absl::string_view() : found->second;
}

}  // namespace careroute::picture::internal

// services/hub/story/narration.h: the story's lines in Russian.
//
// The families' files tell the story in English, as the rest of the code; who
// listens in Russian is told the line that stands beside it here.

#ifndef CAREROUTE_SERVICES_HUB_STORY_NARRATION_H_
#define CAREROUTE_SERVICES_HUB_STORY_NARRATION_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace careroute::services {

// "$0" stands for the same value in both. nullopt = the line has no Russian
// yet; the story breaks off then, and its test with it.
[[nodiscard]] std::optional<absl::string_view> InRussian(
    absl::string_view english);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_NARRATION_H_

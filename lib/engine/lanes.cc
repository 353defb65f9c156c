#include "lib/engine/lanes.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace careroute::engine {
namespace {

constexpr absl::string_view kHubLane = "hub/";

}  // namespace

std::string LaneOf(absl::string_view hub) {
  return absl::StrCat(kHubLane, hub);
}

std::optional<std::string> HubOf(absl::string_view lane) {
  if (!absl::ConsumePrefix(&lane, kHubLane) || lane.empty()) {
    return std::nullopt;
  }
  return std::string(lane);
}

bool IsStuck(const store::OutboxRow& row) {
  if (row.due >= store::OnlyWhenAsked()) return true;
  return row.attempts >= (row.lane == kOwnLane ? kStuckAttempts : kStuckSends);
}

}  // namespace careroute::engine

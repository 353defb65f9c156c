#include "lib/engine/lanes.h"

#include "lib/casework/referral.h"

namespace careroute::engine {

std::string LaneOf(absl::string_view hub) { return casework::ToHub(hub); }

std::optional<std::string> HubOf(absl::string_view lane) {
  const absl::string_view hub = casework::HubIn(lane);
  if (hub.empty()) return std::nullopt;
  return std::string(hub);
}

bool IsStuck(const store::OutboxRow& row) {
  if (row.due >= store::OnlyWhenAsked()) return true;
  return row.attempts >= (row.lane == kOwnLane ? kStuckAttempts : kStuckSends);
}

}  // namespace careroute::engine

#include "lib/engine/hub_traits.h"

#include "careroute/event/v1/hub_event.pb.h"

namespace careroute::engine {

absl::Status HubTraits::Fold(const std::string& stored, State& state) {
  event::v1::HubEvent event;
  if (!event.ParseFromString(stored)) {
    return absl::DataLossError("an event of the hub's stream is damaged");
  }
  if (event.has_edition_published()) {
    state.editions.push_back(event.edition_published().published());
  }
  return absl::OkStatus();
}

absl::Status HubTraits::Restore(const std::string& /*snapshot*/,
                                State& /*state*/) {
  return absl::DataLossError("the hub's stream has no snapshots");
}

std::string HubTraits::Snapshot(const State& /*state*/) { return {}; }

}  // namespace careroute::engine

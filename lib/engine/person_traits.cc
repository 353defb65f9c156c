#include "lib/engine/person_traits.h"

#include "careroute/event/v1/person_event.pb.h"

namespace careroute::engine {

absl::Status PersonTraits::Fold(const std::string& stored, State& state) {
  event::v1::PersonEvent event;
  if (!event.ParseFromString(stored)) {
    return absl::DataLossError("an event of a person is damaged");
  }
  registry::FoldPerson(event, state);
  return absl::OkStatus();
}

absl::Status PersonTraits::Restore(const std::string& /*snapshot*/,
                                   State& /*state*/) {
  return absl::DataLossError("persons have no snapshots");
}

std::string PersonTraits::Snapshot(const State& /*state*/) { return {}; }

}  // namespace careroute::engine

#include "lib/engine/organisation_traits.h"

#include "careroute/event/v1/organisation_event.pb.h"

namespace careroute::engine {
namespace {

void SetCapacity(const event::v1::CapacityReported& reported,
                 model::v1::Organisation& organisation) {
  for (model::v1::ServiceOffer& offer : *organisation.mutable_services()) {
    if (offer.service() == reported.service()) {
      *offer.mutable_capacity() = reported.capacity();
    }
  }
}

}  // namespace

absl::Status OrganisationTraits::Fold(const std::string& stored, State& state) {
  event::v1::OrganisationEvent event;
  if (!event.ParseFromString(stored)) {
    return absl::DataLossError("an event of an organisation is damaged");
  }
  if (event.has_put()) {
    state.organisation = event.put().organisation();
    state.sealed_names = event.header();
  }
  if (event.has_capacity_reported()) {
    SetCapacity(event.capacity_reported(), state.organisation);
  }
  return absl::OkStatus();
}

absl::Status OrganisationTraits::Restore(const std::string& /*snapshot*/,
                                         State& /*state*/) {
  return absl::DataLossError("organisations have no snapshots");
}

std::string OrganisationTraits::Snapshot(const State& /*state*/) { return {}; }

}  // namespace careroute::engine

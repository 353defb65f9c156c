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

model::v1::Member* FindMember(const std::string& name,
                              model::v1::Organisation& organisation) {
  for (model::v1::Member& one : *organisation.mutable_members()) {
    if (one.name() == name) return &one;
  }
  return nullptr;
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
  if (event.has_absences_changed()) {
    const event::v1::AbsencesChanged& body = event.absences_changed();
    if (auto* member = FindMember(body.member(), state.organisation)) {
      *member->mutable_absences() = body.absences();
    }
  }
  if (event.has_member_dismissed()) {
    const event::v1::MemberDismissed& body = event.member_dismissed();
    if (auto* member = FindMember(body.member(), state.organisation)) {
      member->set_valid_to(body.last_day());
    }
  }
  return absl::OkStatus();
}

absl::Status OrganisationTraits::Restore(const std::string& /*snapshot*/,
                                         State& /*state*/) {
  return absl::DataLossError("organisations have no snapshots");
}

std::string OrganisationTraits::Snapshot(const State& /*state*/) { return {}; }

}  // namespace careroute::engine

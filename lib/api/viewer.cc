#include "lib/api/viewer.h"

#include <algorithm>

#include "lib/access/redact.h"
#include "lib/casework/referral.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using casework::Case;
using casework::Referral;

// Whether what a referral disclosed still has its ground: a consent it rests
// on may have been withdrawn, disputed or have lapsed since.
bool GroundHolds(const Case& state, const Referral& referral) {
  if (referral.disclosed.consent.empty()) return true;
  const casework::ConsentRecord* consent = casework::FindConsent(
      state, casework::NumberOf(referral.disclosed.consent));
  return consent != nullptr && consent->state == model::v1::CONSENT_STATE_GIVEN;
}

access::DataClassSet DisclosedTo(const Case& state,
                                 const std::string& organisation) {
  access::DataClassSet classes = {model::v1::DATA_CLASS_ROUTE};
  for (const Referral& referral : state.referrals) {
    if (referral.performer == organisation &&
        referral.delivery == model::v1::DELIVERY_SENT &&
        GroundHolds(state, referral)) {
      classes = classes.Or(referral.disclosed.classes);
    }
  }
  return classes;
}

// The organisations responsible for the case see all of it.
bool IsHome(const Case& state, const std::string& organisation) {
  return casework::OrganisationOf(state.coordinator) == organisation ||
         casework::OrganisationOf(state.deputy) == organisation ||
         state.identified_by == organisation;
}

}  // namespace

Viewer::Viewer(const model::v1::Actor& actor,
               const engine::CaseReading& reading)
    : reading_(reading) {
  const Case& state = *reading.state;
  const std::string& organisation = actor.organisation();
  takes_part_ = std::binary_search(state.participants.begin(),
                                   state.participants.end(), organisation);
  if (!takes_part_) return;
  if (actor.role() == model::v1::ACTOR_ROLE_AUDITOR ||
      actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    classes_ = {model::v1::DATA_CLASS_ROUTE};
  } else if (IsHome(state, organisation)) {
    classes_ = access::DataClassSet::All();
  } else {
    classes_ = DisclosedTo(state, organisation);
  }
}

model::v1::DataClass Viewer::FactClass(absl::string_view fact) const {
  const model::v1::FactDeclaration* declared = reading_.edition->FindFact(fact);
  return declared == nullptr ? model::v1::DATA_CLASS_UNSPECIFIED
                             : declared->data_class();
}

void Viewer::Redact(google::protobuf::Message& message) const {
  access::Redact(
      classes_, [this](absl::string_view fact) { return FactClass(fact); },
      message);
}

access::DataClassSet Viewer::ClassesIn(
    const google::protobuf::Message& message) const {
  return access::ClassesIn(
      message, [this](absl::string_view fact) { return FactClass(fact); });
}

}  // namespace careroute::api

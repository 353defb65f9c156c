#include "lib/api/viewer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "lib/access/redact.h"
#include "lib/casework/disclosure.h"
#include "lib/casework/referral.h"

namespace careroute::api {
namespace {

using casework::Case;
using casework::Referral;

model::v1::AgencyKind KindOf(const engine::CaseStanding& standing,
                             const std::string& organisation) {
  const auto found = standing.directory->facts.find(organisation);
  return found == standing.directory->facts.end()
             ? model::v1::AGENCY_KIND_UNSPECIFIED
             : found->second.kind;
}

// What referrals disclosed to the organisation, as far as the ground holds;
// what it disclosed with its own it knew before.
access::DataClassSet DisclosedTo(const engine::CaseStanding& standing,
                                 const std::string& organisation) {
  access::DataClassSet classes;
  for (const Referral& referral : standing.state->referrals) {
    if (referral.requester == organisation) {
      classes = classes.Or(referral.disclosed.classes);
    }
    if (referral.performer == organisation) {
      classes = classes.Or(casework::ReadableClasses(
          {.referral = &referral,
           .step = standing.edition->FindStep(referral.step),
           .consents = standing.state->consents,
           .receiver_kind = KindOf(standing, organisation)}));
    }
  }
  return classes;
}

access::CasePart PartOf(const engine::CaseStanding& standing,
                        const model::v1::Actor& actor) {
  const Case& state = *standing.state;
  const std::string& organisation = actor.organisation();
  return {
      .takes_part = std::binary_search(state.participants.begin(),
                                       state.participants.end(), organisation),
      .identified = state.identified_by == organisation,
      .coordinates =
          casework::OrganisationOf(state.coordinator) == organisation ||
          casework::OrganisationOf(state.deputy) == organisation,
      .emergency =
          casework::SeesInEmergency(state, actor.member(), standing.now),
      .disclosed = DisclosedTo(standing, organisation)};
}

}  // namespace

Viewer::Viewer(const model::v1::Actor& actor,
               const engine::CaseStanding& standing)
    : edition_(standing.edition.get()) {
  Judge(actor, PartOf(standing, actor));
}

Viewer::Viewer(const model::v1::Actor& actor,
               const engine::PerformedReading& reading) {
  const engine::PerformedReferral& state = *reading.state;
  Judge(actor, {.takes_part = state.arrived &&
                              state.referral.performer == actor.organisation(),
                .disclosed = engine::ReadableClasses(state)});
}

void Viewer::Judge(const model::v1::Actor& actor,
                   const access::CasePart& part) {
  std::vector<std::string> purposes;
  if (edition_ != nullptr) {
    const auto& declared = edition_->pathway().purposes();
    purposes.assign(declared.begin(), declared.end());
  }
  const access::CaseVerdict verdict =
      access::JudgeCase({.role = actor.role(),
                         .purpose = actor.purpose(),
                         .declared_purposes = purposes,
                         .part = part});
  // An administrator may act on a case of its organisation, and reads nothing.
  sees_ =
      verdict.visible ||
      (part.takes_part && actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR);
  takes_part_ =
      sees_ && (part.takes_part || actor.role() == model::v1::ACTOR_ROLE_HUB);
  classes_ = verdict.classes;
}

model::v1::DataClass Viewer::FactClass(absl::string_view fact) const {
  const model::v1::FactDeclaration* declared =
      edition_ == nullptr ? nullptr : edition_->FindFact(fact);
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

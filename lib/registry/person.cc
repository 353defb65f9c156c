#include "lib/registry/person.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "lib/registry/internal/day.h"

namespace careroute::registry {
namespace {

using event::v1::PersonEvent;

absl::Time ToTime(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) +
         absl::Nanoseconds(stamp.nanos());
}

// First days fail late and last days early, so that neither gives a right; a
// restriction fails early, its end late.
absl::CivilDay FirstDay(absl::string_view text) {
  return internal::ReadDay(text).value_or(absl::CivilDay::max());
}

absl::CivilDay RestrictionDay(const event::v1::RepresentativeChanged& body) {
  const bool restricts =
      body.restriction() != model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED;
  return internal::ReadDay(body.restriction_from())
      .value_or(restricts ? absl::CivilDay::min() : absl::CivilDay::max());
}

std::optional<absl::CivilDay> LastDay(absl::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  return internal::ReadDay(text).value_or(absl::CivilDay::min());
}

// The newest entry in force on `day`; of one day the one recorded last.
template <typename Dated>
const Dated* InForce(const std::vector<Dated>& entries, absl::CivilDay day) {
  const Dated* found = nullptr;
  for (const Dated& entry : entries) {
    if (entry.from <= day && (found == nullptr || entry.from >= found->from)) {
      found = &entry;
    }
  }
  return found;
}

void AddRepresentative(const model::v1::Representative& added,
                       PersonRecord& record) {
  RepresentativeRecord representative;
  representative.number = static_cast<int>(record.representatives.size()) + 1;
  representative.version = record.version;
  representative.person = added.person();
  representative.organisation = added.organisation();
  representative.basis = added.basis();
  for (const int matter : added.matters()) {
    representative.matters.push_back(
        static_cast<model::v1::ConsentMatter>(matter));
  }
  representative.from = FirstDay(added.from());
  representative.to = LastDay(added.to());
  representative.power = added.power();
  if (added.restriction() !=
      model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED) {
    representative.restrictions.push_back(
        {.restriction = added.restriction(), .from = representative.from});
  }
  representative.address_hidden_from = added.address_hidden_from();
  representative.document_kind = added.document().kind();
  representative.document_valid_to = LastDay(added.document().valid_to());
  record.representatives.push_back(std::move(representative));
}

void Apply(const event::v1::PersonRegistered& body, PersonRecord& record) {
  record.state = body.state();
  record.registered = record.last_recorded;
  for (const auto& representative : body.representatives()) {
    AddRepresentative(representative, record);
  }
  for (const auto& relation : body.relations()) {
    record.relations.push_back(
        {.person = relation.person(), .link = relation.link()});
  }
  record.carers = body.carers();
  record.identity_versions = {record.version};
  record.needs_version = record.version;
  record.carers_version = body.carers() > 0 ? record.version : 0;
}

void Apply(const event::v1::RepresentativeChanged& body, PersonRecord& record) {
  const auto found =
      std::find_if(record.representatives.begin(), record.representatives.end(),
                   [&body](const RepresentativeRecord& representative) {
                     return representative.number == body.number();
                   });
  if (found == record.representatives.end()) {
    return;
  }
  if (!body.to().empty()) {
    found->to = LastDay(body.to());
  }
  if (!body.restriction_from().empty()) {
    found->restrictions.push_back(
        {.restriction = body.restriction(), .from = RestrictionDay(body)});
  }
  found->address_hidden_from = body.address_hidden_from();
}

void Apply(const event::v1::CapacityRecorded& body, PersonRecord& record) {
  record.capacity_decisions.push_back(
      {.version = record.version,
       .capacity = body.decision().capacity(),
       .from = FirstDay(body.decision().from())});
}

void Apply(const event::v1::CarersSet& body, PersonRecord& record) {
  record.carers = body.carers();
  record.carers_version = body.carers() > 0 ? record.version : 0;
}

void Apply(const event::v1::PersonErased&, PersonRecord& record) {
  record.state = model::v1::PERSON_STATE_ERASED;
  record.identity_versions.clear();
  record.needs_version = 0;
  record.carers_version = 0;
  record.merged_into.clear();
  record.took_over.clear();
}

void Apply(const event::v1::PersonTookOver& body, PersonRecord& record) {
  if (std::find(record.took_over.begin(), record.took_over.end(),
                body.merged()) == record.took_over.end()) {
    record.took_over.push_back(body.merged());
  }
}

void Apply(const event::v1::PersonMerged& body, PersonRecord& record) {
  record.state_before_merge = record.state;
  record.state = model::v1::PERSON_STATE_MERGED;
  record.merged_into = body.kept();
}

void Apply(const event::v1::PersonSeparated& body, PersonRecord& record) {
  record.state = body.state();
  record.state_before_merge = model::v1::PERSON_STATE_UNSPECIFIED;
  record.merged_into.clear();
}

void Apply(const event::v1::PersonGaveBack& body, PersonRecord& record) {
  std::erase(record.took_over, body.merged());
}

void Apply(const event::v1::PersonAdopted& body, PersonRecord& record) {
  record.state = model::v1::PERSON_STATE_ADOPTED;
  const absl::CivilDay last =
      LastDay(body.representatives_to()).value_or(absl::CivilDay::min());
  for (RepresentativeRecord& one : record.representatives) {
    one.to = std::min(one.to.value_or(last), last);
  }
  record.relations.clear();
  record.merged_into.clear();
  record.took_over.clear();
}

void ApplyBody(const PersonEvent& event, PersonRecord& record) {
  switch (event.body_case()) {
    case PersonEvent::kRegistered:
      Apply(event.registered(), record);
      return;
    case PersonEvent::kIdentityUpdated:
      record.state = event.identity_updated().state();
      record.identity_versions.push_back(record.version);
      return;
    case PersonEvent::kRepresentativeAdded:
      AddRepresentative(event.representative_added().representative(), record);
      return;
    case PersonEvent::kRepresentativeChanged:
      Apply(event.representative_changed(), record);
      return;
    case PersonEvent::kNeedsSet:
      record.needs_version = record.version;
      return;
    case PersonEvent::kCarersSet:
      Apply(event.carers_set(), record);
      return;
    case PersonEvent::kRelationAdded:
      record.relations.push_back(
          {.person = event.relation_added().relation().person(),
           .link = event.relation_added().relation().link()});
      return;
    case PersonEvent::kCapacityRecorded:
      Apply(event.capacity_recorded(), record);
      return;
    case PersonEvent::kErased:
      Apply(event.erased(), record);
      return;
    case PersonEvent::kTookOver:
      Apply(event.took_over(), record);
      return;
    case PersonEvent::kMerged:
      Apply(event.merged(), record);
      return;
    case PersonEvent::kSeparated:
      Apply(event.separated(), record);
      return;
    case PersonEvent::kGaveBack:
      Apply(event.gave_back(), record);
      return;
    case PersonEvent::kAdopted:
      Apply(event.adopted(), record);
      return;
    case PersonEvent::BODY_NOT_SET:
      return;
  }
}

}  // namespace

model::v1::RepresentativeRestriction RepresentativeRecord::RestrictionOn(
    absl::CivilDay day) const {
  const DatedRestriction* found = InForce(restrictions, day);
  return found == nullptr ? model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED
                          : found->restriction;
}

const RepresentativeRecord* PersonRecord::FindRepresentative(int number) const {
  const auto found =
      std::find_if(representatives.begin(), representatives.end(),
                   [number](const RepresentativeRecord& representative) {
                     return representative.number == number;
                   });
  return found == representatives.end() ? nullptr : &*found;
}

model::v1::Capacity PersonRecord::CapacityOn(absl::CivilDay day) const {
  const CapacityRecord* found = InForce(capacity_decisions, day);
  return found == nullptr ? model::v1::CAPACITY_UNSPECIFIED : found->capacity;
}

void FoldPerson(const PersonEvent& event, PersonRecord& record) {
  if (record.ahead) {
    return;
  }
  if (event.header().format() > kPersonEventFormat ||
      event.body_case() == PersonEvent::BODY_NOT_SET) {
    record.ahead = true;
    return;
  }
  record.version = event.header().version();
  record.last_recorded = ToTime(event.header().recorded_time());
  ApplyBody(event, record);
}

}  // namespace careroute::registry

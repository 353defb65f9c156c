#include "lib/registry/person_view.h"

#include <optional>
#include <set>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "lib/registry/internal/day.h"

namespace careroute::registry {
namespace {

std::string DayOrEmpty(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? internal::WriteDay(*day) : "";
}

void Write(const RepresentativeRecord& from, const ViewInput& input,
           model::v1::Representative& to) {
  to.set_name(absl::StrCat(input.name, "/representatives/", from.number));
  to.set_person(from.person);
  to.set_organisation(from.organisation);
  to.set_basis(from.basis);
  for (const model::v1::ConsentMatter matter : from.matters) {
    to.add_matters(matter);
  }
  if (from.from != kFromBirth) {
    to.set_from(internal::WriteDay(from.from));
  }
  to.set_to(DayOrEmpty(from.to));
  to.set_power(from.power);
  to.set_restriction(from.RestrictionOn(input.today));
  to.set_address_hidden_from(from.address_hidden_from);
  if (!from.document_kind.empty()) {
    to.mutable_document()->set_kind(from.document_kind);
    to.mutable_document()->set_valid_to(DayOrEmpty(from.document_valid_to));
  }
}

void WriteTime(absl::Time time, google::protobuf::Timestamp& stamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

// The number in "representatives/{number}/document"; 0 for another field.
int RepresentativeOf(absl::string_view field) {
  int number = 0;
  if (!absl::ConsumePrefix(&field, "representatives/") ||
      !absl::ConsumeSuffix(&field, "/document") ||
      !absl::SimpleAtoi(field, &number)) {
    return 0;
  }
  return number;
}

void AddDocument(const event::v1::PlainDocument& sealed,
                 const OpenedInput& opened, model::v1::Person& person) {
  const PersonRecord& record = opened.record;
  if (const int number = RepresentativeOf(sealed.field()); number > 0) {
    const RepresentativeRecord* owner = record.FindRepresentative(number);
    if (owner != nullptr && owner->version == opened.version &&
        number <= person.representatives_size()) {
      *person.mutable_representatives(number - 1)->mutable_document() =
          sealed.document();
    }
    return;
  }
  if (sealed.field() != "decision/document") {
    return;
  }
  for (size_t i = 0; i < record.capacity_decisions.size(); ++i) {
    const int index = static_cast<int>(i);
    if (record.capacity_decisions[i].version == opened.version &&
        index < person.capacity_decisions_size()) {
      *person.mutable_capacity_decisions(index)->mutable_document() =
          sealed.document();
    }
  }
}

// Who represents from the birth on has no first day in the clear.
void FillFromBirth(model::v1::Person& person) {
  for (auto& representative : *person.mutable_representatives()) {
    if (representative.from().empty()) {
      representative.set_from(person.identity().birth_date());
    }
  }
}

}  // namespace

model::v1::Person ViewOf(const ViewInput& input) {
  const PersonRecord& record = input.record;
  model::v1::Person person;
  person.set_name(std::string(input.name));
  person.set_uid(std::string(absl::StripPrefix(input.name, "persons/")));
  person.set_etag(absl::StrCat(record.version));
  if (record.version > 0) {
    WriteTime(record.registered, *person.mutable_create_time());
  }
  person.set_state(record.state);
  person.set_merged_into(record.merged_into);
  for (const RepresentativeRecord& representative : record.representatives) {
    Write(representative, input, *person.add_representatives());
  }
  for (const RelationRecord& relation : record.relations) {
    model::v1::Relation& added = *person.add_relations();
    added.set_person(relation.person);
    added.set_link(relation.link);
  }
  for (const CapacityRecord& decision : record.capacity_decisions) {
    model::v1::CapacityDecision& added = *person.add_capacity_decisions();
    added.set_capacity(decision.capacity);
    added.set_from(internal::WriteDay(decision.from));
  }
  return person;
}

std::vector<int64_t> SealedVersions(const PersonRecord& record) {
  if (record.state == model::v1::PERSON_STATE_ERASED) {
    return {};
  }
  std::set<int64_t> versions = {record.needs_version, record.carers_version};
  if (!record.identity_versions.empty()) {
    versions.insert(record.identity_versions.back());
  }
  for (const RepresentativeRecord& representative : record.representatives) {
    versions.insert(representative.version);
  }
  for (const CapacityRecord& decision : record.capacity_decisions) {
    versions.insert(decision.version);
  }
  versions.erase(0);
  return {versions.begin(), versions.end()};
}

void AddOpened(const OpenedInput& opened, model::v1::Person& person) {
  const PersonRecord& record = opened.record;
  if (!record.identity_versions.empty() &&
      record.identity_versions.back() == opened.version &&
      opened.part.has_identity()) {
    *person.mutable_identity() = opened.part.identity();
    FillFromBirth(person);
  }
  if (record.needs_version == opened.version && opened.part.has_needs()) {
    *person.mutable_needs() = opened.part.needs();
  }
  if (record.carers_version == opened.version) {
    *person.mutable_carers() = opened.part.carers();
  }
  for (const event::v1::PlainDocument& document : opened.part.documents()) {
    AddDocument(document, opened, person);
  }
}

}  // namespace careroute::registry

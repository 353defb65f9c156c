// lib/registry/person.h: a person's record, without the person.
//
// The state folded from a person's stream: who represents the person and with
// whom the person belongs together, by pseudonymous ids and dates, and which
// event holds the sealed identity, needs and carers now. No name, birth date,
// number or address is ever in it. Events state everything; fold concludes
// nothing and is total.
//
//   PersonRecord record;
//   for (const auto& event : stream) FoldPerson(event, record);

#ifndef CAREROUTE_LIB_REGISTRY_PERSON_H_
#define CAREROUTE_LIB_REGISTRY_PERSON_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/event/v1/person_event.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/step.pb.h"

namespace careroute::registry {

// The highest format of events this release folds, and the one it writes.
inline constexpr int32_t kPersonEventFormat = 1;

// The first day, in the clear, of who represents from the birth on: a parent's
// own first day would be the birth date.
inline constexpr absl::CivilDay kFromBirth(1900, 1, 1);

// A restriction, or its end, from a day on. Later entries correct earlier
// ones of the same day.
struct DatedRestriction {
  model::v1::RepresentativeRestriction restriction =
      model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED;
  absl::CivilDay from;

  friend bool operator==(const DatedRestriction&,
                         const DatedRestriction&) = default;
};

// One representative; "persons/{person}/representatives/{number}".
struct RepresentativeRecord {
  int number = 0;  // from 1, never used again
  // Version of the event that holds the sealed document.
  int64_t version = 0;
  // Exactly one of both is set.
  std::string person;        // "persons/{person}"
  std::string organisation;  // "organisations/{organisation}"
  model::v1::RepresentativeBasis basis =
      model::v1::REPRESENTATIVE_BASIS_UNSPECIFIED;
  // Empty = all that the basis gives.
  std::vector<model::v1::ConsentMatter> matters;
  absl::CivilDay from;               // kFromBirth = from the birth on
  std::optional<absl::CivilDay> to;  // last day; none = open
  model::v1::RepresentativePower power =
      model::v1::REPRESENTATIVE_POWER_UNSPECIFIED;
  std::vector<DatedRestriction> restrictions;
  bool address_hidden_from = false;
  std::string document_kind;                        // empty = none was given
  std::optional<absl::CivilDay> document_valid_to;  // last day; none = no end

  friend bool operator==(const RepresentativeRecord&,
                         const RepresentativeRecord&) = default;

  // "persons/{person}" or "organisations/{organisation}".
  [[nodiscard]] const std::string& Who() const {
    return person.empty() ? organisation : person;
  }
  [[nodiscard]] model::v1::RepresentativeRestriction RestrictionOn(
      absl::CivilDay day) const;
};

struct RelationRecord {
  std::string person;
  model::v1::FamilyLink link = model::v1::FAMILY_LINK_UNSPECIFIED;

  friend bool operator==(const RelationRecord&,
                         const RelationRecord&) = default;
};

struct CapacityRecord {
  // Version of the event that holds the sealed document.
  int64_t version = 0;
  model::v1::Capacity capacity = model::v1::CAPACITY_UNSPECIFIED;
  absl::CivilDay from;

  friend bool operator==(const CapacityRecord&,
                         const CapacityRecord&) = default;
};

// Copyable; const use is thread-safe.
struct PersonRecord {
  int64_t version = 0;  // of the last event folded; 0 = not registered
  model::v1::PersonState state = model::v1::PERSON_STATE_UNSPECIFIED;
  absl::Time registered = absl::InfinitePast();
  absl::Time last_recorded = absl::InfinitePast();
  std::vector<RepresentativeRecord> representatives;  // by number
  std::vector<RelationRecord> relations;
  std::vector<CapacityRecord> capacity_decisions;  // as recorded
  int carers = 0;
  // Of a record that was merged: the one that stands for it, and what this one
  // was before; empty = it stands for itself.
  std::string merged_into;
  model::v1::PersonState state_before_merge =
      model::v1::PERSON_STATE_UNSPECIFIED;
  // Records this one took over. Each counts once it says so itself: the halves
  // of a merge are written one after the other.
  std::vector<std::string> took_over;
  // Versions of the events that hold the sealed identities, the one in force
  // last; empty once erased.
  std::vector<int64_t> identity_versions;
  // Versions of the events that hold needs and carers now; 0 = none.
  int64_t needs_version = 0;
  int64_t carers_version = 0;
  // True after an event of a newer release: what follows is not folded, and
  // writes are refused.
  bool ahead = false;

  friend bool operator==(const PersonRecord&, const PersonRecord&) = default;

  // Null when there is no such number.
  [[nodiscard]] const RepresentativeRecord* FindRepresentative(
      int number) const;
  // What a court has decided, as it holds on `day`; UNSPECIFIED = nothing.
  [[nodiscard]] model::v1::Capacity CapacityOn(absl::CivilDay day) const;
};

// Erased, or ended by an adoption: nobody decides by the record, and nothing is
// done on it.
[[nodiscard]] inline bool IsOver(const PersonRecord& record) {
  return record.state == model::v1::PERSON_STATE_ERASED ||
         record.state == model::v1::PERSON_STATE_ADOPTED;
}

// Applies one event in place. An event of a newer format, or of a kind this
// release does not know, marks the record `ahead` and changes nothing else. A
// day that cannot be read never gives a right: it starts after every day, or
// ends before.
void FoldPerson(const event::v1::PersonEvent& event, PersonRecord& record);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_PERSON_H_

// lib/registry/internal/person_checks.h: is what a command says of a person
// well-formed? All problems at once, each with its path.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_CHECKS_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_CHECKS_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/base/problems.h"
#include "lib/registry/identity.h"
#include "lib/registry/person.h"

namespace careroute::registry::internal {

// Whose record it is and what day it is there.
struct CheckedPerson {
  absl::string_view person;  // "persons/{person}"
  absl::CivilDay today;
};

// Enough to tell who it is: a birth date, and a name or a mother. Reports at
// the current place.
void CheckIdentityIsEnough(const NormalIdentity& identity,
                           base::Problems& problems);

// TEMPORARY while a newborn has neither full name nor document, and mother
// and birth date stand in; REGISTERED otherwise.
[[nodiscard]] model::v1::PersonState StateOf(const NormalIdentity& identity);

void CheckRepresentative(const model::v1::Representative& representative,
                         const CheckedPerson& checked,
                         base::Problems& problems);

void CheckCarer(const model::v1::Carer& carer, const CheckedPerson& checked,
                base::Problems& problems);

void CheckRelation(const model::v1::Relation& relation,
                   const CheckedPerson& checked, base::Problems& problems);

void CheckCapacityDecision(const model::v1::CapacityDecision& decision,
                           const CheckedPerson& checked,
                           base::Problems& problems);

// Another record than the one checked. `field` names it in the command.
void CheckOtherRecord(absl::string_view field, absl::string_view other,
                      const CheckedPerson& checked, base::Problems& problems);

// What a merge rests on: a coded reason, with the words or the document it
// asks for.
void CheckTakeOver(const command::v1::TakeOverPerson& command,
                   const CheckedPerson& checked, base::Problems& problems);

// A day that has come, and the court's decision by kind and number.
void CheckAdoption(const command::v1::RecordAdoption& command,
                   const CheckedPerson& checked, base::Problems& problems);

// Whether a document is named that shows two records to be of one person.
[[nodiscard]] bool IsProvedByDocument(
    const command::v1::TakeOverPerson& command);

// Who took others over is not merged: those would be two steps away from the
// record that stands for them. `field` names the record.
void CheckStandsForItself(const PersonRecord& record, absl::string_view field,
                          base::Problems& problems);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_PERSON_CHECKS_H_

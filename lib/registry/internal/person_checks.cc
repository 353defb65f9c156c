#include "lib/registry/internal/person_checks.h"

#include <optional>
#include <string>

#include "lib/registry/internal/day.h"

namespace careroute::registry::internal {
namespace {

using model::v1::Representative;

// Days of a span, as its message names them.
struct Span {
  const std::string& from;
  const std::string& to;
};

void CheckDay(absl::string_view field, const std::string& text,
              base::Problems& problems) {
  if (!text.empty() && !ReadDay(text).has_value()) {
    problems.Error(field, "DATE_FORM", "is not a day of the calendar",
                   "write it as 2023-05-31");
  }
}

void CheckSpan(const Span& span, base::Problems& problems) {
  CheckDay("from", span.from, problems);
  CheckDay("to", span.to, problems);
  const std::optional<absl::CivilDay> from = ReadDay(span.from);
  const std::optional<absl::CivilDay> to = ReadDay(span.to);
  if (from.has_value() && to.has_value() && *to < *from) {
    problems.Error("to", "ENDS_BEFORE_START", "lies before `from`",
                   "correct one of the two days");
  }
}

bool NeedsOrganisation(model::v1::RepresentativeBasis basis) {
  return basis == model::v1::REPRESENTATIVE_BASIS_INSTITUTION ||
         basis == model::v1::REPRESENTATIVE_BASIS_GUARDIANSHIP_BODY;
}

bool NeedsPerson(model::v1::RepresentativeBasis basis) {
  return basis == model::v1::REPRESENTATIVE_BASIS_PARENT ||
         basis == model::v1::REPRESENTATIVE_BASIS_ADOPTER ||
         basis == model::v1::REPRESENTATIVE_BASIS_FOSTER_PARENT;
}

void CheckWho(const Representative& representative,
              const CheckedPerson& checked, base::Problems& problems) {
  if (representative.person().empty() ==
      representative.organisation().empty()) {
    problems.Error("person", "ONE_REPRESENTATIVE",
                   "a representative is a person or an organisation",
                   "set exactly one of `person` and `organisation`");
    return;
  }
  if (representative.person() == checked.person) {
    problems.Error("person", "REPRESENTS_THEMSELVES",
                   "a person does not represent themselves",
                   "name another person; who decides alone needs no entry");
  }
  if (NeedsOrganisation(representative.basis()) &&
      representative.organisation().empty()) {
    problems.Error("organisation", "BASIS_NEEDS_ORGANISATION",
                   "on this basis an organisation represents",
                   "name the organisation, or choose another basis");
  }
  if (NeedsPerson(representative.basis()) && representative.person().empty()) {
    problems.Error("person", "BASIS_NEEDS_PERSON",
                   "on this basis a person represents",
                   "name the person, or choose another basis");
  }
}

// A carer or relative without a document helps and never decides. Only a
// parent may be entered before the birth is registered.
void CheckBasis(const Representative& representative,
                base::Problems& problems) {
  if (representative.basis() == model::v1::REPRESENTATIVE_BASIS_UNSPECIFIED ||
      !model::v1::RepresentativeBasis_IsValid(representative.basis())) {
    problems.Error("basis", "EMPTY", "says nothing this release knows",
                   "state as what the representative acts");
  }
  if (representative.basis() != model::v1::REPRESENTATIVE_BASIS_PARENT &&
      representative.document().kind().empty()) {
    problems.Error("document", "NO_DOCUMENT",
                   "a representative acts on a document",
                   "name the document; somebody without one is a carer");
  }
  for (int i = 0; i < representative.matters_size(); ++i) {
    if (representative.matters(i) == model::v1::CONSENT_MATTER_UNSPECIFIED ||
        !model::v1::ConsentMatter_IsValid(representative.matters(i))) {
      const auto at = problems.Enter("matters", i);
      problems.Error("", "EMPTY", "names no matter this release knows",
                     "name the matter, or leave the list empty for all");
    }
  }
}

bool NeedsDocument(model::v1::MergeReason reason) {
  return reason == model::v1::MERGE_REASON_SAME_DOCUMENT ||
         reason == model::v1::MERGE_REASON_CIVIL_REGISTRY;
}

bool IsNamed(const model::v1::Document& document) {
  return !document.kind().empty() && !document.number().empty();
}

}  // namespace

void CheckIdentityIsEnough(const NormalIdentity& identity,
                           base::Problems& problems) {
  if (identity.name.IsEmpty() && identity.mother.empty()) {
    problems.Error("family_name", "WHO",
                   "neither a name nor a mother tells who it is",
                   "give a name; for a newborn without one, the mother");
  }
  if (!identity.birth_date.has_value()) {
    problems.Error("birth_date", "NO_BIRTH_DATE", "is missing",
                   "give the birth date; when it is not known, the one a "
                   "document or commission set");
  }
}

model::v1::PersonState StateOf(const NormalIdentity& identity) {
  const bool named =
      !identity.name.surname.empty() && !identity.name.given.empty();
  const bool documented = !identity.snils.empty() ||
                          !identity.policy_number.empty() ||
                          !identity.documents.empty();
  const bool temporary = !identity.mother.empty() && !(named || documented);
  return temporary ? model::v1::PERSON_STATE_TEMPORARY
                   : model::v1::PERSON_STATE_REGISTERED;
}

void CheckRepresentative(const Representative& representative,
                         const CheckedPerson& checked,
                         base::Problems& problems) {
  CheckWho(representative, checked, problems);
  CheckBasis(representative, problems);
  if (representative.from().empty()) {
    problems.Error("from", "EMPTY", "the first day is missing",
                   "give the day of the birth, decision or document");
  }
  CheckSpan({.from = representative.from(), .to = representative.to()},
            problems);
  const auto at = problems.Enter("document");
  CheckDay("valid_to", representative.document().valid_to(), problems);
}

void CheckCarer(const model::v1::Carer& carer, const CheckedPerson& checked,
                base::Problems& problems) {
  if (!carer.person().empty() && carer.person() == checked.person) {
    problems.Error("person", "CARES_FOR_THEMSELVES",
                   "a person is not their own carer", "name another person");
  }
  if (carer.person().empty() && carer.relation().empty()) {
    problems.Error("relation", "WHO", "nothing says who helps",
                   "name the person, or say how the carer belongs to them");
  }
  CheckSpan({.from = carer.from(), .to = carer.to()}, problems);
}

void CheckRelation(const model::v1::Relation& relation,
                   const CheckedPerson& checked, base::Problems& problems) {
  if (relation.person().empty() || relation.person() == checked.person) {
    problems.Error("person", "OTHER_PERSON", "a relation is to another person",
                   "name the other person");
  }
  if (relation.link() == model::v1::FAMILY_LINK_UNSPECIFIED ||
      !model::v1::FamilyLink_IsValid(relation.link())) {
    problems.Error("link", "EMPTY", "says nothing this release knows",
                   "state how the two belong together");
  }
}

void CheckCapacityDecision(const model::v1::CapacityDecision& decision,
                           const CheckedPerson& checked,
                           base::Problems& problems) {
  if (decision.capacity() == model::v1::CAPACITY_UNSPECIFIED ||
      !model::v1::Capacity_IsValid(decision.capacity())) {
    problems.Error("capacity", "EMPTY", "says nothing this release knows",
                   "state what was decided");
  }
  const std::optional<absl::CivilDay> from = ReadDay(decision.from());
  if (!from.has_value()) {
    problems.Error("from", "DATE_FORM", "is not a day of the calendar",
                   "write the day the decision took effect as 2023-05-31");
  } else if (*from > checked.today) {
    problems.Error("from", "IN_FUTURE", "lies after today",
                   "record the decision once it is in effect");
  }
  if (decision.document().kind().empty()) {
    problems.Error("document", "NO_DOCUMENT",
                   "only a court or guardianship body decides on capacity",
                   "name its decision; an illness alone changes nothing");
  }
}

void CheckOtherRecord(absl::string_view field, absl::string_view other,
                      const CheckedPerson& checked, base::Problems& problems) {
  if (other.empty() || other == checked.person) {
    problems.Error(field, "SAME_RECORD", "a merge is of two records",
                   "name the other record");
  }
}

void CheckAdoption(const command::v1::RecordAdoption& command,
                   const CheckedPerson& checked, base::Problems& problems) {
  const std::optional<absl::CivilDay> from = ReadDay(command.from());
  if (!from.has_value() || *from > checked.today) {
    problems.Error("from", "DATE_FORM", "is not a day up to today",
                   "write the day the adoption took effect as 2023-05-31");
  }
  if (!IsNamed(command.document())) {
    problems.Error("document", "NO_DOCUMENT",
                   "an adoption rests on the decision of a court, and none is "
                   "named",
                   "give its kind and its number");
  }
}

bool IsProvedByDocument(const command::v1::TakeOverPerson& command) {
  return NeedsDocument(command.reason()) && IsNamed(command.document());
}

void CheckTakeOver(const command::v1::TakeOverPerson& command,
                   const CheckedPerson& checked, base::Problems& problems) {
  CheckOtherRecord("merged", command.merged(), checked, problems);
  if (command.reason() == model::v1::MERGE_REASON_UNSPECIFIED ||
      !model::v1::MergeReason_IsValid(command.reason())) {
    problems.Error("reason", "EMPTY", "says nothing this release knows",
                   "state on what the two are taken for one person");
  }
  if (command.reason() == model::v1::MERGE_REASON_OTHER &&
      command.note().empty()) {
    problems.Error("note", "EMPTY", "says nothing, and the reason is OTHER",
                   "say in words what shows that it is one person");
  }
  if (NeedsDocument(command.reason()) && !IsNamed(command.document())) {
    problems.Error("document", "NO_DOCUMENT",
                   "this reason rests on a document, and none is named",
                   "give its kind and its number");
  }
}

void CheckStandsForItself(const PersonRecord& record, absl::string_view field,
                          base::Problems& problems) {
  if (!record.took_over.empty()) {
    problems.Error(field, "STANDS_FOR_OTHERS",
                   "other records were merged into the one that is to go",
                   "keep that one instead, or take those merges back first");
  }
}

}  // namespace careroute::registry::internal

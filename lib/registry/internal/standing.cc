#include "lib/registry/internal/standing.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/registry/internal/day.h"
#include "lib/registry/internal/decider_rules.h"

namespace careroute::registry::internal {
namespace {

using model::v1::Explanation;

std::optional<Hindrance> HindranceByDates(
    const RepresentativeRecord& representative, absl::CivilDay day) {
  if (day < representative.from) {
    return Hindrance::kNotYet;
  }
  if (representative.to.has_value() && *representative.to < day) {
    return Hindrance::kEnded;
  }
  if (representative.document_valid_to.has_value() &&
      *representative.document_valid_to < day) {
    return Hindrance::kDocumentExpired;
  }
  return std::nullopt;
}

std::optional<Hindrance> HindranceByRestriction(
    model::v1::RepresentativeRestriction restriction) {
  switch (restriction) {
    case model::v1::REPRESENTATIVE_RESTRICTION_UNSPECIFIED:
      return std::nullopt;
    case model::v1::REPRESENTATIVE_RESTRICTION_DEPRIVED:
      return Hindrance::kDeprived;
    case model::v1::REPRESENTATIVE_RESTRICTION_INCAPABLE:
      return Hindrance::kIncapable;
    default:
      // Also one of a later release: it restricts, whatever it is.
      return Hindrance::kRestricted;
  }
}

bool GuardsAdults(model::v1::RepresentativeBasis basis) {
  return basis == model::v1::REPRESENTATIVE_BASIS_GUARDIAN ||
         basis == model::v1::REPRESENTATIVE_BASIS_INSTITUTION ||
         basis == model::v1::REPRESENTATIVE_BASIS_GUARDIANSHIP_BODY;
}

// Whoever began while the person was a child represents the child.
bool BeganInChildhood(const RepresentativeRecord& representative,
                      const Situation& situation) {
  return situation.birth_date.has_value() &&
         representative.from < Birthday(*situation.birth_date, kMajority);
}

bool IsAttorney(const RepresentativeRecord& representative) {
  return representative.basis ==
         model::v1::REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY;
}

// The representation of an adult needs a court's decision or the adult's own
// power of attorney, both given after the coming of age.
std::optional<Hindrance> HindranceByMajority(
    const RepresentativeRecord& representative, const Situation& situation) {
  if (IsAttorney(representative) &&
      situation.capacity == model::v1::CAPACITY_NONE) {
    return Hindrance::kCapacityLost;
  }
  if (!situation.HasReached(kMajority)) {
    return std::nullopt;
  }
  const bool court_decided = situation.capacity == model::v1::CAPACITY_NONE ||
                             situation.capacity == model::v1::CAPACITY_LIMITED;
  const bool appointed = GuardsAdults(representative.basis) && court_decided;
  if (BeganInChildhood(representative, situation) ||
      !(appointed || IsAttorney(representative))) {
    return Hindrance::kWardOfAge;
  }
  return std::nullopt;
}

// A power of attorney covers treatment only where it says so.
bool CoversMatter(const RepresentativeRecord& representative,
                  model::v1::ConsentMatter matter) {
  if (representative.matters.empty()) {
    return !IsAttorney(representative) ||
           matter != model::v1::CONSENT_MATTER_TREATMENT;
  }
  return std::find(representative.matters.begin(), representative.matters.end(),
                   matter) != representative.matters.end();
}

bool IsUnder16(const RepresentativeAge& age, absl::CivilDay day) {
  return !age.emancipated && age.birth_date.has_value() &&
         day < Birthday(*age.birth_date, kParentActsFrom);
}

// Beside a person who has the say only an attorney acts, and only for an adult;
// beside a child or ward signs a legal representative, never an attorney.
std::optional<Hindrance> HindranceBySay(
    const RepresentativeRecord& representative, const Situation& situation,
    Say say) {
  const bool attorney = IsAttorney(representative);
  const bool child =
      situation.birth_date.has_value() && !situation.HasReached(kMajority);
  if (say == Say::kTogether && attorney) {
    return Hindrance::kNoCountersign;
  }
  if (say == Say::kPerson && (!attorney || child)) {
    return Hindrance::kPersonDecides;
  }
  return std::nullopt;
}

struct HindranceRow {
  Hindrance hindrance;
  absl::string_view key;
  Act act;
};

constexpr HindranceRow kHindranceRows[] = {
    {Hindrance::kNotYet, "not_yet", kRepresentationEndsAct},
    {Hindrance::kEnded, "ended", kRepresentationEndsAct},
    {Hindrance::kDocumentExpired, "document_expired", kPowerAct},
    {Hindrance::kDeprived, "deprived", kDeprivedAct},
    {Hindrance::kRestricted, "restricted", kRestrictedAct},
    {Hindrance::kIncapable, "incapable", kIncapableAct},
    {Hindrance::kWardOfAge, "ward_of_age", kRepresentationEndsAct},
    {Hindrance::kCapacityLost, "capacity_lost", kPowerAct},
    {Hindrance::kOtherMatter, "other_matter", kPowerAct},
    {Hindrance::kParentUnder16, "parent_under_16", kMinorParentAct},
    {Hindrance::kNoCountersign, "no_countersign", kLegalRepresentativeAct},
    {Hindrance::kPersonDecides, "person_decides", kCapableUntilDecidedAct},
};

const HindranceRow& RowOf(Hindrance hindrance) {
  return *std::find_if(std::begin(kHindranceRows), std::end(kHindranceRows),
                       [hindrance](const HindranceRow& row) {
                         return row.hindrance == hindrance;
                       });
}

// The day a hindrance by dates turns on; nothing for the others.
std::optional<absl::CivilDay> DayOf(
    Hindrance hindrance, const RepresentativeRecord& representative) {
  switch (hindrance) {
    case Hindrance::kNotYet:
      return representative.from;
    case Hindrance::kEnded:
      return representative.to;
    case Hindrance::kDocumentExpired:
      return representative.document_valid_to;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool Situation::HasReached(int years) const {
  return birth_date.has_value() && Birthday(*birth_date, years) <= day;
}

Situation SituationOn(const DeciderInput& input, absl::CivilDay day) {
  return {.day = day,
          .birth_date = input.birth_date,
          .capacity = input.record.CapacityOn(day)};
}

std::optional<Hindrance> HindranceToAct(
    const RepresentativeRecord& representative, const Situation& situation) {
  if (const auto hindrance = HindranceByDates(representative, situation.day);
      hindrance.has_value()) {
    return hindrance;
  }
  if (const auto hindrance =
          HindranceByRestriction(representative.RestrictionOn(situation.day));
      hindrance.has_value()) {
    return hindrance;
  }
  return HindranceByMajority(representative, situation);
}

std::optional<Hindrance> HindranceToDecide(
    const RepresentativeRecord& representative, const Ask& ask) {
  const Situation situation = SituationOn(ask.input, ask.query.day);
  if (const auto hindrance = HindranceToAct(representative, situation);
      hindrance.has_value()) {
    return hindrance;
  }
  if (!CoversMatter(representative, ask.query.matter)) {
    return Hindrance::kOtherMatter;
  }
  const RepresentativeAge* age = FindAge(ask.input, representative);
  if (representative.basis == model::v1::REPRESENTATIVE_BASIS_PARENT &&
      age != nullptr && IsUnder16(*age, ask.query.day)) {
    return Hindrance::kParentUnder16;
  }
  return HindranceBySay(representative, situation, ask.say);
}

bool RepresentsChildren(model::v1::RepresentativeBasis basis) {
  return basis != model::v1::REPRESENTATIVE_BASIS_UNSPECIFIED &&
         basis != model::v1::REPRESENTATIVE_BASIS_POWER_OF_ATTORNEY;
}

const RepresentativeAge* FindAge(const DeciderInput& input,
                                 const RepresentativeRecord& representative) {
  const auto found =
      std::find_if(input.ages.begin(), input.ages.end(),
                   [&representative](const RepresentativeAge& age) {
                     return age.person == representative.person;
                   });
  return found == input.ages.end() ? nullptr : &*found;
}

Explanation ExplainHindrance(Hindrance hindrance,
                             const RepresentativeRecord& representative) {
  const HindranceRow& row = RowOf(hindrance);
  Explanation node;
  node.set_message_key(absl::StrCat("decider.hindrance.", row.key));
  if (const auto day = DayOf(hindrance, representative); day.has_value()) {
    node.add_arguments(WriteDay(*day));
  }
  node.set_answer(model::v1::EXPLANATION_ANSWER_YES);
  SetSource(row.act, node);
  return node;
}

}  // namespace careroute::registry::internal

// lib/registry/internal/standing.h: may this representative act, and if not,
// why not?

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_STANDING_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_STANDING_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "careroute/model/v1/explanation.pb.h"
#include "lib/registry/decider.h"
#include "lib/registry/internal/say.h"

namespace careroute::registry::internal {

// What keeps a representative from deciding. Those before kOtherMatter keep
// them from acting at all.
enum class Hindrance {
  kNotYet,           // the first day is still to come
  kEnded,            // the last day is over
  kDocumentExpired,  // the document is no longer valid
  kDeprived,
  kRestricted,
  kIncapable,
  kWardOfAge,      // represented a child that has come of age
  kCapacityLost,   // a power of attorney of somebody now incapable
  kOtherMatter,    // acts, but not in this matter
  kParentUnder16,  // acts, but does not decide alone
  kNoCountersign,  // an attorney does not sign beside the person
  kPersonDecides,  // nobody else needs to
};

// Age and capacity of the person on a day.
struct Situation {
  absl::CivilDay day;
  std::optional<absl::CivilDay> birth_date;
  model::v1::Capacity capacity = model::v1::CAPACITY_UNSPECIFIED;

  // False while the birth date is not known.
  [[nodiscard]] bool HasReached(int years) const;
};

[[nodiscard]] Situation SituationOn(const DeciderInput& input,
                                    absl::CivilDay day);

// Nothing when the representative may act on that day.
[[nodiscard]] std::optional<Hindrance> HindranceToAct(
    const RepresentativeRecord& representative, const Situation& situation);

// One question and who has the say in it. Borrowed for the call.
struct Ask {
  const DeciderInput& input;
  const DeciderQuery& query;
  Say say = Say::kPerson;
};

// Nothing when the representative may decide in the matter.
[[nodiscard]] std::optional<Hindrance> HindranceToDecide(
    const RepresentativeRecord& representative, const Ask& ask);

// Whether somebody on this basis represents a child, and therefore until 18.
[[nodiscard]] bool RepresentsChildren(model::v1::RepresentativeBasis basis);

// Null when nothing was given about that representative.
[[nodiscard]] const RepresentativeAge* FindAge(
    const DeciderInput& input, const RepresentativeRecord& representative);

// "decider.hindrance.*" with the day or age it turns on, and its source.
[[nodiscard]] model::v1::Explanation ExplainHindrance(
    Hindrance hindrance, const RepresentativeRecord& representative);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_STANDING_H_

// lib/pathway/internal/mentions.h: which steps a condition speaks of.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_MENTIONS_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_MENTIONS_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/condition.pb.h"

namespace careroute::pathway::internal {

// Whether the condition asks for an outcome of the step, or whether it is live.
[[nodiscard]] bool MentionsStep(const model::v1::Condition& condition,
                                absl::string_view step);

// Whether the condition asks for this outcome of the step, by name or by
// naming none.
[[nodiscard]] bool MentionsOutcome(const model::v1::Condition& condition,
                                   absl::string_view step,
                                   absl::string_view outcome);

// Whether the condition asks for a consent to passing data on.
[[nodiscard]] bool MentionsDataConsent(const model::v1::Condition& condition);

// Whether the condition could be yes if an outcome of exactly those steps for
// which `ended` answers true could be had, and everything else were as wished.
[[nodiscard]] bool CouldHold(
    const model::v1::Condition& condition,
    absl::FunctionRef<bool(absl::string_view step)> ended);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_MENTIONS_H_

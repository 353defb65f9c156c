// lib/registry/internal/decider_reasons.h: who decides, and why, as a tree.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_REASONS_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_REASONS_H_

#include "careroute/model/v1/explanation.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "lib/registry/internal/say.h"
#include "lib/registry/internal/standing.h"

namespace careroute::registry::internal {

// The answer, then the rule it follows from, then each representative with
// what keeps them from deciding.
[[nodiscard]] model::v1::Explanation ExplainDecider(
    const Ask& ask, const SayRule& rule, const model::v1::Decider& decider);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_DECIDER_REASONS_H_

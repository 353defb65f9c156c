// lib/pathway/internal/walk_condition.h: every part of a condition, in the
// order written.
//
//   WalkCondition(guard.must_hold(), [&](const Condition& part, int depth) {
//     if (part.has_fact()) facts.insert(part.fact().fact());
//   });

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_CONDITION_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_CONDITION_H_

#include "absl/functional/function_ref.h"
#include "careroute/model/v1/condition.pb.h"

namespace careroute::pathway::internal {

// Calls `visit` for the condition and each part of it, parents first, no
// deeper than kConditionDepthMax. Never recurses further than that, whatever
// the input. Thread-safe.
void WalkCondition(
    const model::v1::Condition& condition,
    absl::FunctionRef<void(const model::v1::Condition&, int depth)> visit);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_WALK_CONDITION_H_

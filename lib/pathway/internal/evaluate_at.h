// lib/pathway/internal/evaluate_at.h: a part of a condition, as deep as it
// stands.
//
// A part too deep to be answered is not known, however shallow it would be by
// itself; an explanation must say the same of it as the evaluator.

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_EVALUATE_AT_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_EVALUATE_AT_H_

#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/case_view.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway::internal {

// `depth` is 1 for a whole condition, 2 for its parts, and so on.
[[nodiscard]] Tri EvaluateAt(const model::v1::Condition& condition,
                             const CaseView& view, SubjectRef asking,
                             int depth);

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_EVALUATE_AT_H_

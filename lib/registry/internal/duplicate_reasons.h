// lib/registry/internal/duplicate_reasons.h: a verdict in words.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_DUPLICATE_REASONS_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_DUPLICATE_REASONS_H_

#include "careroute/model/v1/explanation.pb.h"
#include "lib/registry/duplicates.h"
#include "lib/registry/internal/comparison.h"

namespace careroute::registry::internal {

// The verdict as "duplicate.verdict.*" with a reason for each thing that both
// identities know, and for name and birth date always.
[[nodiscard]] model::v1::Explanation ExplainDuplicate(
    const Comparison& compared, Verdict verdict);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_DUPLICATE_REASONS_H_

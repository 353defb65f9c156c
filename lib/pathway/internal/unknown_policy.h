// lib/pathway/internal/unknown_policy.h: what a rule makes of "not known".
//
//   return Settle(Ask(test, reading), test.if_unknown());

#ifndef CAREROUTE_LIB_PATHWAY_INTERNAL_UNKNOWN_POLICY_H_
#define CAREROUTE_LIB_PATHWAY_INTERNAL_UNKNOWN_POLICY_H_

#include "careroute/model/v1/condition.pb.h"
#include "lib/pathway/tri.h"

namespace careroute::pathway::internal {

// The answer, and what the policy says of one that is not known. Without a
// policy it stays not known. Thread-safe.
[[nodiscard]] inline Tri Settle(Tri answer, model::v1::UnknownPolicy policy) {
  if (answer != Tri::kUnknown) return answer;
  switch (policy) {
    case model::v1::UNKNOWN_POLICY_AS_YES:
      return Tri::kYes;
    case model::v1::UNKNOWN_POLICY_AS_NO:
      return Tri::kNo;
    default:
      return Tri::kUnknown;
  }
}

}  // namespace careroute::pathway::internal

#endif  // CAREROUTE_LIB_PATHWAY_INTERNAL_UNKNOWN_POLICY_H_

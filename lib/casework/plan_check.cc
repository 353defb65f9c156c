#include "lib/casework/plan_check.h"

#include "lib/casework/internal/plan_rules.h"

namespace careroute::casework {

std::vector<model::v1::PlanViolation> CheckPlan(
    const PlanQuestion& question,
    const google::protobuf::RepeatedPtrField<model::v1::PlanLine>& plan) {
  internal::PlanFindings findings(question, plan);
  if (!internal::CheckForm(findings)) {
    return findings.Take();
  }
  for (const model::v1::ListInvariant& rule : question.step.invariants()) {
    switch (rule.rule_case()) {
      case model::v1::ListInvariant::kPartition:
        internal::CheckPartition(rule, findings);
        break;
      case model::v1::ListInvariant::kSum:
        internal::CheckSum(rule, findings);
        break;
      case model::v1::ListInvariant::kMonth:
        internal::CheckMonth(rule, findings);
        break;
      case model::v1::ListInvariant::RULE_NOT_SET:
        break;
    }
  }
  return findings.Take();
}

}  // namespace careroute::casework

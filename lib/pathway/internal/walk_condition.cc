#include "lib/pathway/internal/walk_condition.h"

#include "lib/pathway/evaluate.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Condition;
using Visit = absl::FunctionRef<void(const Condition&, int depth)>;

void Walk(const Condition& condition, Visit visit, int depth) {
  if (depth > kConditionDepthMax) {
    return;
  }
  visit(condition, depth);
  for (const Condition& part : condition.all().of()) {
    Walk(part, visit, depth + 1);
  }
  for (const Condition& part : condition.any().of()) {
    Walk(part, visit, depth + 1);
  }
  if (condition.has_not_()) {
    Walk(condition.not_(), visit, depth + 1);
  }
}

}  // namespace

void WalkCondition(const Condition& condition, Visit visit) {
  Walk(condition, visit, 1);
}

}  // namespace careroute::pathway::internal

#include "lib/pathway/internal/mentions.h"

#include <algorithm>

#include "lib/pathway/evaluate.h"
#include "lib/pathway/internal/walk_condition.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Condition;
using model::v1::OutcomeTest;

bool CouldHoldAt(const Condition& condition,
                 absl::FunctionRef<bool(absl::string_view)> ended, int depth) {
  if (depth > kConditionDepthMax) {
    return true;
  }
  const auto part_could = [&](const Condition& part) {
    return CouldHoldAt(part, ended, depth + 1);
  };
  switch (condition.kind_case()) {
    case Condition::kAll:
      return std::all_of(condition.all().of().begin(),
                         condition.all().of().end(), part_could);
    case Condition::kAny:
      return condition.any().of_size() == 0 ||
             std::any_of(condition.any().of().begin(),
                         condition.any().of().end(), part_could);
    case Condition::kOutcome:
      return ended(condition.outcome().step());
    default:
      return true;
  }
}

}  // namespace

bool MentionsStep(const Condition& condition, absl::string_view step) {
  bool mentioned = false;
  WalkCondition(condition, [&](const Condition& part, int) {
    mentioned = mentioned ||
                (part.has_outcome() && part.outcome().step() == step) ||
                (part.has_step() && part.step().live() == step);
  });
  return mentioned;
}

bool MentionsOutcome(const Condition& condition, absl::string_view step,
                     absl::string_view outcome) {
  bool mentioned = false;
  WalkCondition(condition, [&](const Condition& part, int) {
    if (!part.has_outcome() || part.outcome().step() != step) {
      return;
    }
    const OutcomeTest& test = part.outcome();
    mentioned = mentioned || test.is_size() == 0 ||
                std::find(test.is().begin(), test.is().end(), outcome) !=
                    test.is().end();
  });
  return mentioned;
}

bool MentionsDataConsent(const Condition& condition) {
  bool mentioned = false;
  WalkCondition(condition, [&](const Condition& part, int) {
    mentioned = mentioned ||
                (part.has_consent() &&
                 part.consent().matter() == model::v1::CONSENT_MATTER_DATA);
  });
  return mentioned;
}

bool CouldHold(const Condition& condition,
               absl::FunctionRef<bool(absl::string_view)> ended) {
  return CouldHoldAt(condition, ended, 1);
}

}  // namespace careroute::pathway::internal

#include "lib/registry/internal/decider_reasons.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/registry/internal/decider_rules.h"

namespace careroute::registry::internal {
namespace {

using model::v1::Decider;
using model::v1::Explanation;

// The message allows 100; the rule and the carers have their places beside.
constexpr size_t kRepresentativeReasonsMax = 90;

absl::string_view ResultKey(const Decider& decider) {
  if (decider.nobody()) {
    return "decider.nobody";
  }
  if (decider.disputed()) {
    return "decider.disputed";
  }
  if (decider.representative_countersigns()) {
    return "decider.person_and_representative";
  }
  if (decider.person_decides()) {
    return "decider.person";
  }
  return decider.together() ? "decider.representatives_together"
                            : "decider.representative";
}

Explanation ExplainRule(const SayRule& rule) {
  Explanation node;
  node.set_message_key(absl::StrCat("decider.rule.", rule.key));
  if (!rule.argument.empty()) {
    node.add_arguments(rule.argument);
  }
  node.set_answer(rule.key == "age_not_known"
                      ? model::v1::EXPLANATION_ANSWER_NOT_KNOWN
                      : model::v1::EXPLANATION_ANSWER_YES);
  SetSource(rule.act, node);
  return node;
}

Explanation ExplainRepresentative(const RepresentativeRecord& representative,
                                  const Ask& ask) {
  const auto hindrance = HindranceToDecide(representative, ask);
  Explanation node;
  node.set_message_key(hindrance.has_value() ? "decider.representative_does_not"
                                             : "decider.representative_may");
  node.add_arguments(absl::StrCat(representative.number));
  node.add_arguments(representative.Who());
  node.set_answer(hindrance.has_value() ? model::v1::EXPLANATION_ANSWER_NO
                                        : model::v1::EXPLANATION_ANSWER_YES);
  if (hindrance.has_value()) {
    *node.add_because() = ExplainHindrance(*hindrance, representative);
  }
  return node;
}

void AddNode(absl::string_view key, const Act& act, Explanation& because) {
  Explanation& node = *because.add_because();
  node.set_message_key(std::string(key));
  SetSource(act, node);
}

}  // namespace

Explanation ExplainDecider(const Ask& ask, const SayRule& rule,
                           const Decider& decider) {
  const PersonRecord& record = ask.input.record;
  Explanation because;
  because.set_message_key(std::string(ResultKey(decider)));
  *because.add_because() = ExplainRule(rule);
  size_t explained = 0;
  for (const RepresentativeRecord& each : record.representatives) {
    if (++explained > kRepresentativeReasonsMax) {
      break;
    }
    *because.add_because() = ExplainRepresentative(each, ask);
  }
  if (decider.disputed()) {
    AddNode("decider.objection", kDisputeAct, because);
  }
  if (decider.nobody()) {
    AddNode("decider.tell_guardianship", kGuardianshipAct, because);
  }
  if (record.carers > 0) {
    AddNode("decider.carers_never", kCarerAct, because);
  }
  return because;
}

}  // namespace careroute::registry::internal

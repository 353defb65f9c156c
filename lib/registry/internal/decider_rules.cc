#include "lib/registry/internal/decider_rules.h"

#include <string>

namespace careroute::registry::internal {

const AgeRule& RuleOf(model::v1::ConsentMatter matter) {
  for (const AgeRule& rule : kAgeRules) {
    if (rule.matter == matter) {
      return rule;
    }
  }
  return kAgeRules[0];
}

void SetSource(const Act& act, model::v1::Explanation& node) {
  model::v1::Source& source = *node.mutable_source();
  source.set_act(std::string(act.text));
  source.set_jurisdiction("RU");
  source.set_provenance(model::v1::PROVENANCE_RECALLED);
  source.set_confidence(act.confidence);
}

}  // namespace careroute::registry::internal

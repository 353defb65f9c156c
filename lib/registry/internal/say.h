// lib/registry/internal/say.h: who has the say before anybody's papers are
// looked at: the person, a representative, or both together.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_SAY_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_SAY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "lib/registry/decider.h"
#include "lib/registry/internal/decider_rules.h"

namespace careroute::registry::internal {

enum class Say { kRepresentative, kTogether, kPerson };

// The say, and the rule it follows from.
struct SayRule {
  Say say = Say::kPerson;
  absl::string_view key;  // of the sentence, after "decider.rule."
  std::string argument;   // its argument; empty = none
  Act act;
};

[[nodiscard]] SayRule SayOf(const DeciderInput& input,
                            const DeciderQuery& query);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_SAY_H_

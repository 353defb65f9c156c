#include "lib/casework/context.h"

namespace careroute::casework {

const model::v1::Decider* FindDecider(const PersonFacts& person,
                                      model::v1::ConsentMatter matter) {
  for (const model::v1::Decider& one : person.deciders) {
    if (one.matter() == matter) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace careroute::casework

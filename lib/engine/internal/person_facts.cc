#include "lib/engine/internal/person_facts.h"

#include <optional>

namespace careroute::engine::internal {

PersonFactsPtr PersonFactsCache::On(const OpenPersonPtr& person,
                                    absl::CivilDay day) {
  const std::optional<Known> known = known_.Get(person->uid);
  if (known.has_value() && known->person.lock() == person &&
      known->day == day) {
    return known->facts;
  }
  auto facts =
      std::make_shared<const casework::PersonFacts>(FactsOf(*person, day));
  known_.Put(person->uid, {.person = person,
                           .day = day,
                           .facts = facts,
                           .version = person->version});
  return facts;
}

}  // namespace careroute::engine::internal

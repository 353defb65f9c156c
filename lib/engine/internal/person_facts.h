// lib/engine/internal/person_facts.h: who decides for a person, worked out once
// a day.
//
// Every command on a case asks, and the answer with its reasons costs more than
// many a decision. It follows from the opened record and the day alone.
//
//   const PersonFactsPtr facts = known.On(reading.person, today);

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_FACTS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_FACTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/time/civil_time.h"
#include "lib/casework/context.h"
#include "lib/engine/persons.h"
#include "lib/engine/state_cache.h"

namespace careroute::engine::internal {

using PersonFactsPtr = std::shared_ptr<const casework::PersonFacts>;

// Those worked with now; an answer holds some kilobytes of reasons.
inline constexpr size_t kPersonFactsKeptMax = 1000;

// Thread-safe.
class PersonFactsCache {
 public:
  // Keeps no more persons than are kept opened.
  explicit PersonFactsCache(size_t opened_max)
      : known_(std::min(opened_max, kPersonFactsKeptMax)) {}

  // As FactsOf.
  [[nodiscard]] PersonFactsPtr On(const OpenPersonPtr& person,
                                  absl::CivilDay day);

 private:
  // Holds for this opening of the record only: another one may have learnt the
  // age of a representative, of which the record's version says nothing. Does
  // not keep it: with it lie the key and all it opens.
  struct Known {
    std::weak_ptr<const OpenPerson> person;
    absl::CivilDay day;
    PersonFactsPtr facts;
    int64_t version = 0;
  };

  StateCache<Known> known_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_PERSON_FACTS_H_

// lib/casework/internal/facts.h: facts of a command become facts of an event.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_FACTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_FACTS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/fact.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

using Facts = google::protobuf::RepeatedPtrField<model::v1::Fact>;

// What facts may speak of although nobody has added it to the case yet.
enum class NewSubjects : uint8_t {
  kNone,
  kPlanLines,  // of the plan that comes with an outcome
  kAll,        // of a report: findings and the like
};

// Refuses with every problem of every fact: not declared, of another type, out
// of its bounds, of nobody in the case.
[[nodiscard]] RefusalPtr CheckFacts(const Draft& draft, const Facts& facts,
                                    absl::string_view path,
                                    NewSubjects may_bring);

// Copies them into the body, with the first day of a period filled in, lays
// them over the case and tells the person's other cases.
void TakeFacts(const Facts& facts, Facts& body, Draft& draft);

// One of them: as TakeFacts stores it.
[[nodiscard]] model::v1::Fact Normal(const model::v1::Fact& fact,
                                     const Draft& draft);

// A message to the person's other open cases with those facts that are the
// person's, if there are any.
void AnnounceFacts(const Facts& facts, Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_FACTS_H_

// lib/casework/internal/guards.h: what must hold before work on a step begins.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_GUARDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_GUARDS_H_

#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

// What the guards of an occurrence say.
struct GuardResult {
  // Names every unmet guard, why it is unmet and who can meet it; null when
  // all hold, owe their evidence already, or pass by an exception.
  RefusalPtr refusal;
  // Guards that pass by their emergency exception; evidence will be owed.
  absl::InlinedVector<const model::v1::Guard*, 1> excepted;
};

// `may_except` says of a guard's id whether its emergency exception may be used
// when its own condition holds.
[[nodiscard]] GuardResult CheckGuards(
    const Draft& draft, const Live& live,
    absl::FunctionRef<bool(absl::string_view)> may_except);

// Evidence is owed from now on: a deadline on the case, and the record.
void OweEvidence(const Live& live, const GuardResult& result, Draft& draft);

// What is owed for the guard of the occurrence; null = nothing.
[[nodiscard]] const EvidenceOwedRecord* FindOwed(const Draft& draft,
                                                 int32_t occurrence,
                                                 absl::string_view guard);

// Refuses with the reasons of a condition that is not yes.
[[nodiscard]] RefusalPtr RefuseUnmet(const Draft& draft,
                                     const model::v1::Condition& condition,
                                     SubjectRef asking, absl::string_view key,
                                     absl::string_view message);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_GUARDS_H_

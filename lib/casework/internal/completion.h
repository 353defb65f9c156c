// lib/casework/internal/completion.h: ending an occurrence with one of its
// outcomes, whoever brings it: a member, or the referral that carried it.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_COMPLETION_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_COMPLETION_H_

#include "absl/strings/string_view.h"
#include "careroute/model/v1/document.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/facts.h"
#include "lib/casework/internal/refuse.h"

namespace careroute::casework::internal {

using Documents = google::protobuf::RepeatedPtrField<model::v1::Document>;
using PlanLines = google::protobuf::RepeatedPtrField<model::v1::PlanLine>;

// What comes with an outcome.
struct Brought {
  const Facts& facts;
  const Documents& documents;
  const PlanLines& plan;
  absl::string_view note;
  absl::string_view late_reason;
  absl::string_view recheck_date;
};

// Refuses when the outcome lacks facts, documents, a plan, a reason, a date or
// a reason for being late; names all of it at once. Conditions are asked apart,
// once the facts are laid over the case.
[[nodiscard]] RefusalPtr CheckBrought(const Draft& draft, const Live& live,
                                      const model::v1::Outcome& outcome,
                                      const Brought& brought, bool late);

// Refuses when the outcome's own condition, or that of the ending it brings
// about, does not hold now.
[[nodiscard]] RefusalPtr CheckConditions(const Draft& draft, const Live& live,
                                         const model::v1::Outcome& outcome);

// Refuses with everything plan_check.h finds against the plan the step states:
// INVALID_REQUEST when lines could not be counted, else OUTCOME_INCOMPLETE. An
// outcome without a plan leaves the plan stated before in force, which then
// must hold still.
[[nodiscard]] RefusalPtr CheckPlan(const Draft& draft, const Live& live,
                                   const model::v1::Step& step,
                                   const PlanLines& plan);

// A fact may break a plan that is in force: it is true all the same, so the
// coordinator is told that the plan must be stated anew.
void CheckPlansByFact(absl::string_view fact, Draft& draft);

// The occurrence's step and one of its outcomes.
struct Target {
  const model::v1::Step* step = nullptr;
  const model::v1::Outcome* outcome = nullptr;
};
[[nodiscard]] RefusalPtr FindTarget(const Draft& draft, const Live& live,
                                    absl::string_view outcome, Target& target);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_COMPLETION_H_

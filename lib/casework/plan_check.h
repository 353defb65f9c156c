// lib/casework/plan_check.h: everything that is wrong with the lines of a plan.
//
// The rules are those of the step that keeps the plan: parts that make up a
// list exactly, sums under a cap of the day, a planned month. All of them are
// asked, so that a plan is mended once and not rule by rule.
//
//   const auto wrong = CheckPlan({.edition = edition, .step = step,
//                                 .fact = FactOfCase, .date = "2026-03-02"},
//                                command.plan());
//   for (const model::v1::PlanViolation& one : wrong) Print(one.message());
//
// Pure and total: whatever the lines say is answered in bounded time. The same
// function judges a plan that is asked about and one that is stated.

#ifndef CAREROUTE_LIB_CASEWORK_PLAN_CHECK_H_
#define CAREROUTE_LIB_CASEWORK_PLAN_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/plan.pb.h"
#include "careroute/model/v1/plan_violation.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/case.h"
#include "lib/pathway/edition.h"

namespace careroute::casework {

// Lines of one plan; the requests bound them likewise.
inline constexpr int kPlanLinesMax = 500;
// The largest amount of one line; the requests bound them likewise.
inline constexpr int64_t kPlanAmountMax = 1'000'000'000;

// The record of a fact in force for what the plan belongs to; null = never
// recorded. What is recorded as not known is not known, never no.
using PlanFacts = absl::FunctionRef<const FactRecord*(absl::string_view fact)>;

// Borrows everything for the call.
struct PlanQuestion {
  const pathway::Edition& edition;
  const model::v1::Step& step;  // that keeps the plan
  PlanFacts fact;
  // YYYY-MM-DD: the day whose caps count.
  absl::string_view date;
  // Of messages: "ru" or "en".
  absl::string_view language = "en";
};

// In the order of the step's rules, what no rule could count first; empty when
// nothing is wrong. Paths begin with "plan".
[[nodiscard]] std::vector<model::v1::PlanViolation> CheckPlan(
    const PlanQuestion& question,
    const google::protobuf::RepeatedPtrField<model::v1::PlanLine>& plan);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_PLAN_CHECK_H_

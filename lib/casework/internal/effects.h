// lib/casework/internal/effects.h: what the ending of a step brings about.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_EFFECTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_EFFECTS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// How a live occurrence comes to its outcome.
struct Completion {
  const model::v1::Outcome& outcome;
  absl::string_view recheck_date;  // YYYY-MM-DD; empty = none given
  absl::string_view why;           // for StepEnded
  bool late = false;
  bool in_body = false;  // the body of the event says it already
};

// Ends the occurrence, or notes the outcome where it goes on, and applies all
// the outcome brings about: tracks, steps it ends and starts, rights, cases,
// the ending of the case.
void Complete(const Live& live, const Completion& completion, Draft& draft);

// The same for an outcome a rule names; without one the occurrence is
// withdrawn. What a rule cannot name the coordinator is told.
void CompleteByRule(const Live& live, absl::string_view outcome,
                    absl::string_view why, Draft& draft);

// Ends without an outcome.
void Withdraw(const Live& live, absl::string_view why, Draft& draft);

// Starts again what a Next with a date of this fact waits for, after the fact
// changed.
void MoveSchedulesByFact(absl::string_view fact, Draft& draft);

// Whether the outcome leaves the occurrence live.
[[nodiscard]] bool GoesOn(const model::v1::Outcome& outcome);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_EFFECTS_H_

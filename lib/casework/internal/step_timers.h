// lib/casework/internal/step_timers.h: what falls due for a live occurrence
// besides its deadlines: silence, the end of what runs until a day, visits.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_STEP_TIMERS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_STEP_TIMERS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Sets what the step's rules ask for. Silence runs from `since`; that of a step
// carried by a referral only from when one was sent.
void SetStepTimers(const Live& live, absl::Time since, Draft& draft);

// A suspended occurrence waits for nobody's answer.
void ClearStepTimers(int32_t occurrence, Draft& draft);

// From the moment a referral was sent.
void SetSilence(const Live& live, absl::Time since, Draft& draft);

// The next visit that would count as missed: of those folded and `planned`.
void SetVisitTimer(const Live& live, absl::Span<const VisitRecord> planned,
                   Draft& draft);
// When a visit of that day counts as missed.
[[nodiscard]] std::optional<absl::Time> MissedAt(
    const Draft& draft, const Live& live, const model::v1::VisitRules& rules,
    absl::string_view planned_on);

// Timers of every occurrence that this command started, and of those whose
// dates may have moved. Run after Settle.
void SettleTimers(Draft& draft);

// The timer of the case itself: the next day on which a rule about an age, a
// period or freshness answers anew. And the next day on which somebody else
// decides for the person.
void SettleCaseTimers(Draft& draft);

// Whether what counts for the condition now can be too old one day, so that a
// timer must look again then.
[[nodiscard]] bool AsksForFreshness(const model::v1::Condition& condition);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_STEP_TIMERS_H_

// lib/casework/internal/interrupts.h: what suspends groups of steps, and how
// they go on.
//
// What an interrupt stopped resumes or is closed on purpose: an occurrence is
// suspended while an interrupt that names its step holds, and after that until
// the step that must come before is over.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_INTERRUPTS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_INTERRUPTS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Whether an occurrence of the step would have to wait now.
[[nodiscard]] bool IsSuspended(const Draft& draft, absl::string_view step);

void BeginInterrupt(const model::v1::Interrupt& interrupt, Draft& draft);
void EndInterrupt(const model::v1::Interrupt& interrupt, Draft& draft);

// The step that had to come before has ended: what waited for it goes on.
void PassGate(const Live& gate, Draft& draft);

// Begins a stop of the closed list, with its longest time.
int32_t BeginStop(const model::v1::StopReason& reason, Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_INTERRUPTS_H_

// lib/casework/internal/deadlines.h: limits become instants.
//
// Run once, after all rules have come to rest: each limit of each occurrence
// that started or whose ground changed is computed from its start, on the
// calendar of who must act, with the tracks that are set and the stops it
// honours. Events hold the result; fold never computes one.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_DEADLINES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_DEADLINES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/casework/internal/draft.h"

namespace careroute::casework::internal {

// Sets, moves and ends deadlines as the draft now demands. Run after Settle.
void SettleDeadlines(Draft& draft);

// A deadline outside the limits of a step: a loop of a referral, or evidence
// owed. Returns its number; 0 when the term has no end.
struct ExtraDeadline {
  absl::string_view limit;  // "cancel", "information", "evidence/GUARD"
  int32_t occurrence = 0;
  int32_t referral = 0;
  const model::v1::Term* within = nullptr;
  absl::string_view acts;  // the organisation that must; empty = home
};
int32_t SetExtraDeadline(const ExtraDeadline& extra, Draft& draft);

// Whether a limit of the occurrence, or of the referral, was over when the
// command happened. Stopped ones never are.
[[nodiscard]] bool IsOverdue(const Draft& draft, int32_t occurrence,
                             int32_t referral);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_DEADLINES_H_

// lib/casework/internal/referral_apply.h: what a move on a referral means for
// the rest of its case: loops, clocks, the step it was made for.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_APPLY_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_APPLY_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"
#include "lib/casework/referral_decide.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {

// The rule of a live occurrence's step; null = it is over, or has none.
[[nodiscard]] const model::v1::ReferralRule* LiveRuleOf(const Draft& draft,
                                                        int32_t occurrence);

// Ends the oldest deadline of a loop, "cancel" or "information"; with an empty
// limit all of the referral.
void EndLoop(int32_t referral, absl::string_view limit, Draft& draft);

// Deadlines of loops that opened or closed; `cancel_within` is the term of one
// that states none.
void ApplyLoops(const std::vector<LoopChange>& loops, int32_t number,
                int32_t occurrence, const model::v1::Term* cancel_within,
                Draft& draft);

// All that follows from a change whose entries stand in the event already. By
// the hub never refused: where an outcome does not fit, the coordinator is
// told.
[[nodiscard]] RefusalPtr Follow(ReferralChange& change, Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_APPLY_H_

// lib/casework/internal/hand_over_fold.h: a case that moves to another hub, as
// it is folded.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_HAND_OVER_FOLD_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_HAND_OVER_FOLD_H_

#include <cstdint>

#include "careroute/event/v1/hand_over_event.pb.h"
#include "lib/casework/case.h"

namespace careroute::casework::internal {

// `version` is that of the event.
void FoldFrozen(const event::v1::CaseFrozen& body, int64_t version,
                Case& state);
// What the case has asked of others, the new coordinator's organisation asks
// from now on. Offers of posts at the old hub lapse.
void FoldReceived(const event::v1::CaseReceived& body, Case& state);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_HAND_OVER_FOLD_H_

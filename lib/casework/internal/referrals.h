// lib/casework/internal/referrals.h: the case's side of the referral machine.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRALS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRALS_H_

#include "careroute/model/v1/referral.pb.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {

// Whether the envelope of the referral has begun to leave for another hub, or
// its performer has it.
[[nodiscard]] bool HasLeft(const Draft& draft, const Referral& referral);

// Whoever acts: cancels what has not left, asks to cancel what has. The case
// does not wait for the answer.
void TakeBack(const Referral& referral, model::v1::ReferralReason reason,
              Draft& draft);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRALS_H_

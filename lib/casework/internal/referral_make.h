// lib/casework/internal/referral_make.h: a new referral of an occurrence, made
// from nothing or in place of another.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_MAKE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_MAKE_H_

#include "careroute/command/v1/referral_command.pb.h"
#include "lib/casework/internal/referral_refuse.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {

// Fills `change` with the new referral, sent at once if the command says so.
// Returns why not.
[[nodiscard]] RefusalPtr Make(const command::v1::MakeReferral& command,
                              const ReferralScene& scene,
                              ReferralChange& change);

// The same in place of `old`, by the same way and with the same classes. What
// becomes of `old` is decided already.
[[nodiscard]] RefusalPtr MakeInPlaceOf(
    const Referral& old, const command::v1::RedirectReferral& command,
    const ReferralScene& scene, ReferralChange& change);

// What decide_referral needs of the scene. `referral` may be one that is being
// made.
[[nodiscard]] ReferralContext ContextOf(const Referral& referral,
                                        const ReferralScene& scene);

// How a referral goes by this way of its step.
[[nodiscard]] model::v1::Delivery DeliveryBy(const model::v1::Way* way);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_MAKE_H_

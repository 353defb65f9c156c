// lib/casework/referral_case.h: the referral machine inside a case.
//
// What decide_referral cannot know by itself: whether the step may be asked of
// this organisation now, on what ground data may pass, and what a move means
// for the step. Disclosure is judged anew when a referral is made, when it is
// sent, when it is accepted and when information is given.
//
//   const ReferralScene scene{.state = &state, .edition = &edition,
//                             .context = &context, .surroundings = &core,
//                             .happened = happened, .today = "2026-03-02"};
//   ReferralChange change = DecideReferralInCase(command, scene);

#ifndef CAREROUTE_LIB_CASEWORK_REFERRAL_CASE_H_
#define CAREROUTE_LIB_CASEWORK_REFERRAL_CASE_H_

#include "careroute/command/v1/referral_command.pb.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework {

// Referrals one occurrence may have had: a family whose referral went round
// this often needs its coordinator, not another organisation.
inline constexpr std::size_t kReferralsAnOccurrenceMax = 50;

// Pure and total: any command is answered. The change is applied by the case;
// nothing in `scene` is changed.
[[nodiscard]] ReferralChange DecideReferralInCase(
    const command::v1::ReferralCommand& command, const ReferralScene& scene);

}  // namespace careroute::casework

#endif  // CAREROUTE_LIB_CASEWORK_REFERRAL_CASE_H_

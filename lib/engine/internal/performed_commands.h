// lib/engine/internal/performed_commands.h: a command to a referral whose case
// lives at another hub becomes an event, or a refusal. Pure.
//
// The moves are those of the profile, as at home (casework/referral_decide.h).
// What only the case knows is judged there: here the outcomes are those that
// came with the referral, and its limits those that were told last.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_COMMANDS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_COMMANDS_H_

#include <optional>

#include "careroute/event/v1/referral_event.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/engine/internal/performed_events.h"
#include "lib/engine/performed_referral.h"
#include "lib/engine/performed_referrals.h"

namespace careroute::engine::internal {

// NOT_FOUND for what nobody here was told of, or only that it exists.
[[nodiscard]] std::optional<model::v1::Refusal> CheckArrived(
    const PerformedReferral& state);

struct PerformedDecision {
  std::optional<model::v1::Refusal> refusal;
  // In the plain.
  event::v1::ReferralEvent event;
};

[[nodiscard]] PerformedDecision DecidePerformed(
    const PerformedReferrals::ExecuteRequest& request,
    const PerformedReferral& before, const Moment& moment);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_COMMANDS_H_

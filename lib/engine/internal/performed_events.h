// lib/engine/internal/performed_events.h: what another hub told of a referral
// becomes an event, or is not taken. Pure.
//
//   const absl::StatusOr<Judgement> judged = Judge(telling, state);
//   if (judged.ok() && judged->writes) event = EventOf(telling, state, moment);

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_EVENTS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_EVENTS_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/event/v1/header.pb.h"
#include "careroute/event/v1/referral_event.pb.h"
#include "lib/engine/incoming.h"
#include "lib/engine/performed_referral.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/request.h"

namespace careroute::engine::internal {

struct Judgement {
  TakeResult result;
  bool writes = false;  // an event follows
};

// Whether it comes from who may speak, in its turn, and can be meant. A failed
// status means: not now.
[[nodiscard]] absl::StatusOr<Judgement> Judge(const Telling& telling,
                                              const PerformedReferral& state);

struct Moment {
  absl::Time now;
  // False: the key was destroyed, and what must be sealed cannot be kept.
  bool has_key = true;
};

// What follows, in the plain, with what this hub does by itself.
[[nodiscard]] event::v1::ReferralEvent EventOf(const Telling& telling,
                                               const PerformedReferral& before,
                                               const Moment& moment);

// Header of the next event: recorded time never runs backwards.
[[nodiscard]] event::v1::EventHeader HeaderAfter(
    const PerformedReferral& before, const RequestInfo& info,
    absl::Time happened, absl::Time now);

// The first event of a referral whose case went to another hub.
[[nodiscard]] event::v1::ReferralEvent AdoptedEvent(
    const Adoption& adoption, const PerformedReferral& before, absl::Time now);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_PERFORMED_EVENTS_H_

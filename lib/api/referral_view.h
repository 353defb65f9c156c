// lib/api/referral_view.h: a referral as callers read it.

#ifndef CAREROUTE_LIB_API_REFERRAL_VIEW_H_
#define CAREROUTE_LIB_API_REFERRAL_VIEW_H_

#include <vector>

#include "careroute/model/v1/actor.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "lib/casework/referral.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"

namespace careroute::api {

// A referral whose case lives at another hub, as far as its state says it to
// the caller: everything but entries and disclosed data.
[[nodiscard]] model::v1::Referral ReferralOf(
    const engine::PerformedReading& reading, const model::v1::Actor& caller);

// Adds whom it is about and how to speak with them, as far as that was
// disclosed and not recalled.
void AddPerson(const engine::PerformedReading& reading,
               model::v1::Referral& referral);

// Adds the entries of both halves and all that was disclosed.
void AddHistory(const engine::PerformedReading& reading,
                model::v1::Referral& referral);

// What the folded case says: everything but entries and disclosed data.
[[nodiscard]] model::v1::Referral ReferralOf(
    const engine::CaseStanding& standing, const casework::Referral& referral);

// Adds whom it is about and how to speak with them, as far as that was
// disclosed, from the event that made the referral.
void AddPerson(const engine::CaseHistory& making,
               model::v1::Referral& referral);

// Adds the entries of both halves and what was disclosed, from the history of
// the case.
void AddHistory(const std::vector<engine::CaseHistory>& events, int32_t number,
                model::v1::Referral& referral);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_REFERRAL_VIEW_H_

// lib/casework/internal/referral_records.h: referrals between their form in a
// snapshot and their plain form.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_RECORDS_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_RECORDS_H_

#include "careroute/event/v1/case_snapshot.pb.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {

[[nodiscard]] Referral FromProto(const event::v1::ReferralSnapshot& from);
void ToProto(const Referral& one, event::v1::ReferralSnapshot* into);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_RECORDS_H_

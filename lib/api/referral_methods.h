// lib/api/referral_methods.h: ReferralService besides the plain commands.

#ifndef CAREROUTE_LIB_API_REFERRAL_METHODS_H_
#define CAREROUTE_LIB_API_REFERRAL_METHODS_H_

#include "lib/api/pipeline.h"

namespace careroute::api {

// ListReferrals, GetReferral.
void AddReferralMethods(Pipeline& pipeline);

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_REFERRAL_METHODS_H_

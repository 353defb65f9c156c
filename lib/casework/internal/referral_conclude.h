// lib/casework/internal/referral_conclude.h: what entries of a referral mean
// for its step.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_CONCLUDE_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_CONCLUDE_H_

#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/step.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/referral.h"
#include "lib/casework/referral_effect.h"

namespace careroute::casework::internal {

// New entries of both halves. Borrowed by the effect.
struct NewEntries {
  const google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>& request;
  const google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>&
      performance;
};

// Fills effect, joins, received and closed of `change`. `before` is the
// referral without the new entries, `delivery` how it went with them. Words of
// the entries are taken from the command by the caller.
void Conclude(const NewEntries& entries, const Referral& before,
              model::v1::Delivery delivery, const ReferralScene& scene,
              ReferralChange& change);

// Null when the edition has no such step any more.
[[nodiscard]] const model::v1::ReferralRule* RuleOf(const Referral& referral,
                                                    const ReferralScene& scene);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_REFERRAL_CONCLUDE_H_

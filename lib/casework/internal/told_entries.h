// lib/casework/internal/told_entries.h: entries of a referral that came from
// another hub, made fit for an event.
//
// No door of this hub looked at them: they may be longer, or at another time,
// than anybody here could say.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_TOLD_ENTRIES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_TOLD_ENTRIES_H_

#include <cstdint>

#include "absl/time/time.h"
#include "careroute/model/v1/referral.pb.h"
#include "google/protobuf/repeated_field.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/refuse.h"
#include "lib/casework/referral.h"

namespace careroute::casework::internal {

// Refused when it had its effect already, or one before it is missing; `last`
// is the newest that had its.
[[nodiscard]] RefusalPtr CheckEnvelope(int32_t envelope, int32_t last);

// A clock of another hub may be wrong: nothing was done before the referral was
// made, nor is it done in time to come.
[[nodiscard]] absl::Time Plausible(absl::Time told, const Referral& referral,
                                   const Draft& draft);

// An event has one time in life: that of the last of its entries.
[[nodiscard]] absl::Time LastOf(
    const google::protobuf::RepeatedPtrField<model::v1::ReferralEntry>& entries,
    const Referral& referral, const Draft& draft);

// Codes and names stay in the case; no door of a hub takes so long a one.
[[nodiscard]] bool IsOverlong(const model::v1::ReferralEntry& entry);

// What is told of an erased person is not kept.
void Empty(model::v1::ReferralEntry& entry);

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_TOLD_ENTRIES_H_

// lib/exchange/internal/returned.h: what this hub keeps of another one's half
// of a referral, as envelopes to give back. Pure.
//
// They say what is still kept, in the words there still are: what was recalled
// or erased since is missing.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_RETURNED_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_RETURNED_H_

#include <cstdint>
#include <optional>

#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"

namespace careroute::exchange::internal {

// The envelope of the request half that brought the event; none when none did,
// and for the one that brought the referral, which only its case can hold.
[[nodiscard]] std::optional<v1::Envelope> ReturnedRequest(
    const engine::PerformedEvent& told);

// The envelope of the performance half of the case's referral of that number
// that brought the event; none when none did.
[[nodiscard]] std::optional<v1::Envelope> ReturnedPerformance(
    const engine::CaseHistory& told, int32_t number);

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_RETURNED_H_

// lib/exchange/internal/told.h: an envelope of the request half, as the engine
// is told of it. Pure.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_TOLD_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_TOLD_H_

#include <optional>
#include <string>

#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/engine/performed_referrals.h"

namespace careroute::exchange::internal {

// An envelope that was judged.
struct TakenEnvelope {
  v1::Envelope envelope;
  const std::string& bytes;  // of it, as they came
  bool of_newer_release = false;
};
[[nodiscard]] engine::Incoming Told(TakenEnvelope taken);

// One that was kept, now that this release may understand it; none while it
// still does not, and when what it tells may not be taken: it stays kept.
[[nodiscard]] std::optional<engine::Incoming> ToldAgain(
    const std::string& bytes);

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_TOLD_H_

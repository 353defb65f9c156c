// lib/engine/internal/left_referrals.h: which referrals of a case have begun to
// leave for another hub, as the outbox says.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_LEFT_REFERRALS_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_LEFT_REFERRALS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/casework/case.h"
#include "lib/store/store.h"

namespace careroute::engine::internal {

// Whether anybody but the outbox can tell: an open referral was sent to another
// hub, which has said nothing yet.
[[nodiscard]] bool AsksOutbox(const casework::Case& state);

// The numbers of those that have left: their first message is settled, or was
// taken to be sent once, whatever came of it. Reads at most as many rows of the
// outbox as the case has messages from the first of them to the last.
void FindLeftReferrals(store::Store& store, base::Uid case_uid,
                       std::shared_ptr<const casework::Case> state,
                       base::Done<std::vector<std::int32_t>> done);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_LEFT_REFERRALS_H_

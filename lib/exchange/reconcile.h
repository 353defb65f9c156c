// lib/exchange/reconcile.h: what two hubs owe each other when one has
// forgotten.
//
// Each half of a referral has one writer, is numbered without a gap, and is
// mirrored by the other hub. So the marks of both say all: what the other has
// not taken is sent again; what the other took and the writer no longer has is
// given back, and becomes the writer's own again before it writes on.
//
//   for (const Owed& owed : Reconcile({.ours = mine, .theirs = theirs})) {
//     if (!owed.adopt.empty()) ...
//   }

#ifndef CAREROUTE_LIB_EXCHANGE_RECONCILE_H_
#define CAREROUTE_LIB_EXCHANGE_RECONCILE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/uid.h"
#include "lib/engine/exchange_marks.h"

namespace careroute::exchange {

// Envelopes of one half, by their numbers.
struct Stretch {
  int32_t first = 1;
  int32_t last = 0;

  [[nodiscard]] bool empty() const { return last < first; }
  [[nodiscard]] int32_t size() const { return empty() ? 0 : last - first + 1; }
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

enum class Trouble : std::uint8_t {
  kNone,
  // The request was lost with its case, which no performer can give back: what
  // is left of it here or there is for people to see to.
  kRequestLostHere,
  kRequestLostThere,
  // Both hubs say they write the same half: one of them is not what it says.
  kSameHalf,
};

struct Owed {
  base::Uid referral;
  engine::Half own = engine::Half::kRequest;  // the half this hub writes
  Stretch send;       // of the own half: the other hub has not taken it
  Stretch adopt;      // of the own half: only the other hub has it
  Stretch give_back;  // of the other half: only this hub has it
  Stretch await;      // of the other half: this hub has not taken it
  Trouble trouble = Trouble::kNone;

  friend bool operator==(const Owed&, const Owed&) = default;
};

// Both by uid, of the same stretch of uids; a referral that is missing on one
// side is not known there.
struct MarksOfBoth {
  const std::vector<engine::ExchangeMarks>& ours;
  const std::vector<engine::ExchangeMarks>& theirs;
};
// Where something is owed or wrong; by uid.
[[nodiscard]] std::vector<Owed> Reconcile(const MarksOfBoth& marks);

[[nodiscard]] v1::ReferralMarks ToProto(const engine::ExchangeMarks& marks);
// INVALID_ARGUMENT for what no hub can have: no uid, no side, a mark below 0.
[[nodiscard]] absl::StatusOr<engine::ExchangeMarks> FromProto(
    const v1::ReferralMarks& marks);

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_RECONCILE_H_

// lib/exchange/halves.h: what a comparison asks of the records of a hub.
//
// Cases and performed referrals keep the halves; sender and receiver move
// them. A comparison only says which envelopes.

#ifndef CAREROUTE_LIB_EXCHANGE_HALVES_H_
#define CAREROUTE_LIB_EXCHANGE_HALVES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/exchange_marks.h"
#include "lib/exchange/reconcile.h"

namespace careroute::exchange {

// One half of one referral shared with a hub.
struct SharedHalf {
  std::string hub;
  base::Uid referral;
  engine::Half half = engine::Half::kRequest;
};

// Thread-safe.
class Halves {
 public:
  virtual ~Halves() = default;

  // Sends the last envelope of the own half again, judged as ever when it
  // leaves. The other hub says from which one on it misses any, and those are
  // sent before it. Durable when it is answered; one that waits already is not
  // sent twice.
  virtual void SendAgain(SharedHalf own, int32_t last,
                         base::DoneStatus done) = 0;

  // What this hub keeps of the other hub's half: an envelope for each number,
  // in order, beginning with the first. What can be shown no more, as after an
  // erasure, is missing in it. It may stop early, but not before one.
  virtual void ReadMirror(SharedHalf lost, Stretch stretch,
                          base::Done<std::vector<v1::Envelope>> done) = 0;

  // Makes envelopes of the own half, in order, own entries again, as they are:
  // nobody decides anew what has happened. The first is the next number of the
  // half. Durable when it is answered, and safe to repeat. FAILED_PRECONDITION,
  // in words for an administrator, for what cannot be of this half.
  virtual void Adopt(SharedHalf lost, std::vector<v1::Envelope> envelopes,
                     base::DoneStatus done) = 0;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_HALVES_H_

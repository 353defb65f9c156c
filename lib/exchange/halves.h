// lib/exchange/halves.h: what a comparison asks of the records of a hub.
//
// Cases and performed referrals keep the halves; sender and receiver move
// them. A comparison only says which envelopes.

#ifndef CAREROUTE_LIB_EXCHANGE_HALVES_H_
#define CAREROUTE_LIB_EXCHANGE_HALVES_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/exchange_marks.h"
#include "lib/exchange/reconcile.h"

namespace careroute::exchange {

// Envelopes of one half of one referral shared with a hub.
struct HalfStretch {
  std::string hub;
  base::Uid referral;
  engine::Half half = engine::Half::kRequest;
  Stretch stretch;
};

// Thread-safe.
class Halves {
 public:
  virtual ~Halves() = default;

  // Sends these envelopes of the own half, from the history: they were settled
  // long since. Judged as ever when they leave. Need not be durable: while they
  // are owed, the next comparison asks again. One that waits already is not
  // sent twice.
  virtual void SendAgain(const HalfStretch& owed, base::DoneStatus done) = 0;

  // What this hub keeps of the other hub's half: an envelope for each number,
  // in order, beginning with the first; those that can be shown no more, as
  // after an erasure, withheld. It may stop early, but not before one.
  virtual void ReadMirror(const HalfStretch& lost,
                          base::Done<std::vector<v1::Envelope>> done) = 0;

  // Makes envelopes of the own half, of one referral and in order, own entries
  // again, as they are: nobody decides anew what has happened. The first is the
  // next number of the half. Durable when it is answered. Nothing is written to
  // that half meanwhile, nor by an arrival that comes after.
  virtual void Adopt(const HalfStretch& lost,
                     std::vector<v1::Envelope> envelopes,
                     base::DoneStatus done) = 0;
};

// How a comparison reaches another hub. Thread-safe.
class CompareTransport {
 public:
  virtual ~CompareTransport() = default;

  // Completes exactly once, not later than `deadline`; UNIMPLEMENTED when the
  // other hub is of a release before comparisons.
  virtual void Compare(const std::string& hub,
                       const v1::CompareRequest& request, absl::Time deadline,
                       base::Done<v1::CompareResponse> done) = 0;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_HALVES_H_

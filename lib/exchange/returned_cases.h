// lib/exchange/returned_cases.h: what a comparison asks of the cases of a hub.
//
// A case that moved is kept by every hub it was at, as far as it knew it, and
// all copies are of one chain. So what one hub forgot another gives back: the
// new home says that the old one gave the case away, and the old home gives the
// new one what it took.

#ifndef CAREROUTE_LIB_EXCHANGE_RETURNED_CASES_H_
#define CAREROUTE_LIB_EXCHANGE_RETURNED_CASES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"
#include "lib/engine/incoming.h"
#include "lib/engine/moved_cases.h"

namespace careroute::exchange {

// As the field of the message says.
inline constexpr int32_t kCasesPerCompareMax = 500;

// Thread-safe.
class ReturnedCases {
 public:
  virtual ~ReturnedCases() = default;

  // At the hub that is asked. Of a case that the peer has no part in it knows
  // nothing. One that is offered to the peer, and was not answered, is offered
  // again. INVALID_ARGUMENT for a uid that is none.
  virtual void Answer(const std::string& peer, v1::CaseQuestion question,
                      base::Done<v1::CaseAnswer> done) = 0;

  // At the hub that asks, for a case as the other hub lists it; none = this one
  // has as much. DATA_LOSS where its copy cannot be read.
  virtual void FindLost(const engine::CaseCopy& theirs,
                        base::Done<std::optional<v1::LostCase>> done) = 0;
  // Refused where it does not fit, which no other try will change.
  virtual void TakeBack(const v1::LostCase& lost, v1::ReturnedCase returned,
                        base::Done<engine::TakeResult> done) = 0;
  // Once nothing more of it comes back: whether what is kept here may stand.
  // False where this hub writes to the case and so does another one, each by
  // its own history, or where what members of this hub performed for it is
  // gone. The first shows only while the other history is the longer one.
  virtual void IsWhole(const engine::CaseCopy& theirs,
                       base::Done<bool> done) = 0;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_RETURNED_CASES_H_

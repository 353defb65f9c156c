// lib/exchange/transport.h: how a batch, or a comparison, reaches another hub.
//
// The sender knows no network: a hub hands in a transport that speaks gRPC,
// tests and the simulator one that loses, doubles and delays.
//
//   transport.Deliver("east", request, clock.Now() + kDeliverWithin, done);

#ifndef CAREROUTE_LIB_EXCHANGE_TRANSPORT_H_
#define CAREROUTE_LIB_EXCHANGE_TRANSPORT_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/callback.h"

namespace careroute::exchange {

// Thread-safe. It must outlive whoever sends through it.
class Transport {
 public:
  virtual ~Transport() = default;

  // Asks the hub of that id, and completes exactly once: with its answer, or
  // not later than `deadline` with a failure. A failure says nothing about
  // whether the batch arrived; its text holds no data of a person. `request`
  // need not outlive the call.
  virtual void Deliver(absl::string_view peer,
                       const exchange::v1::DeliverRequest& request,
                       absl::Time deadline,
                       base::Done<exchange::v1::DeliverResponse> done) = 0;

  // Likewise. UNIMPLEMENTED when the other hub is of a release before
  // comparisons.
  virtual void Compare(absl::string_view peer,
                       const exchange::v1::CompareRequest& request,
                       absl::Time deadline,
                       base::Done<exchange::v1::CompareResponse> done) = 0;

  // Somebody says that the peer is there again: what was learnt about the way
  // to it counts no longer, and the next Deliver tries it without a pause. A
  // transport that remembers nothing has nothing to do.
  virtual void Renew(absl::string_view /*peer*/) {}
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_TRANSPORT_H_

// lib/exchange/internal/loopback.h: the way of a hub to itself.

#ifndef CAREROUTE_LIB_EXCHANGE_INTERNAL_LOOPBACK_H_
#define CAREROUTE_LIB_EXCHANGE_INTERNAL_LOOPBACK_H_

#include <utility>

#include "absl/status/status.h"
#include "lib/exchange/receiver.h"
#include "lib/exchange/transport.h"

namespace careroute::exchange::internal {

// Thread-safe. The receiver must outlive it. A deadline is not kept: nobody is
// away.
class Loopback final : public Transport {
 public:
  explicit Loopback(Receiver& receiver) : receiver_(receiver) {}

  void Deliver(absl::string_view peer, const v1::DeliverRequest& request,
               absl::Time /*deadline*/,
               base::Done<v1::DeliverResponse> done) override {
    receiver_.Deliver(peer, request, std::move(done));
  }

  // Nobody asks: a hub has nothing to compare with itself.
  void Compare(absl::string_view /*peer*/,
               const v1::CompareRequest& /*request*/, absl::Time /*deadline*/,
               base::Done<v1::CompareResponse> done) override {
    std::move(done)(
        absl::UnimplementedError("a hub compares nothing with itself"));
  }

 private:
  Receiver& receiver_;
};

}  // namespace careroute::exchange::internal

#endif  // CAREROUTE_LIB_EXCHANGE_INTERNAL_LOOPBACK_H_

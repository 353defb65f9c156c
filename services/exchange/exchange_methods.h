// services/exchange/exchange_methods.h: ExchangeService, for the method table.
//
// Its caller is a hub, not a member: whom the door found to be a peer
// (Call::peer_hub). So it goes past the pipeline, which asks for an actor; what
// it takes is recorded in the peer's stream instead of the access log.

#ifndef CAREROUTE_SERVICES_EXCHANGE_EXCHANGE_METHODS_H_
#define CAREROUTE_SERVICES_EXCHANGE_EXCHANGE_METHODS_H_

#include <functional>
#include <string>

#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/api/method_table.h"
#include "lib/base/callback.h"

namespace careroute::services {

// Exchange::Deliver: `peer` is a hub of this exchange.
using TakeBatch = std::function<void(
    const std::string& peer, exchange::v1::DeliverRequest request,
    base::Done<exchange::v1::DeliverResponse> done)>;

// A caller that is no peer is refused before its request is looked at.
void AddExchangeMethods(api::MethodTable& table, TakeBatch take);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_EXCHANGE_EXCHANGE_METHODS_H_

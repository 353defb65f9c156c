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
#include "lib/api/call_limits.h"
#include "lib/api/method_table.h"
#include "lib/base/callback.h"

namespace careroute::services {

// Exchange::Deliver and Exchange::Compare: `peer` is a hub of this exchange.
template <typename Request, typename Response>
using AnswerPeer = std::function<void(const std::string& peer, Request request,
                                      base::Done<Response> done)>;

struct ExchangeMethods {
  AnswerPeer<exchange::v1::DeliverRequest, exchange::v1::DeliverResponse>
      deliver;
  AnswerPeer<exchange::v1::CompareRequest, exchange::v1::CompareResponse>
      compare;
  // What each peer may call; null = as often as it likes. Must outlive the
  // table.
  api::CallLimits* limits = nullptr;
};

// A caller that is no peer, or calls too often, is refused before its request
// is looked at.
void AddExchangeMethods(api::MethodTable& table, ExchangeMethods methods);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_EXCHANGE_EXCHANGE_METHODS_H_

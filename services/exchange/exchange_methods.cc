#include "services/exchange/exchange_methods.h"

#include <utility>

#include "careroute/model/v1/refusal.pb.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";

absl::Status NoPeer() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  refusal.set_message_key("unknown_peer");
  refusal.set_message(
      "the caller is none of the hubs this one exchanges referrals with");
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("peers");
  missing.set_mend(
      "let this hub's operator name the caller's hub_id under peers, and call "
      "with the certificate of that hub");
  return api::RefusalStatus(refusal);
}

}  // namespace

void AddExchangeMethods(api::MethodTable& table, TakeBatch take) {
  table.AddUnary(
      kDeliver, [take = std::move(take)](const api::CallPtr& call,
                                         const std::string& bytes,
                                         base::Done<std::string> done) {
        if (call->peer_hub.empty()) return std::move(done)(NoPeer());
        DeliverRequest request;
        if (!request.ParseFromString(bytes)) {
          return std::move(done)(
              absl::InvalidArgumentError("the request is no DeliverRequest"));
        }
        take(call->peer_hub, std::move(request),
             [done = std::move(done)](
                 absl::StatusOr<DeliverResponse> response) mutable {
               if (!response.ok()) {
                 return std::move(done)(api::Presentable(response.status()));
               }
               std::move(done)(response->SerializeAsString());
             });
      });
}

}  // namespace careroute::services

#include "services/exchange/exchange_methods.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/api/status.h"

namespace careroute::services {
namespace {

constexpr char kDeliver[] = "careroute.exchange.v1.ExchangeService.Deliver";
constexpr char kCompare[] = "careroute.exchange.v1.ExchangeService.Compare";

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

absl::Status CheckCaller(const api::Call& call, api::CallLimits* limits) {
  if (call.peer_hub.empty()) return NoPeer();
  return limits == nullptr ? absl::OkStatus() : limits->Take(call);
}

template <typename Request, typename Response>
api::UnaryHandler MethodOf(AnswerPeer<Request, Response> answer,
                           api::CallLimits* limits) {
  return [answer = std::move(answer), limits](const api::CallPtr& call,
                                              const std::string& bytes,
                                              base::Done<std::string> done) {
    absl::Status checked = CheckCaller(*call, limits);
    if (!checked.ok()) return std::move(done)(std::move(checked));
    Request request;
    if (!request.ParseFromString(bytes)) {
      return std::move(done)(absl::InvalidArgumentError(
          absl::StrCat("the request is no ", Request::descriptor()->name())));
    }
    answer(call->peer_hub, std::move(request),
           [done = std::move(done)](absl::StatusOr<Response> response) mutable {
             if (!response.ok()) {
               return std::move(done)(api::Presentable(response.status()));
             }
             std::move(done)(response->SerializeAsString());
           });
  };
}

}  // namespace

void AddExchangeMethods(api::MethodTable& table, ExchangeMethods methods) {
  table.AddUnary(kDeliver,
                 MethodOf(std::move(methods.deliver), methods.limits));
  table.AddUnary(kCompare,
                 MethodOf(std::move(methods.compare), methods.limits));
}

}  // namespace careroute::services

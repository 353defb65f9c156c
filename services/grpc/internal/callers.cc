#include "services/grpc/internal/callers.h"

#include <memory>
#include <vector>

#include "grpc/grpc_security_constants.h"
#include "lib/api/status.h"

namespace careroute::services::internal {
namespace {

constexpr char kHubPair[] = "careroute-hub";

absl::string_view PropertyOf(const grpc::AuthContext& connection,
                             const char* name) {
  const std::vector<grpc::string_ref> values =
      connection.FindPropertyValues(name);
  if (values.empty()) return "";
  return absl::string_view(values.front().data(), values.front().size());
}

absl::Status Refused(const absl::Status& why) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_UNKNOWN_ACTOR);
  refusal.set_message_key("certificate_refused");
  refusal.set_message(std::string(why.message()));
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("certificate");
  missing.set_mend("call with one that is in force and not revoked");
  return api::RefusalStatus(refusal);
}

// Two answers to "which hub calls?" are none.
std::string HubSaidBy(const api::Call& call) {
  std::string hub;
  for (const auto& [name, said] : call.metadata) {
    if (name != kHubPair) continue;
    if (!hub.empty()) return "";
    hub = said;
  }
  return hub;
}

}  // namespace

absl::Status Callers::Identify(const grpc::CallbackServerContext& context,
                               api::Call& call) const {
  std::string hub;
  if (options_.check == nullptr) {
    hub = HubSaidBy(call);
  } else {
    const std::shared_ptr<const grpc::AuthContext> connection =
        context.auth_context();
    const absl::string_view certificate =
        PropertyOf(*connection, GRPC_X509_PEM_CERT_PROPERTY_NAME);
    if (certificate.empty()) return absl::OkStatus();
    absl::StatusOr<CertificateFacts> facts = options_.check->Check(
        {.certificate = certificate,
         .chain =
             PropertyOf(*connection, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME)});
    if (!facts.ok()) return Refused(facts.status());
    call.certificate_subject = std::move(facts->subject);
    hub = std::move(facts->common_name);
  }
  if (options_.peers.contains(hub)) call.peer_hub = std::move(hub);
  return absl::OkStatus();
}

}  // namespace careroute::services::internal

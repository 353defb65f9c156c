// services/grpc/internal/callers.h: whose connection a call came over.
//
//   const absl::Status known = callers.Identify(context, *call);
//   if (!known.ok()) return Refuse(known);

#ifndef CAREROUTE_SERVICES_GRPC_INTERNAL_CALLERS_H_
#define CAREROUTE_SERVICES_GRPC_INTERNAL_CALLERS_H_

#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "grpcpp/grpcpp.h"
#include "lib/api/call.h"
#include "services/tls/certificate_check.h"

namespace careroute::services::internal {

// Thread-safe.
class Callers {
 public:
  struct Options {
    // Null = a door without certificates. Must outlive this.
    const CertificateCheck* check = nullptr;
    // Ids of the hubs that may call as themselves.
    std::set<std::string> peers;
  };
  explicit Callers(Options options) : options_(std::move(options)) {}

  // Fills in the call's hub and certificate. Without certificates a hub is
  // what the metadata says under "careroute-hub". A refusal when the
  // certificate ran out or was revoked since the connection was made.
  [[nodiscard]] absl::Status Identify(
      const grpc::CallbackServerContext& context, api::Call& call) const;

 private:
  const Options options_;
};

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_GRPC_INTERNAL_CALLERS_H_

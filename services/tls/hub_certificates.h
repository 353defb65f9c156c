// services/tls/hub_certificates.h: the certificates of a hub, for its door and
// for its calls to other hubs.
//
// The files of TlsConfig are watched: a certificate that is replaced serves new
// connections from then on, without a restart.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       const std::unique_ptr<HubCertificates> certificates,
//       HubCertificates::Open({.config = config.tls(),
//                              .hub_id = config.hub_id()}));
//   builder.AddListeningPort(address, certificates->ForDoor(kMustPresent));
//   grpc::CreateChannel(peer, certificates->ForPeer("chita"));

#ifndef CAREROUTE_SERVICES_TLS_HUB_CERTIFICATES_H_
#define CAREROUTE_SERVICES_TLS_HUB_CERTIFICATES_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "careroute/config/v1/hub.pb.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/security/tls_certificate_provider.h"
#include "services/tls/certificate_check.h"

namespace careroute::services {

// How often the files are looked at. Authorities replace a certificate weeks
// before it runs out, so this only bounds how long an operator waits.
inline constexpr unsigned int kTlsRefreshSeconds = 10;

// Thread-safe. gRPC keeps what it needs of it alive by itself.
class HubCertificates {
 public:
  struct Options {
    config::v1::TlsConfig config;
    std::string hub_id;
    OnTlsProblem on_problem;  // may be null
    unsigned int refresh_seconds = kTlsRefreshSeconds;
  };
  // Blocks. INVALID_ARGUMENT or NOT_FOUND, naming the field of TlsConfig and
  // what would mend it: a file that cannot be read, a key that others may
  // read or that does not fit the certificate, a certificate that is not this
  // hub's or not in force.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<HubCertificates>> Open(
      Options options);

  // Clients must present a certificate of a trusted authority; where it is
  // optional, those that present none are let in without a name.
  enum class Clients { kMustPresent, kMayPresent };
  [[nodiscard]] std::shared_ptr<grpc::ServerCredentials> ForDoor(
      Clients clients) const;

  // Presents the hub's own certificate, and goes on only with the hub of that
  // id, whatever its address is.
  [[nodiscard]] std::shared_ptr<grpc::ChannelCredentials> ForPeer(
      const std::string& hub) const;

  // Of the certificate in use when it was opened.
  [[nodiscard]] const CertificateFacts& own() const { return own_; }
  [[nodiscard]] const CertificateCheck& check() const { return *check_; }

 private:
  using ProviderPtr =
      std::shared_ptr<grpc::experimental::CertificateProviderInterface>;

  HubCertificates(ProviderPtr provider,
                  std::shared_ptr<const CertificateCheck> check,
                  CertificateFacts own)
      : provider_(std::move(provider)),
        check_(std::move(check)),
        own_(std::move(own)) {}

  const ProviderPtr provider_;
  const std::shared_ptr<const CertificateCheck> check_;
  const CertificateFacts own_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_HUB_CERTIFICATES_H_

#include "services/tls/hub_certificates.h"

#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/security/tls_certificate_verifier.h"
#include "grpcpp/security/tls_credentials_options.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "services/tls/internal/openssl.h"
#include "services/tls/internal/pem_file.h"

namespace careroute::services {
namespace {

using config::v1::TlsConfig;
using grpc::experimental::ExternalCertificateVerifier;
using grpc::experimental::FileWatcherCertificateProvider;
using grpc::experimental::TlsChannelCredentialsOptions;
using grpc::experimental::TlsCredentialsOptions;
using grpc::experimental::TlsCustomVerificationCheckRequest;
using grpc::experimental::TlsServerCredentialsOptions;

using CheckPtr = std::shared_ptr<const CertificateCheck>;

absl::string_view ViewOf(const grpc::string_ref& text) {
  return absl::string_view(text.data(), text.size());
}

// Asked once TLS itself is content: the chain ends at a trusted authority and
// every certificate of it is in force.
class PeerVerifier final : public ExternalCertificateVerifier {
 public:
  // `hub` is who must answer; empty = whoever calls.
  PeerVerifier(CheckPtr check, std::string hub)
      : check_(std::move(check)), hub_(std::move(hub)) {}
  ~PeerVerifier() override = default;

  bool Verify(TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> /*callback*/,
              grpc::Status* sync_status) override {
    const absl::Status judged = Judge(*request);
    *sync_status = judged.ok() ? grpc::Status::OK
                               : grpc::Status(grpc::StatusCode::UNAUTHENTICATED,
                                              std::string(judged.message()));
    return true;
  }

  // Never waits, so that nothing is under way.
  void Cancel(TlsCustomVerificationCheckRequest* /*request*/) override {}

 private:
  [[nodiscard]] absl::Status Judge(
      const TlsCustomVerificationCheckRequest& request) const {
    // A door that lets in callers without one asks them something else.
    if (request.peer_cert().empty() && hub_.empty()) return absl::OkStatus();
    CAREROUTE_ASSIGN_OR_RETURN(
        const CertificateFacts facts,
        check_->Check({.certificate = ViewOf(request.peer_cert()),
                       .chain = ViewOf(request.peer_cert_full_chain())}));
    if (hub_.empty() || NamesHub(facts, hub_)) return absl::OkStatus();
    return absl::UnauthenticatedError(absl::StrCat(
        "the certificate ", facts.subject, " is not of hub ", hub_));
  }

  const CheckPtr check_;
  const std::string hub_;
};

absl::StatusOr<std::string> ReadField(const std::string& field,
                                      const std::string& path) {
  absl::StatusOr<std::string> text = internal::ReadPemFile(path);
  if (text.ok()) return text;
  return absl::Status(text.status().code(),
                      absl::StrCat(field, ": ", text.status().message()));
}

absl::Status Wrong(const std::string& field, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", what));
}

absl::Status CheckKey(const TlsConfig& config, const std::string& certificate) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string text,
                             ReadField("tls.key", config.key()));
  if (!internal::IsPrivateFile(config.key())) {
    return Wrong("tls.key",
                 absl::StrCat("others may read ", config.key(),
                              "; check who had access, then run chmod 600"));
  }
  const internal::KeyPtr key = internal::PrivateKeyOf(text);
  if (key == nullptr) {
    return Wrong("tls.key",
                 absl::StrCat(config.key(),
                              " holds no private key as PEM without a "
                              "passphrase; give one"));
  }
  const std::vector<internal::CertificatePtr> chain =
      internal::CertificatesOf(certificate);
  if (X509_check_private_key(chain.front().get(), key.get()) != 1) {
    return Wrong(
        "tls.key",
        absl::StrCat(config.key(), " is not the key of ", config.certificate(),
                     "; give the two that belong together"));
  }
  return absl::OkStatus();
}

absl::Status CheckOwn(const CertificateFacts& own, const std::string& hub_id) {
  if (own.common_name != hub_id) {
    return Wrong("tls.certificate",
                 absl::StrCat("its subject is ", own.subject,
                              "; the common name must be hub_id, ", hub_id));
  }
  const absl::Time now = base::RealClock().Now();
  if (now < own.not_before || now > own.not_after) {
    return Wrong("tls.certificate",
                 "it is not in force today; have it issued anew");
  }
  return absl::OkStatus();
}

// What both sides of a connection have in common.
void Share(TlsCredentialsOptions& options, CheckPtr check, std::string hub) {
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_certificate_verifier(
      ExternalCertificateVerifier::Create<PeerVerifier>(std::move(check),
                                                        std::move(hub)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<HubCertificates>> HubCertificates::Open(
    Options options) {
  const TlsConfig& config = options.config;
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string certificate,
      ReadField("tls.certificate", config.certificate()));
  absl::StatusOr<std::vector<CertificateFacts>> chain =
      ReadCertificates(certificate);
  if (!chain.ok()) {
    return Wrong("tls.certificate", absl::StrCat(config.certificate(), " ",
                                                 chain.status().message()));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckOwn(chain->front(), options.hub_id));
  CAREROUTE_RETURN_IF_ERROR(CheckKey(config, certificate));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::string authorities,
      ReadField("tls.authorities", config.authorities()));
  if (!ReadCertificates(authorities).ok()) {
    return Wrong("tls.authorities", absl::StrCat(config.authorities(),
                                                 " holds no certificate as "
                                                 "PEM; name the authorities'"));
  }
  absl::StatusOr<std::unique_ptr<Revocations>> revocations =
      Revocations::Open({.file = config.revoked(),
                         .authorities = config.authorities(),
                         .on_problem = std::move(options.on_problem)});
  if (!revocations.ok()) {
    return absl::Status(
        revocations.status().code(),
        absl::StrCat("tls.revoked: ", revocations.status().message()));
  }
  return std::unique_ptr<HubCertificates>(new HubCertificates(
      std::make_shared<FileWatcherCertificateProvider>(
          config.key(), config.certificate(), config.authorities(),
          options.refresh_seconds),
      std::make_shared<const CertificateCheck>(*std::move(revocations)),
      std::move(chain->front())));
}

std::shared_ptr<grpc::ServerCredentials> HubCertificates::ForDoor(
    Clients clients) const {
  TlsServerCredentialsOptions options(provider_);
  Share(options, check_, "");
  options.set_cert_request_type(
      clients == Clients::kMustPresent
          ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
          : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> HubCertificates::ForPeer(
    const std::string& hub) const {
  TlsChannelCredentialsOptions options;
  options.set_certificate_provider(provider_);
  Share(options, check_, hub);
  // Hubs are called by their id, which is no host; the verifier above is what
  // compares it.
  options.set_check_call_host(false);
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace careroute::services

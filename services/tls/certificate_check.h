// services/tls/certificate_check.h: whether a certificate that TLS has let in
// still counts.
//
// TLS judges a certificate once, while hands are shaken; a connection may live
// for weeks. So every call asks again: what ran out or was revoked meanwhile
// opens nothing more.
//
//   const absl::StatusOr<CertificateFacts> caller =
//       check.Check({.certificate = pem, .chain = chain_pem});

#ifndef CAREROUTE_SERVICES_TLS_CERTIFICATE_CHECK_H_
#define CAREROUTE_SERVICES_TLS_CERTIFICATE_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/mutex.h"
#include "lib/base/real_clock.h"
#include "services/tls/certificate.h"
#include "services/tls/revocations.h"

namespace careroute::services {

// Certificates whose facts are kept: each connection presents the same one
// with every call, and reading one costs as much as a small call.
inline constexpr size_t kKnownCertificatesMax = 1024;

// Thread-safe.
class CertificateCheck {
 public:
  explicit CertificateCheck(std::unique_ptr<Revocations> revocations)
      : revocations_(std::move(revocations)) {}

  // What was presented, as PEM texts.
  struct Presented {
    absl::string_view certificate;
    absl::string_view chain;  // with or without the certificate; may be empty
  };
  // What the certificate says. UNAUTHENTICATED, with why, when it or one of
  // its chain is not in force today or is revoked, or cannot be read.
  [[nodiscard]] absl::StatusOr<CertificateFacts> Check(
      const Presented& presented) const;

  [[nodiscard]] const Revocations& revocations() const { return *revocations_; }

 private:
  using Chain = std::vector<CertificateFacts>;
  using ChainPtr = std::shared_ptr<const Chain>;

  // The certificate first; null when there is none that can be read.
  [[nodiscard]] ChainPtr ChainOf(const Presented& presented) const;

  // As TLS does, whatever the time of a sandbox.
  const base::RealClock clock_;
  const std::unique_ptr<Revocations> revocations_;
  mutable base::Mutex mutex_;
  mutable std::map<std::string, ChainPtr, std::less<>> known_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_CERTIFICATE_CHECK_H_

// services/tls/certificate.h: what a certificate says, as far as a hub asks.
//
//   const absl::StatusOr<std::vector<CertificateFacts>> chain =
//       ReadCertificates(pem);
//   if (chain.ok() && chain->front().common_name == "khabarovsk") ...

#ifndef CAREROUTE_SERVICES_TLS_CERTIFICATE_H_
#define CAREROUTE_SERVICES_TLS_CERTIFICATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace careroute::services {

// A value. Says nothing of whether anybody should believe it: TLS judges that
// while hands are shaken.
struct CertificateFacts {
  // The whole subject as RFC 4514 writes it, "CN=exchange,O=Registry", in
  // UTF-8: what the directory names a system by.
  std::string subject;
  // Empty when there is none, or more than one: two names are no name.
  std::string common_name;
  // Of the alternative names, those of hosts.
  std::vector<std::string> dns_names;
  // Issuer and serial number, as bytes that are equal when they are: what lists
  // of the revoked name a certificate by.
  std::string issuer;
  std::string serial;
  absl::Time not_before;
  absl::Time not_after;

  friend bool operator==(const CertificateFacts&,
                         const CertificateFacts&) = default;
};

// Of the certificates of a PEM text, in order. INVALID_ARGUMENT when there is
// none, or one cannot be read.
[[nodiscard]] absl::StatusOr<std::vector<CertificateFacts>> ReadCertificates(
    absl::string_view pem);

// Whether it is of the hub of that id: its common name, or one of its names of
// hosts. Ids of hubs are no host names, so no wildcard stands for one.
[[nodiscard]] bool NamesHub(const CertificateFacts& facts,
                            absl::string_view hub);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_CERTIFICATE_H_

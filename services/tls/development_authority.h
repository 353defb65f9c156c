// services/tls/development_authority.h: certificates for tests and
// demonstrations.
//
// An authority that lives as long as a command or a test, and what it issues.
// Its names say that it is for tests: nobody may take it for a real one.
//
//   CAREROUTE_ASSIGN_OR_RETURN(DevelopmentAuthority authority,
//                              DevelopmentAuthority::New({.now = now}));
//   CAREROUTE_ASSIGN_OR_RETURN(const IssuedCertificate hub,
//                              authority.Issue({.common_name = "chita"}));

#ifndef CAREROUTE_SERVICES_TLS_DEVELOPMENT_AUTHORITY_H_
#define CAREROUTE_SERVICES_TLS_DEVELOPMENT_AUTHORITY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace careroute::services {

// What the subject of every authority and certificate names as organisation.
inline constexpr char kDevelopmentOrganisation[] =
    "careroute, for tests and demonstrations";

struct IssueRequest {
  std::string common_name;  // 1 to 64 bytes
  // When it is in force, counted from when the authority was made. One that
  // ends before then has run out.
  absl::Duration from = -absl::Hours(1);
  absl::Duration until = absl::Hours(24 * 365);
};

// PEM texts.
struct IssuedCertificate {
  std::string certificate;
  std::string key;
  int64_t serial = 0;  // for RevocationList
};

// Keys are of P-256, which every TLS library has. Not thread-safe; movable.
class DevelopmentAuthority {
 public:
  struct Options {
    absl::Time now;
    std::string common_name = "development authority";
  };
  // INTERNAL when OpenSSL cannot make a key or a signature, or a name is too
  // long for it.
  [[nodiscard]] static absl::StatusOr<DevelopmentAuthority> New(
      const Options& options);

  DevelopmentAuthority(DevelopmentAuthority&& other) noexcept;
  DevelopmentAuthority& operator=(DevelopmentAuthority&& other) noexcept;
  ~DevelopmentAuthority();

  // Its own certificate, as PEM.
  [[nodiscard]] const std::string& certificate() const { return certificate_; }

  // For both sides of a connection, valid for the common name alone.
  [[nodiscard]] absl::StatusOr<IssuedCertificate> Issue(
      const IssueRequest& request);

  // The list of those revoked, signed, as PEM; of none, too.
  [[nodiscard]] absl::StatusOr<std::string> RevocationList(
      const std::vector<int64_t>& serials) const;

 private:
  struct Keys;
  explicit DevelopmentAuthority(std::unique_ptr<Keys> keys);

  std::unique_ptr<Keys> keys_;
  std::string certificate_;
  int64_t last_serial_ = 1;  // the authority's own
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_DEVELOPMENT_AUTHORITY_H_

// services/tls/revocations.h: certificates that count no more.
//
// The lists (X.509 CRLs) stand in one PEM file, which the operator replaces
// when an authority publishes anew; it is read again as soon as it is another
// file. Each list must be signed by one of the trusted authorities. A file that
// cannot be read changes nothing: what was revoked stays so, and the complaint
// is made once.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const auto revocations,
//                              Revocations::Open({.file = "revoked.pem",
//                                                 .authorities = "ca.pem"}));
//   if (revocations->Revokes(facts)) ...

#ifndef CAREROUTE_SERVICES_TLS_REVOCATIONS_H_
#define CAREROUTE_SERVICES_TLS_REVOCATIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/mutex.h"
#include "services/tls/certificate.h"
#include "services/tls/internal/pem_file.h"

namespace careroute::services {

// Told what is wrong with a file that was replaced while the hub runs.
using OnTlsProblem = std::function<void(absl::string_view problem)>;

// Thread-safe. Each question looks at the file's times, which costs about a
// microsecond; only a file that changed is read, by whoever asks next.
class Revocations {
 public:
  struct Options {
    std::string file;         // of lists; empty = nothing is ever revoked
    std::string authorities;  // PEM file of those that may sign the lists
    OnTlsProblem on_problem;  // may be null
  };
  // Reads the lists. NOT_FOUND or INVALID_ARGUMENT, naming the file, when that
  // is not possible: a hub that cannot know whom to refuse does not start.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Revocations>> Open(
      Options options);

  [[nodiscard]] bool Revokes(const CertificateFacts& facts) const;

  // Another number once other lists were read: what was let in before has to
  // be looked at again.
  [[nodiscard]] int64_t Revision() const;

 private:
  // Issuer and serial number.
  using Revoked = std::set<std::pair<std::string, std::string>>;

  explicit Revocations(Options options) : options_(std::move(options)) {}

  [[nodiscard]] absl::StatusOr<Revoked> Read() const;
  void Refresh() const CAREROUTE_REQUIRES(mutex_);

  const Options options_;
  mutable base::Mutex mutex_;
  mutable internal::FileMark mark_ CAREROUTE_GUARDED_BY(mutex_);
  mutable Revoked revoked_ CAREROUTE_GUARDED_BY(mutex_);
  mutable int64_t revision_ CAREROUTE_GUARDED_BY(mutex_) = 0;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_REVOCATIONS_H_

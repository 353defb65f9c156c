#include "services/tls/certificate_check.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace careroute::services {

CertificateCheck::ChainPtr CertificateCheck::ChainOf(
    const Presented& presented) const {
  const std::string text =
      absl::StrCat(presented.certificate, "\n", presented.chain);
  base::MutexLock lock(mutex_);
  const auto known = known_.find(text);
  if (known != known_.end()) return known->second;
  // Apart, so that what can be read of the one never stands for the other.
  absl::StatusOr<Chain> read = ReadCertificates(presented.certificate);
  if (!read.ok()) return nullptr;
  if (!presented.chain.empty()) {
    absl::StatusOr<Chain> above = ReadCertificates(presented.chain);
    if (!above.ok()) return nullptr;
    read->insert(read->end(), std::make_move_iterator(above->begin()),
                 std::make_move_iterator(above->end()));
  }
  // Rarely: so many callers are not connected at once.
  if (known_.size() >= kKnownCertificatesMax) known_.clear();
  auto chain = std::make_shared<const Chain>(*std::move(read));
  known_.emplace(text, chain);
  return chain;
}

absl::StatusOr<CertificateFacts> CertificateCheck::Check(
    const Presented& presented) const {
  const ChainPtr chain = ChainOf(presented);
  if (chain == nullptr) {
    return absl::UnauthenticatedError("the certificate cannot be read");
  }
  const absl::Time now = clock_.Now();
  for (const CertificateFacts& one : *chain) {
    if (now < one.not_before || now > one.not_after) {
      return absl::UnauthenticatedError(
          absl::StrCat("the certificate ", one.subject, " is not in force"));
    }
    if (revocations_->Revokes(one)) {
      return absl::UnauthenticatedError(
          absl::StrCat("the certificate ", one.subject, " is revoked"));
    }
  }
  return chain->front();
}

}  // namespace careroute::services

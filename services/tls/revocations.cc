#include "services/tls/revocations.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "services/tls/internal/openssl.h"

namespace careroute::services {
namespace {

using internal::CertificatePtr;
using internal::KeyPtr;
using internal::RevocationListPtr;

bool IsSignedByOneOf(const std::vector<CertificatePtr>& authorities,
                     X509_CRL& list) {
  return std::any_of(
      authorities.begin(), authorities.end(),
      [&list](const CertificatePtr& authority) {
        return X509_NAME_cmp(X509_get_subject_name(authority.get()),
                             X509_CRL_get_issuer(&list)) == 0 &&
               X509_CRL_verify(&list, X509_get0_pubkey(authority.get())) == 1;
      });
}

absl::Status Wrong(const std::string& file, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(file, " ", what));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Revocations>> Revocations::Open(
    Options options) {
  std::unique_ptr<Revocations> opened(new Revocations(std::move(options)));
  if (opened->options_.file.empty()) return opened;
  base::MutexLock lock(opened->mutex_);
  // Before it is read: should it change meanwhile, it is read once more.
  opened->mark_ = internal::MarkOf(opened->options_.file);
  CAREROUTE_ASSIGN_OR_RETURN(opened->revoked_, opened->Read());
  return opened;
}

absl::StatusOr<Revocations::Revoked> Revocations::Read() const {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string text,
                             internal::ReadPemFile(options_.file));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string trusted,
                             internal::ReadPemFile(options_.authorities));
  const std::vector<RevocationListPtr> lists =
      internal::RevocationListsOf(text);
  if (lists.empty()) {
    return Wrong(options_.file,
                 "holds no list of revoked certificates; give one as PEM, "
                 "\"BEGIN X509 CRL\"");
  }
  const std::vector<CertificatePtr> authorities =
      internal::CertificatesOf(trusted);
  Revoked revoked;
  for (const RevocationListPtr& list : lists) {
    if (!IsSignedByOneOf(authorities, *list)) {
      return Wrong(options_.file,
                   "holds a list that none of the trusted authorities signed; "
                   "add its issuer to the authorities, or leave it out");
    }
    const std::string issuer =
        internal::BytesOf(*X509_CRL_get_issuer(list.get()));
    // Null for a list that revokes nothing, which counts as none.
    const auto* rows = X509_CRL_get_REVOKED(list.get());
    for (int i = 0; i < sk_X509_REVOKED_num(rows); ++i) {
      revoked.emplace(issuer, internal::BytesOf(*X509_REVOKED_get0_serialNumber(
                                  sk_X509_REVOKED_value(rows, i))));
    }
  }
  return revoked;
}

void Revocations::Refresh() const {
  if (options_.file.empty()) return;
  const internal::FileMark mark = internal::MarkOf(options_.file);
  if (mark == mark_) return;
  // Also when it cannot be read: one complaint a file.
  mark_ = mark;
  absl::StatusOr<Revoked> read = Read();
  if (read.ok()) {
    revoked_ = *std::move(read);
    ++revision_;
  } else if (options_.on_problem) {
    options_.on_problem(
        absl::StrCat(read.status().message(), "; the lists read before hold"));
  }
}

bool Revocations::Revokes(const CertificateFacts& facts) const {
  base::MutexLock lock(mutex_);
  Refresh();
  return revoked_.contains({facts.issuer, facts.serial});
}

int64_t Revocations::Revision() const {
  base::MutexLock lock(mutex_);
  Refresh();
  return revision_;
}

}  // namespace careroute::services

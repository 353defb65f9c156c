#include "services/tls/development_authority.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "services/tls/internal/openssl.h"

namespace careroute::services {
namespace {

using internal::BioPtr;
using internal::CertificatePtr;
using internal::ExtensionPtr;
using internal::KeyPtr;
using internal::RevocationListPtr;
using internal::RevokedPtr;
using internal::TimePtr;

constexpr absl::Duration kAuthorityLife = absl::Hours(24 * 3650);
constexpr long kVersion3 = 2;
constexpr long kListVersion2 = 1;

absl::Status Failed(absl::string_view what) {
  ERR_clear_error();
  return absl::InternalError(absl::StrCat("OpenSSL could not ", what));
}

TimePtr TimeOf(absl::Time time) {
  return TimePtr(ASN1_TIME_set(nullptr, absl::ToTimeT(time)));
}

bool AddEntry(X509_NAME* name, const char* field, const std::string& text) {
  return X509_NAME_add_entry_by_txt(
             name, field, MBSTRING_UTF8,
             reinterpret_cast<const unsigned char*>(text.data()),
             static_cast<int>(text.size()), -1, 0) == 1;
}

bool NameSubject(X509& certificate, const std::string& common_name) {
  X509_NAME* subject = X509_get_subject_name(&certificate);
  return AddEntry(subject, "O", kDevelopmentOrganisation) &&
         AddEntry(subject, "CN", common_name);
}

bool AddExtension(X509& certificate, int kind, const std::string& value) {
  const ExtensionPtr extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  return extension != nullptr &&
         X509_add_ext(&certificate, extension.get(), -1) == 1;
}

std::string PemOf(X509& certificate) {
  const BioPtr writer = internal::NewWriter();
  PEM_write_bio_X509(writer.get(), &certificate);
  return internal::TextOf(writer);
}

std::string PemOf(EVP_PKEY& key) {
  const BioPtr writer = internal::NewWriter();
  PEM_write_bio_PrivateKey(writer.get(), &key, nullptr, nullptr, 0, nullptr,
                           nullptr);
  return internal::TextOf(writer);
}

// A certificate with its public key, number, name and days, not signed.
struct Draft {
  EVP_PKEY& key;
  int64_t serial;
  const std::string& common_name;
  absl::Time from;
  absl::Time until;
};
CertificatePtr Write(const Draft& draft) {
  CertificatePtr certificate(X509_new());
  const TimePtr from = TimeOf(draft.from);
  const TimePtr until = TimeOf(draft.until);
  const bool written =
      X509_set_version(certificate.get(), kVersion3) == 1 &&
      ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate.get()),
                             draft.serial) == 1 &&
      X509_set1_notBefore(certificate.get(), from.get()) == 1 &&
      X509_set1_notAfter(certificate.get(), until.get()) == 1 &&
      X509_set_pubkey(certificate.get(), &draft.key) == 1 &&
      NameSubject(*certificate, draft.common_name);
  if (!written) certificate.reset();
  return certificate;
}

}  // namespace

struct DevelopmentAuthority::Keys {
  KeyPtr key;
  CertificatePtr certificate;
  absl::Time now;
};

DevelopmentAuthority::DevelopmentAuthority(std::unique_ptr<Keys> keys)
    : keys_(std::move(keys)), certificate_(PemOf(*keys_->certificate)) {}

DevelopmentAuthority::DevelopmentAuthority(
    DevelopmentAuthority&& other) noexcept = default;
DevelopmentAuthority& DevelopmentAuthority::operator=(
    DevelopmentAuthority&& other) noexcept = default;
DevelopmentAuthority::~DevelopmentAuthority() = default;

absl::StatusOr<DevelopmentAuthority> DevelopmentAuthority::New(
    const Options& options) {
  auto keys = std::make_unique<Keys>();
  keys->now = options.now;
  keys->key.reset(EVP_EC_gen("P-256"));
  if (keys->key == nullptr) return Failed("make a key");
  keys->certificate = Write({.key = *keys->key,
                             .serial = 1,
                             .common_name = options.common_name,
                             .from = options.now - absl::Hours(24 * 365),
                             .until = options.now + kAuthorityLife});
  if (keys->certificate == nullptr) return Failed("write a certificate");
  X509& certificate = *keys->certificate;
  const bool made =
      X509_set_issuer_name(&certificate, X509_get_subject_name(&certificate)) ==
          1 &&
      AddExtension(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
      AddExtension(certificate, NID_key_usage,
                   "critical,keyCertSign,cRLSign") &&
      X509_sign(&certificate, keys->key.get(), EVP_sha256()) > 0;
  if (!made) return Failed("sign the authority's certificate");
  return DevelopmentAuthority(std::move(keys));
}

absl::StatusOr<IssuedCertificate> DevelopmentAuthority::Issue(
    const IssueRequest& request) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  if (key == nullptr) return Failed("make a key");
  const CertificatePtr certificate =
      Write({.key = *key,
             .serial = ++last_serial_,
             .common_name = request.common_name,
             .from = keys_->now + request.from,
             .until = keys_->now + request.until});
  if (certificate == nullptr) {
    return Failed(absl::StrCat("write a certificate for \"",
                               request.common_name,
                               "\"; give a name of 1 to 64 letters"));
  }
  const bool made =
      X509_set_issuer_name(certificate.get(),
                           X509_get_subject_name(keys_->certificate.get())) ==
          1 &&
      AddExtension(*certificate, NID_basic_constraints, "critical,CA:FALSE") &&
      AddExtension(*certificate, NID_key_usage, "critical,digitalSignature") &&
      AddExtension(*certificate, NID_ext_key_usage, "serverAuth,clientAuth") &&
      X509_sign(certificate.get(), keys_->key.get(), EVP_sha256()) > 0;
  if (!made) return Failed("sign a certificate");
  return IssuedCertificate{.certificate = PemOf(*certificate),
                           .key = PemOf(*key),
                           .serial = last_serial_};
}

absl::StatusOr<std::string> DevelopmentAuthority::RevocationList(
    const std::vector<int64_t>& serials) const {
  const RevocationListPtr list(X509_CRL_new());
  const TimePtr now = TimeOf(keys_->now);
  const TimePtr next = TimeOf(keys_->now + kAuthorityLife);
  bool made =
      X509_CRL_set_version(list.get(), kListVersion2) == 1 &&
      X509_CRL_set_issuer_name(
          list.get(), X509_get_subject_name(keys_->certificate.get())) == 1 &&
      X509_CRL_set1_lastUpdate(list.get(), now.get()) == 1 &&
      X509_CRL_set1_nextUpdate(list.get(), next.get()) == 1;
  for (const int64_t serial : serials) {
    RevokedPtr revoked(X509_REVOKED_new());
    const std::unique_ptr<ASN1_INTEGER, internal::FreeWith<ASN1_INTEGER_free>>
        number(ASN1_INTEGER_new());
    made = made && ASN1_INTEGER_set_int64(number.get(), serial) == 1 &&
           X509_REVOKED_set_serialNumber(revoked.get(), number.get()) == 1 &&
           X509_REVOKED_set_revocationDate(revoked.get(), now.get()) == 1;
    // The list owns the row once it has taken it.
    made = made && X509_CRL_add0_revoked(list.get(), revoked.get()) == 1;
    if (made) revoked.release();
  }
  made = made && X509_CRL_sort(list.get()) == 1 &&
         X509_CRL_sign(list.get(), keys_->key.get(), EVP_sha256()) > 0;
  if (!made) return Failed("sign a list of the revoked");
  const BioPtr writer = internal::NewWriter();
  PEM_write_bio_X509_CRL(writer.get(), list.get());
  return internal::TextOf(writer);
}

}  // namespace careroute::services

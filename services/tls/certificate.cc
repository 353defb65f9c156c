#include "services/tls/certificate.h"

#include <algorithm>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "services/tls/internal/openssl.h"

namespace careroute::services {
namespace {

using internal::BioPtr;
using internal::CertificatePtr;
using NamesPtr =
    std::unique_ptr<GENERAL_NAMES, internal::FreeWith<GENERAL_NAMES_free>>;

// Letters of every script as they are: a directory is read by people.
constexpr unsigned long kSubjectForm = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

std::string SubjectOf(const X509& certificate) {
  const BioPtr writer = internal::NewWriter();
  X509_NAME_print_ex(writer.get(), X509_get_subject_name(&certificate), 0,
                     kSubjectForm);
  return internal::TextOf(writer);
}

// Empty for a string that holds a NUL: what follows it other readers would
// not see.
std::string NameIn(const ASN1_STRING& text) {
  std::string name = internal::Utf8Of(text).value_or("");
  return name.find('\0') == std::string::npos ? name : "";
}

std::string CommonNameOf(const X509& certificate) {
  const X509_NAME* subject = X509_get_subject_name(&certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return "";
  if (X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0) return "";
  return NameIn(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

std::vector<std::string> DnsNamesOf(const X509& certificate) {
  std::vector<std::string> found;
  const NamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names.get(), i);
    if (name.type != GEN_DNS) continue;
    std::string text = NameIn(*name.d.dNSName);
    if (!text.empty()) found.push_back(std::move(text));
  }
  return found;
}

// A time that cannot be read is over.
absl::Time TimeOf(const ASN1_TIME& time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(&time, &fields) != 1) return absl::InfinitePast();
  return absl::FromTM(fields, absl::UTCTimeZone());
}

CertificateFacts FactsOf(const X509& certificate) {
  return {
      .subject = SubjectOf(certificate),
      .common_name = CommonNameOf(certificate),
      .dns_names = DnsNamesOf(certificate),
      .issuer = internal::BytesOf(*X509_get_issuer_name(&certificate)),
      .serial = internal::BytesOf(*X509_get0_serialNumber(&certificate)),
      .not_before = TimeOf(*X509_get0_notBefore(&certificate)),
      .not_after = TimeOf(*X509_get0_notAfter(&certificate)),
  };
}

}  // namespace

absl::StatusOr<std::vector<CertificateFacts>> ReadCertificates(
    absl::string_view pem) {
  const std::vector<CertificatePtr> read = internal::CertificatesOf(pem);
  if (read.empty()) {
    return absl::InvalidArgumentError("holds no certificate as PEM");
  }
  std::vector<CertificateFacts> facts;
  for (const CertificatePtr& one : read) facts.push_back(FactsOf(*one));
  return facts;
}

bool NamesHub(const CertificateFacts& facts, absl::string_view hub) {
  if (hub.empty()) return false;
  return absl::string_view(facts.common_name) == hub ||
         std::any_of(facts.dns_names.begin(), facts.dns_names.end(),
                     [hub](const std::string& name) {
                       return absl::string_view(name) == hub;
                     });
}

}  // namespace careroute::services

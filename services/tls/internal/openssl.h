// services/tls/internal/openssl.h: OpenSSL's objects, owned.

#ifndef CAREROUTE_SERVICES_TLS_INTERNAL_OPENSSL_H_
#define CAREROUTE_SERVICES_TLS_INTERNAL_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::services::internal {

// Frees with a function whose answer, if any, says nothing.
template <auto Free>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using BioPtr = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using ExtensionPtr =
    std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using RevocationListPtr = std::unique_ptr<X509_CRL, FreeWith<X509_CRL_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, FreeWith<X509_REVOKED_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>>;

// A reader of `text`, which must outlive it.
[[nodiscard]] BioPtr ReaderOf(absl::string_view text);
// A writer into memory, and what was written.
[[nodiscard]] BioPtr NewWriter();
[[nodiscard]] std::string TextOf(const BioPtr& writer);

// The certificates of a PEM text, in order; none when any is garbled or there
// is none.
[[nodiscard]] std::vector<CertificatePtr> CertificatesOf(absl::string_view pem);
// The revocation lists of a PEM text, likewise.
[[nodiscard]] std::vector<RevocationListPtr> RevocationListsOf(
    absl::string_view pem);
// The private key of a PEM text; null when there is none or it is encrypted.
[[nodiscard]] KeyPtr PrivateKeyOf(absl::string_view pem);

// A string of a certificate; none when it is of no kind of text.
[[nodiscard]] std::optional<std::string> Utf8Of(const ASN1_STRING& text);

// A name and a number as bytes that are equal when they are. Names are compared
// as RFC 5280 does (7.1): the same one may be stored as another kind of string,
// in other letters or with more spaces.
[[nodiscard]] std::string BytesOf(const X509_NAME& name);
[[nodiscard]] std::string BytesOf(const ASN1_INTEGER& number);

}  // namespace careroute::services::internal

#endif  // CAREROUTE_SERVICES_TLS_INTERNAL_OPENSSL_H_

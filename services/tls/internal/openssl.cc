#include "services/tls/internal/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace careroute::services::internal {
namespace {

// OpenSSL would ask for a passphrase on the terminal.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writes*/,
                 void* /*data*/) {
  return 0;
}

std::string StoredOf(const ASN1_STRING& text) {
  return std::string(
      reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
      static_cast<size_t>(ASN1_STRING_length(&text)));
}

// As names are compared: in small letters, with one space between words.
std::string ComparableOf(const ASN1_STRING& text) {
  const std::optional<std::string> utf8 = Utf8Of(text);
  if (!utf8.has_value()) return StoredOf(text);
  const std::vector<absl::string_view> words =
      absl::StrSplit(*utf8, absl::ByAnyChar(" \t\n\v\f\r"), absl::SkipEmpty());
  return absl::AsciiStrToLower(absl::StrJoin(words, " "));
}

// Reads until nothing follows. A part that cannot be read spoils the whole:
// half of a list of the revoked would let the other half in.
template <typename Pointer, typename Read>
std::vector<Pointer> AllOf(absl::string_view pem, Read read) {
  const BioPtr reader = ReaderOf(pem);
  std::vector<Pointer> parts;
  ERR_clear_error();
  while (Pointer part{read(reader.get(), nullptr, NoPassphrase, nullptr)}) {
    parts.push_back(std::move(part));
  }
  const bool ended =
      ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!ended) parts.clear();
  return parts;
}

}  // namespace

BioPtr ReaderOf(absl::string_view text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

BioPtr NewWriter() { return BioPtr(BIO_new(BIO_s_mem())); }

std::string TextOf(const BioPtr& writer) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(writer.get(), &data);
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : "";
}

std::vector<CertificatePtr> CertificatesOf(absl::string_view pem) {
  return AllOf<CertificatePtr>(pem, PEM_read_bio_X509);
}

std::vector<RevocationListPtr> RevocationListsOf(absl::string_view pem) {
  return AllOf<RevocationListPtr>(pem, PEM_read_bio_X509_CRL);
}

KeyPtr PrivateKeyOf(absl::string_view pem) {
  const BioPtr reader = ReaderOf(pem);
  KeyPtr key(
      PEM_read_bio_PrivateKey(reader.get(), nullptr, NoPassphrase, nullptr));
  ERR_clear_error();
  return key;
}

std::optional<std::string> Utf8Of(const ASN1_STRING& text) {
  unsigned char* bytes = nullptr;
  const int size = ASN1_STRING_to_UTF8(&bytes, &text);
  if (size < 0) {
    ERR_clear_error();
    return std::nullopt;
  }
  std::string utf8(reinterpret_cast<const char*>(bytes),
                   static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return utf8;
}

std::string BytesOf(const X509_NAME& name) {
  std::string bytes;
  for (int i = 0; i < X509_NAME_entry_count(&name); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(&name, i);
    const ASN1_OBJECT* kind = X509_NAME_ENTRY_get_object(entry);
    const std::string text = ComparableOf(*X509_NAME_ENTRY_get_data(entry));
    // With each length before it, so that no part runs into the next.
    absl::StrAppend(&bytes, X509_NAME_ENTRY_set(entry), " ", OBJ_length(kind),
                    " ", text.size(), " ");
    bytes.append(reinterpret_cast<const char*>(OBJ_get0_data(kind)),
                 OBJ_length(kind));
    bytes.append(text);
  }
  return bytes;
}

std::string BytesOf(const ASN1_INTEGER& number) { return StoredOf(number); }

}  // namespace careroute::services::internal

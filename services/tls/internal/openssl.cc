#include "services/tls/internal/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

namespace careroute::services::internal {
namespace {

// OpenSSL would ask for a passphrase on the terminal.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writes*/,
                 void* /*data*/) {
  return 0;
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

std::string BytesOf(const X509_NAME& name) {
  const unsigned char* bytes = nullptr;
  size_t size = 0;
  if (X509_NAME_get0_der(&name, &bytes, &size) != 1) return "";
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

std::string BytesOf(const ASN1_INTEGER& number) {
  const unsigned char* bytes = ASN1_STRING_get0_data(&number);
  return std::string(reinterpret_cast<const char*>(bytes),
                     static_cast<size_t>(ASN1_STRING_length(&number)));
}

}  // namespace careroute::services::internal

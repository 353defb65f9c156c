#include "lib/registry/internal/ed25519.h"

#include <openssl/evp.h>

#include <memory>

#include "lib/base/check.h"

namespace careroute::registry::internal {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free>;
using ContextPointer = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* Bytes(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

KeyPointer PrivateKey(const Secret& seed) {
  CAREROUTE_CHECK(seed.size() == kEd25519KeySize);
  KeyPointer key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                              seed.data(), seed.size()));
  CAREROUTE_CHECK(key != nullptr);
  return key;
}

}  // namespace

std::string Ed25519PublicKey(const Secret& seed) {
  const KeyPointer key = PrivateKey(seed);
  std::string public_key(kEd25519KeySize, '\0');
  size_t size = public_key.size();
  CAREROUTE_CHECK(EVP_PKEY_get_raw_public_key(
                      key.get(),
                      reinterpret_cast<unsigned char*>(public_key.data()),
                      &size) == 1);
  CAREROUTE_CHECK(size == kEd25519KeySize);
  return public_key;
}

std::string Ed25519Sign(const Secret& seed, absl::string_view bytes) {
  const KeyPointer key = PrivateKey(seed);
  const ContextPointer context(EVP_MD_CTX_new());
  CAREROUTE_CHECK(context != nullptr);
  CAREROUTE_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                                     key.get()) == 1);
  std::string signature(kEd25519SignatureSize, '\0');
  size_t size = signature.size();
  CAREROUTE_CHECK(
      EVP_DigestSign(context.get(),
                     reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(bytes), bytes.size()) == 1);
  CAREROUTE_CHECK(size == kEd25519SignatureSize);
  return signature;
}

bool Ed25519Verify(absl::string_view public_key, absl::string_view signature,
                   absl::string_view bytes) {
  if (public_key.size() != kEd25519KeySize ||
      signature.size() != kEd25519SignatureSize) {
    return false;
  }
  const KeyPointer key(EVP_PKEY_new_raw_public_key(
      EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()));
  const ContextPointer context(EVP_MD_CTX_new());
  CAREROUTE_CHECK(context != nullptr);
  return key != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                          Bytes(bytes), bytes.size()) == 1;
}

}  // namespace careroute::registry::internal

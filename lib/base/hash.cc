#include "lib/base/hash.h"

#include <openssl/evp.h>

#include "lib/base/check.h"

namespace careroute::base {
namespace {

// Fetched once for the life of the process: OpenSSL 3 otherwise searches its
// providers on every hash.
const EVP_MD* Sha256Method() {
  static const EVP_MD* const kMethod = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kMethod;
}

}  // namespace

struct Sha256Hasher::State {
  State() : context(EVP_MD_CTX_new()) {}
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  EVP_MD_CTX* context;
};

Sha256Hasher::Sha256Hasher() : state_(std::make_unique<State>()) {
  CAREROUTE_CHECK(EVP_DigestInit_ex(state_->context, Sha256Method(), nullptr));
}

Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::Update(absl::string_view bytes) {
  CAREROUTE_CHECK(state_ != nullptr);
  CAREROUTE_CHECK(
      EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::string Sha256Hasher::Finish() {
  CAREROUTE_CHECK(state_ != nullptr);
  unsigned char digest[kSha256Size];
  CAREROUTE_CHECK(EVP_DigestFinal_ex(state_->context, digest, nullptr));
  state_.reset();
  return std::string(reinterpret_cast<const char*>(digest), kSha256Size);
}

std::string Sha256(absl::string_view bytes) {
  Sha256Hasher hasher;
  hasher.Update(bytes);
  return hasher.Finish();
}

}  // namespace careroute::base

#include "lib/registry/secret.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace careroute::registry {

void Wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

Secret::~Secret() { Clear(); }

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    Clear();
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

Secret Secret::CopyOf(absl::string_view bytes) {
  Secret secret;
  secret.bytes_ = std::make_unique<unsigned char[]>(bytes.size());
  secret.size_ = bytes.size();
  std::copy(bytes.begin(), bytes.end(), secret.bytes_.get());
  return secret;
}

Secret Secret::Random(base::Random& random, size_t size) {
  std::string drawn = random.Bytes(size);
  Secret secret = CopyOf(drawn);
  Wipe(drawn);
  return secret;
}

bool operator==(const Secret& a, const Secret& b) {
  return a.size() == b.size() &&
         (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

void Secret::Clear() {
  if (bytes_ != nullptr) {
    OPENSSL_cleanse(bytes_.get(), size_);
    bytes_.reset();
  }
  size_ = 0;
}

}  // namespace careroute::registry

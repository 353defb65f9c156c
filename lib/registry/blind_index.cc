#include "lib/registry/blind_index.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"

namespace careroute::registry {
namespace {

constexpr size_t kIdSize = 8;

std::string BigEndian(uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((number >> shift) & 0xff));
  }
  return bytes;
}

// The kind has a fixed size before the value, so no two terms share a message.
std::string MakeToken(const Key& key, const Term& term) {
  const std::string message =
      absl::StrCat("careroute index 1",
                   BigEndian(static_cast<uint64_t>(term.kind)), term.value);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  CAREROUTE_CHECK(HMAC(EVP_sha256(), key.secret.data(),
                       static_cast<int>(key.secret.size()),
                       reinterpret_cast<const unsigned char*>(message.data()),
                       message.size(), mac, &size) != nullptr);
  std::string token = BigEndian(key.id);
  token.append(reinterpret_cast<const char*>(mac), kTokenSize - kIdSize);
  return token;
}

}  // namespace

std::string BlindIndex::Token(const Term& term) const {
  return MakeToken(ring_.Active(KeyUse::kBlindIndex), term);
}

std::vector<std::string> BlindIndex::LookupTokens(const Term& term) const {
  std::vector<std::string> tokens;
  for (const Key* key : ring_.Readable(KeyUse::kBlindIndex)) {
    tokens.push_back(MakeToken(*key, term));
  }
  return tokens;
}

bool BlindIndex::IsCurrent(absl::string_view token) const {
  return token.size() == kTokenSize &&
         token.substr(0, kIdSize) ==
             BigEndian(ring_.Active(KeyUse::kBlindIndex).id);
}

}  // namespace careroute::registry

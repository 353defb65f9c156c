#include "lib/registry/blind_index.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"

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

// Bytes that SHA-256 takes at once.
constexpr size_t kBlockSize = 64;

// RFC 2104. OpenSSL 3 searches its providers for each HMAC, for several times
// what the two hashes take, and a person is looked up by a dozen tokens.
std::string HmacSha256(const Secret& key, const std::string& message) {
  constexpr char kInner = 0x36;
  constexpr char kOuter = 0x5c;
  CAREROUTE_CHECK(key.size() <= kBlockSize);
  std::string padded(kBlockSize, kInner);
  for (size_t i = 0; i < key.size(); ++i) {
    padded[i] = static_cast<char>(padded[i] ^ static_cast<char>(key.data()[i]));
  }
  base::Sha256Hasher inner;
  inner.Update(padded);
  inner.Update(message);
  for (char& c : padded) c = static_cast<char>(c ^ kInner ^ kOuter);
  base::Sha256Hasher outer;
  outer.Update(padded);
  outer.Update(inner.Finish());
  Wipe(padded);
  return outer.Finish();
}

// The kind has a fixed size before the value, so no two terms share a message.
std::string MakeToken(const Key& key, const Term& term) {
  const std::string message =
      absl::StrCat("careroute index 1",
                   BigEndian(static_cast<uint64_t>(term.kind)), term.value);
  std::string token = BigEndian(key.id);
  token.append(HmacSha256(key.secret, message), 0, kTokenSize - kIdSize);
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

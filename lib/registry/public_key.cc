#include "lib/registry/public_key.h"

#include <cstdint>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/base/check.h"
#include "lib/registry/signer.h"

namespace careroute::registry {
namespace {

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(what,
                   "; give the line that `careroute keys show` prints there, "
                   "ed25519:ID:BASE64"));
}

}  // namespace

PublicKey PublicKeyOf(const Key& key) {
  CAREROUTE_CHECK(key.use == KeyUse::kSigning);
  return {.algorithm = std::string(kEd25519),
          .id = key.id,
          .bytes = key.public_key};
}

std::string ToText(const PublicKey& key) {
  return absl::StrCat(key.algorithm, ":", KeyIdHex(key.id), ":",
                      absl::Base64Escape(key.bytes));
}

absl::StatusOr<PublicKey> ParsePublicKey(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  if (parts.size() != 3) return Wrong("not three parts divided by colons");
  if (parts[0] != kEd25519) return Wrong("an algorithm that is not known");
  PublicKey key{.algorithm = std::string(kEd25519)};
  if (!absl::SimpleHexAtoi(parts[1], &key.id) || key.id == 0) {
    return Wrong("the id is no number of 16 hexadecimal digits");
  }
  if (!absl::Base64Unescape(parts[2], &key.bytes) ||
      key.bytes.size() != kKeySize) {
    return Wrong("the key is not 32 bytes as base64");
  }
  // One key is written in one way, so that two lines can be compared.
  if (absl::string_view(ToText(key)) != text) {
    return Wrong("the id or the key is not written in full");
  }
  return key;
}

}  // namespace careroute::registry

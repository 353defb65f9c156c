#include "services/identity/key_set.h"

#include <utility>

namespace careroute::services {
namespace {

constexpr size_t kRsaBitsMin = 2048;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

// The algorithm a public key is for; empty when it is for none that counts.
std::string AlgorithmOf(const cjose_jwk_t& key) {
  cjose_err error;
  if (cjose_jwk_get_kty(&key, &error) == CJOSE_JWK_KTY_RSA) {
    return cjose_jwk_get_keysize(&key, &error) >= kRsaBitsMin ? kRs256 : "";
  }
  if (cjose_jwk_get_kty(&key, &error) == CJOSE_JWK_KTY_EC) {
    return cjose_jwk_EC_get_curve(&key, &error) == CJOSE_JWK_EC_P_256 ? kEs256
                                                                      : "";
  }
  return "";
}

// Absent means that the issuer does not restrict it.
bool IsOr(const json_t* entry, const char* key, absl::string_view wanted) {
  return json_object_get(entry, key) == nullptr ||
         StringOf(entry, key) == wanted;
}

}  // namespace

absl::StatusOr<KeySetPtr> KeySet::Parse(const std::string& text) {
  if (text.size() > kKeySetBytesMax) return Wrong("is larger than 1 MiB");
  json_error_t error;
  const JsonPtr whole(
      json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, &error));
  const json_t* keys = json_object_get(whole.get(), "keys");
  if (!json_is_array(keys)) {
    return Wrong("is no JSON Web Key Set: an object with a list \"keys\"");
  }
  if (json_array_size(keys) > kKeysMax) return Wrong("holds over 100 keys");
  auto set = std::make_shared<KeySet>();
  for (size_t i = 0; i < json_array_size(keys); ++i) {
    json_t* entry = json_array_get(keys, i);
    const absl::string_view id = StringOf(entry, "kid");
    if (id.empty() || !IsOr(entry, "use", "sig")) continue;
    cjose_err failed;
    JwkPtr key(cjose_jwk_import_json(entry, &failed));
    if (key == nullptr) continue;
    std::string algorithm = AlgorithmOf(*key);
    if (algorithm.empty() || !IsOr(entry, "alg", algorithm)) continue;
    const bool first =
        set->by_id_
            .emplace(std::string(id.data(), id.size()),
                     SigningKey{.key = std::move(key),
                                .algorithm = std::move(algorithm)})
            .second;
    if (!first) return Wrong("holds two keys of one id");
  }
  if (set->by_id_.empty()) {
    return Wrong("holds no RSA or P-256 key for signatures that has an id");
  }
  return set;
}

const SigningKey* KeySet::Find(absl::string_view id) const {
  const auto it = by_id_.find(std::string(id.data(), id.size()));
  return it == by_id_.end() ? nullptr : &it->second;
}

}  // namespace careroute::services

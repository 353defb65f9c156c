// services/identity/key_set.h: the keys of an issuer of tokens.
//
// A JSON Web Key Set (RFC 7517), as issuers publish it. Only what can verify a
// token here is kept: RSA keys of 2048 bits and more, and keys on the curve
// P-256, meant for signatures, with an id. A secret key, or one for something
// else, is no mistake of the set and is passed over.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const KeySetPtr keys, KeySet::Parse(text));
//   const SigningKey* key = keys->Find("2026-01");

#ifndef CAREROUTE_SERVICES_IDENTITY_KEY_SET_H_
#define CAREROUTE_SERVICES_IDENTITY_KEY_SET_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/jose.h"

namespace careroute::services {

// A set of a large issuer is a few kilobytes.
inline constexpr size_t kKeySetBytesMax = size_t{1} << 20;
inline constexpr size_t kKeysMax = 100;

// The only algorithms that count. Never "none", and none of a shared secret:
// who can check such a token can make one.
inline constexpr char kRs256[] = "RS256";
inline constexpr char kEs256[] = "ES256";

struct SigningKey {
  JwkPtr key;
  std::string algorithm;  // the one it is for
};

// Const once made: thread-safe.
class KeySet {
 public:
  // INVALID_ARGUMENT saying what is wrong when it is no such set, or holds no
  // key that could verify anything.
  [[nodiscard]] static absl::StatusOr<std::shared_ptr<const KeySet>> Parse(
      const std::string& text);

  // Null when there is none of that id.
  [[nodiscard]] const SigningKey* Find(absl::string_view id) const;

 private:
  std::map<std::string, SigningKey> by_id_;
};

using KeySetPtr = std::shared_ptr<const KeySet>;

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_KEY_SET_H_

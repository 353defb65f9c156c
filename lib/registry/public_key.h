// lib/registry/public_key.h: a public signing key as people pass it on.
//
// Two hubs that exchange referrals give each other their keys once, by a
// channel they trust: one line that goes into PeerConfig.signing_keys as it is.
//
//   ed25519:0123456789abcdef:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=

#ifndef CAREROUTE_LIB_REGISTRY_PUBLIC_KEY_H_
#define CAREROUTE_LIB_REGISTRY_PUBLIC_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/registry/key_ring.h"

namespace careroute::registry {

struct PublicKey {
  std::string algorithm;
  KeyId id = 0;
  std::string bytes;  // 32 for ed25519

  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

// Of a signing key, active or old.
[[nodiscard]] PublicKey PublicKeyOf(const Key& key);

[[nodiscard]] std::string ToText(const PublicKey& key);

// INVALID_ARGUMENT, with what is wrong, for anything ToText does not write.
[[nodiscard]] absl::StatusOr<PublicKey> ParsePublicKey(absl::string_view text);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_PUBLIC_KEY_H_

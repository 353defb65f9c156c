// lib/registry/internal/ed25519.h: Ed25519 over raw bytes, through OpenSSL.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_ED25519_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_ED25519_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/registry/secret.h"

namespace careroute::registry::internal {

inline constexpr size_t kEd25519KeySize = 32;
inline constexpr size_t kEd25519SignatureSize = 64;

// `seed` must be 32 bytes; every seed is a valid private key.
[[nodiscard]] std::string Ed25519PublicKey(const Secret& seed);

// The 64-byte signature of `bytes`.
[[nodiscard]] std::string Ed25519Sign(const Secret& seed,
                                      absl::string_view bytes);

// False for a wrong signature and for keys or signatures of a wrong size.
[[nodiscard]] bool Ed25519Verify(absl::string_view public_key,
                                 absl::string_view signature,
                                 absl::string_view bytes);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_ED25519_H_

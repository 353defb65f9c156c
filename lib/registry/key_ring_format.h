// lib/registry/key_ring_format.h: the key-ring as text.
//
// One line a key between a line with the format's version and a line with the
// count of keys and a SHA-256 of all before it, so that a file cut off or
// touched by an editor is noticed before a key of it is used:
//
//   careroute key-ring 1
//   wrapping active 9f86d081884c7d65 2025-01-09T00:00:00Z KEY
//   blind-index active 60303ae22b998861 2025-01-09T00:00:00Z KEY
//   signing active fd61a03af4f77d87 2025-01-09T00:00:00Z KEY
//   end 3 HASH
//
// KEY is 64 hexadecimal digits: the key itself, of an old signing key only its
// public half. A later format raises the version; this one stays readable.

#ifndef CAREROUTE_LIB_REGISTRY_KEY_RING_FORMAT_H_
#define CAREROUTE_LIB_REGISTRY_KEY_RING_FORMAT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/secret.h"

namespace careroute::registry {

// Secret as a whole: it holds the keys in the clear.
[[nodiscard]] Secret SerialiseKeyRing(const KeyRing& ring);

// Reads what SerialiseKeyRing wrote, strictly. DATA_LOSS when the text is cut
// off or altered, FAILED_PRECONDITION when a newer release wrote it,
// INVALID_ARGUMENT when it is no key-ring at all. Errors name the line and the
// mend, never a key. The caller wipes `text`.
[[nodiscard]] absl::StatusOr<KeyRing> ParseKeyRing(absl::string_view text);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_KEY_RING_FORMAT_H_

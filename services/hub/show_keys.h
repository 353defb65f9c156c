// services/hub/show_keys.h: a key-ring as an operator sees it.
//
// Ids, uses and ages, and the public halves of the signing keys; nothing that
// opens anything.
//
//   out << ShowKeys(ring, clock.Now(), screen);

#ifndef CAREROUTE_SERVICES_HUB_SHOW_KEYS_H_
#define CAREROUTE_SERVICES_HUB_SHOW_KEYS_H_

#include <string>

#include "absl/time/time.h"
#include "lib/registry/key_ring.h"
#include "services/command/screen.h"

namespace careroute::services {

// A table of the keys, the active ones first, then the lines that peers put
// into PeerConfig.signing_keys.
[[nodiscard]] std::string ShowKeys(const registry::KeyRing& ring,
                                   absl::Time now, const Screen& screen);

// The line of the active signing key.
[[nodiscard]] std::string SigningKeyLine(const registry::KeyRing& ring);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_SHOW_KEYS_H_

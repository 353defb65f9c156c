// services/hub/rewrap_keys.h: persons' keys locked anew after a rotation.
//
// Every key that an old wrapping key of the ring locks is opened and locked
// with the active one. Nothing else of the store changes, and the old wrapping
// key stays in the ring: backups need it. Cut short, it is simply run again:
// what is done already is passed over.
//
//   const absl::StatusOr<Rewrapped> done = RewrapKeys(
//       {.keys = *store, .ring = ring, .random = random});

#ifndef CAREROUTE_SERVICES_HUB_REWRAP_KEYS_H_
#define CAREROUTE_SERVICES_HUB_REWRAP_KEYS_H_

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "lib/base/random.h"
#include "lib/registry/key_ring.h"
#include "lib/store/key_store.h"

namespace careroute::services {

struct Rewrapped {
  int64_t looked_at = 0;
  int64_t rewrapped = 0;

  friend bool operator==(const Rewrapped&, const Rewrapped&) = default;
};

struct RewrapOptions {
  store::KeyStore& keys;
  const registry::KeyRing& ring;
  base::Random& random;  // the operating system's wherever data is real
  // Told after each page; may be null.
  std::function<void(const Rewrapped& so_far)> progress;
};

// Blocks, for a command. DATA_LOSS when a key does not open,
// FAILED_PRECONDITION when the ring lacks what locks it: what was done before
// stays, and is right.
[[nodiscard]] absl::StatusOr<Rewrapped> RewrapKeys(
    const RewrapOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_REWRAP_KEYS_H_

// lib/registry/key_ring.h: the hub's own keys.
//
// Three uses: wrapping keys (AES-256-GCM) lock the persons' keys, blind-index
// keys (HMAC-SHA-256) make look-ups that show nothing, signing keys (Ed25519)
// sign checkpoints. The ring lives in a file outside the database, so that a
// stolen database alone opens nothing; lib/registry/key_ring_file.h keeps it.
// Each use has one active key; rotated keys stay readable for ever, because
// what they locked is still there.
//
//   KeyRing ring = KeyRing::Generate(random, clock.Now());
//   ring.Rotate(KeyUse::kWrapping, random, clock.Now());
//   const Key& key = ring.Active(KeyUse::kWrapping);

#ifndef CAREROUTE_LIB_REGISTRY_KEY_RING_H_
#define CAREROUTE_LIB_REGISTRY_KEY_RING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/base/random.h"
#include "lib/registry/secret.h"

namespace careroute::registry {

enum class KeyUse { kWrapping, kBlindIndex, kSigning };

// Every use, in the order of the file.
inline constexpr KeyUse kKeyUses[] = {KeyUse::kWrapping, KeyUse::kBlindIndex,
                                      KeyUse::kSigning};

// 64 random bits; never 0. Names a key in what it locked, signed or indexed.
using KeyId = uint64_t;

// As 16 lower-case hexadecimal digits, the form people and files see.
[[nodiscard]] std::string KeyIdHex(KeyId id);

// 256 bits for each of the three algorithms.
inline constexpr size_t kKeySize = 32;

// A rotation a day for thirty years; also what a reader may be asked to hold.
inline constexpr size_t kKeysMax = 12000;

struct Key {
  KeyUse use = KeyUse::kWrapping;
  KeyId id = 0;
  // Whole seconds: the file keeps no more.
  absl::Time created;
  // False once rotated: it still opens, finds and verifies, but no new work.
  bool active = false;
  // The key itself; of an old signing key nothing is left here, so that
  // nobody can sign in the past's name.
  Secret secret;
  // Signing keys only: the 32 raw bytes others verify with.
  std::string public_key;

  friend bool operator==(const Key&, const Key&) = default;
};

// A value: movable, copied only on purpose. Const use is thread-safe. Holds
// at least one key of each use, exactly one of them active.
class KeyRing {
 public:
  // A new ring with one active key of each use. `random` must be the
  // operating system's wherever data is real.
  [[nodiscard]] static KeyRing Generate(base::Random& random, absl::Time now);

  // A ring of keys read back, in order of making. DATA_LOSS when they are no
  // ring: an id twice, a use without exactly one active key, a key of a wrong
  // size, more than kKeysMax.
  [[nodiscard]] static absl::StatusOr<KeyRing> FromKeys(std::vector<Key> keys);

  // Makes a new active key of `use`; the active one becomes old. What the
  // old one locked stays readable; rewrapping is the caller's work.
  // RESOURCE_EXHAUSTED at kKeysMax.
  [[nodiscard]] absl::Status Rotate(KeyUse use, base::Random& random,
                                    absl::Time now);

  [[nodiscard]] const Key& Active(KeyUse use) const;
  // Null when the ring has no such key.
  [[nodiscard]] const Key* Find(KeyUse use, KeyId id) const;
  // The active key first, then the old ones, newest first.
  [[nodiscard]] std::vector<const Key*> Readable(KeyUse use) const;
  // Whether replacing `other` by this ring would lose no key.
  [[nodiscard]] bool Covers(const KeyRing& other) const;

  // In order of making.
  [[nodiscard]] const std::vector<Key>& keys() const { return keys_; }

  [[nodiscard]] KeyRing Clone() const;

  friend bool operator==(const KeyRing&, const KeyRing&) = default;

 private:
  KeyRing() = default;
  void AddActive(KeyUse use, base::Random& random, absl::Time now);

  std::vector<Key> keys_;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_KEY_RING_H_

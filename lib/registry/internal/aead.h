// lib/registry/internal/aead.h: AES-256-GCM over short byte strings.
//
// The sealed form is one version byte, a 12-byte random nonce, the ciphertext
// and a 16-byte tag. Sealing many small parts is a hot path: OpenSSL's contexts
// are kept and used again, since making one costs more than sealing a part.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_AEAD_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_AEAD_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/base/random.h"
#include "lib/registry/secret.h"

namespace careroute::registry::internal {

inline constexpr size_t kAeadNonceSize = 12;
inline constexpr size_t kAeadTagSize = 16;
inline constexpr size_t kAeadOverhead = 1 + kAeadNonceSize + kAeadTagSize;
inline constexpr char kAeadVersion = 1;

// Thread-safe. `random` must outlive it.
class Aead {
 public:
  explicit Aead(base::Random& random);
  ~Aead();
  Aead(const Aead&) = delete;
  Aead& operator=(const Aead&) = delete;

  // What is sealed, under what. All views are borrowed for the call.
  struct Input {
    const Secret& key;             // 32 bytes
    absl::string_view associated;  // authenticated, not stored
    absl::string_view bytes;  // Seal: the plain text; Open: the sealed form
  };

  // Fails only if OpenSSL does, which stops the process.
  [[nodiscard]] std::string Seal(const Input& input);

  // Nothing when the form is unknown or the tag does not fit: the bytes, the
  // associated data or the key are not those that were sealed.
  [[nodiscard]] std::optional<std::string> Open(const Input& input);

 private:
  class Contexts;

  base::Random& random_;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_AEAD_H_

// lib/registry/secret.h: bytes that leave no trace.
//
// Key material lives here and nowhere else: the bytes are overwritten when the
// Secret dies or is moved from, they are never printed, and a copy has to be
// asked for by name. A std::string would leave copies behind when it grows,
// moves or is freed.
//
//   Secret key = Secret::Random(random, 32);
//   HMAC(..., key.data(), key.size(), ...);

#ifndef CAREROUTE_LIB_REGISTRY_SECRET_H_
#define CAREROUTE_LIB_REGISTRY_SECRET_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "lib/base/random.h"

namespace careroute::registry {

// Overwrites the characters of `text` in a way no compiler leaves out, and
// empties it. For the short-lived strings a key passes through.
void Wipe(std::string& text);

// Owns its bytes. Movable (the source becomes empty), not copyable. Reading
// from several threads is safe while nobody assigns.
class Secret {
 public:
  Secret() = default;
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  // A copy of `bytes`; the caller wipes the original.
  [[nodiscard]] static Secret CopyOf(absl::string_view bytes);
  // `size` fresh bytes. Only base::RealRandom makes real keys.
  [[nodiscard]] static Secret Random(base::Random& random, size_t size);

  [[nodiscard]] Secret Clone() const { return CopyOf(view()); }

  [[nodiscard]] const unsigned char* data() const { return bytes_.get(); }
  [[nodiscard]] unsigned char* data() { return bytes_.get(); }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  // Valid while the Secret lives and is not assigned.
  [[nodiscard]] absl::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.get()), size_};
  }

  // Takes the same time wherever the first difference stands.
  friend bool operator==(const Secret& a, const Secret& b);

 private:
  void Clear();

  std::unique_ptr<unsigned char[]> bytes_;
  size_t size_ = 0;
};

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_SECRET_H_

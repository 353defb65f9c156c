// lib/base/hash.h: SHA-256, the one hash of stored bytes.
//
// Streams are chained, editions pinned and ids derived with it. It hashes bytes
// as they are stored; a message is never serialised again to be hashed, since
// two releases may write the same message differently.
//
//   const std::string head = base::Sha256(stored);
//
//   base::Sha256Hasher hasher;
//   hasher.Update(previous_hash);
//   hasher.Update(stored);
//   const std::string next = hasher.Finish();

#ifndef CAREROUTE_LIB_BASE_HASH_H_
#define CAREROUTE_LIB_BASE_HASH_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace careroute::base {

inline constexpr size_t kSha256Size = 32;

// The 32 raw bytes, not hexadecimal. Thread-safe.
[[nodiscard]] std::string Sha256(absl::string_view bytes);

// The same over bytes that come in pieces; how they are cut does not change the
// result. One use: after Finish only destruction and assignment are allowed.
// Movable, not thread-safe.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(Sha256Hasher&&) noexcept;
  Sha256Hasher& operator=(Sha256Hasher&&) noexcept;

  void Update(absl::string_view bytes);
  [[nodiscard]] std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_HASH_H_

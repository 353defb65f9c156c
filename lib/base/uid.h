// lib/base/uid.h: 128-bit identifiers.
//
// Written as 32 lower-case hexadecimal digits in resource names and as 16
// bytes in stored forms. Ids come from the injected Random, or are derived from
// what makes a command unique, so that a repeated request names the same thing.
//
//   const base::Uid uid = base::NewUid(random);
//   const base::Uid same = base::DeriveUid({"cases", caller, request_id});

#ifndef CAREROUTE_LIB_BASE_UID_H_
#define CAREROUTE_LIB_BASE_UID_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/base/random.h"

namespace careroute::base {

struct Uid {
  uint64_t high = 0;
  uint64_t low = 0;

  friend auto operator<=>(const Uid&, const Uid&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Uid& uid) {
    return H::combine(std::move(h), uid.high, uid.low);
  }

  [[nodiscard]] bool IsZero() const { return high == 0 && low == 0; }
  [[nodiscard]] std::string Hex() const;    // 32 digits
  [[nodiscard]] std::string Bytes() const;  // 16 bytes, big-endian
};

[[nodiscard]] Uid NewUid(Random& random);
// As many calls of NewUid would give, drawn at once.
[[nodiscard]] std::vector<Uid> NewUids(Random& random, size_t count);

// The first 128 bits of SHA-256 over the length-prefixed parts.
[[nodiscard]] Uid DeriveUid(std::initializer_list<absl::string_view> parts);

// INVALID_ARGUMENT when `hex` is not 32 lower-case hexadecimal digits.
[[nodiscard]] absl::StatusOr<Uid> ParseUid(absl::string_view hex);

// The reverse of Uid::Bytes. INVALID_ARGUMENT when `bytes` are not 16.
[[nodiscard]] absl::StatusOr<Uid> UidFromBytes(absl::string_view bytes);

}  // namespace careroute::base

#endif  // CAREROUTE_LIB_BASE_UID_H_

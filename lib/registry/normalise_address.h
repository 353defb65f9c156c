// lib/registry/normalise_address.h: addresses as they compare.
//
// "г. Хабаровск, ул. Ленина, д. 5, кв. 3" and "Ленина 5-3" are one place for
// whoever looks for twins in one flat. An address becomes the words of its
// names and its numbers in order; kinds of places (street, house, flat) and
// postcodes carry no weight. Good enough to support a comparison of persons,
// never to decide one, and not meant for finding a house on a map.
//
//   const NormalAddress a = NormaliseAddress(
//       {.settlement = "khabarovsk", .line = "ул. Ленина, д. 5, кв. 3"},
//       problems);
//   CompareAddresses(a, b) == AddressMatch::kSame

#ifndef CAREROUTE_LIB_REGISTRY_NORMALISE_ADDRESS_H_
#define CAREROUTE_LIB_REGISTRY_NORMALISE_ADDRESS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/problems.h"

namespace careroute::registry {

// Bytes of the line, as model.v1.Address allows.
inline constexpr size_t kAddressLineBytesMax = 500;

// As written; empty = not known.
struct WrittenAddress {
  absl::string_view settlement;  // id of the directory
  absl::string_view line;        // street, house, flat, as people write it
};

// As compared.
struct NormalAddress {
  std::string settlement;
  // Words of names, folded, sorted.
  std::vector<std::string> words;
  // Numbers in order, with their letter: house, flat.
  std::vector<std::string> numbers;

  friend bool operator==(const NormalAddress&, const NormalAddress&) = default;

  [[nodiscard]] bool IsEmpty() const;
};

// Reports under "line" a line that is not UTF-8 or too long; it then stays
// empty.
[[nodiscard]] NormalAddress NormaliseAddress(const WrittenAddress& written,
                                             base::Problems& problems);

enum class AddressMatch {
  // One of the two has no line to compare.
  kNotKnown,
  // The same numbers, and the words of one are all in the other; settlements
  // do not contradict.
  kSame,
  kDifferent,
};

[[nodiscard]] AddressMatch CompareAddresses(const NormalAddress& a,
                                            const NormalAddress& b);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_NORMALISE_ADDRESS_H_

// lib/registry/normalise_name.h: names as they compare.
//
// Case, ё and е, hyphens, spaces, apostrophes and dots carry no weight when two
// agencies write the same person; Latin letters that slipped into a Cyrillic
// word are taken for the Cyrillic ones they look like. Works for every script
// (Unicode's NFKC case fold through ICU), so that names with letters of the
// peoples of the North or of Central Asia compare as well as Russian ones.
//
//   base::Problems problems;
//   const NormalName name = NormaliseName(
//       {.surname = "Королёва-Шмидт", .given = "Анна"}, problems);
//   // name.surname == "королевашмидт"

#ifndef CAREROUTE_LIB_REGISTRY_NORMALISE_NAME_H_
#define CAREROUTE_LIB_REGISTRY_NORMALISE_NAME_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/problems.h"

namespace careroute::registry {

// Bytes of one part: twice the longest names civil registries accept.
inline constexpr size_t kNamePartBytesMax = 200;

// As written; an empty part is not known or does not exist.
struct WrittenName {
  absl::string_view surname;
  absl::string_view given;
  absl::string_view patronymic;
};

// As compared; parts hold letters alone.
struct NormalName {
  std::string surname;
  std::string given;
  std::string patronymic;

  friend auto operator<=>(const NormalName&, const NormalName&) = default;

  [[nodiscard]] bool IsEmpty() const;
  // The parts that are known, sorted: equal for names whose parts stand in
  // each other's fields.
  [[nodiscard]] std::vector<std::string> SortedParts() const;
};

// Reports, under "surname", "given" and "patronymic" of the current place, a
// part that is too long, not UTF-8, without a letter, or with characters no
// name has; such a part is left empty. Letters of two alphabets in one part
// are a warning. An empty part is no problem here: whether a name is needed is
// the caller's rule.
[[nodiscard]] NormalName NormaliseName(const WrittenName& written,
                                       base::Problems& problems);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_NORMALISE_NAME_H_

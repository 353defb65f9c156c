// lib/registry/internal/compare.h: how far two identities agree, part by part.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARE_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARE_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "lib/registry/identity.h"

namespace careroute::registry::internal {

// Yes, no, or one of the two is not known.
enum class Agree { kYes, kNo, kNotKnown };

enum class NameAgree {
  kSame,
  // Surname and given name agree; one patronymic is not known.
  kPatronymicUnknown,
  // The same parts in other fields.
  kTransposed,
  // As kSame or kPatronymicUnknown, but for one letter: missing, added,
  // changed, or two neighbours swapped. Only in parts of four letters or more.
  kOneTypo,
  // Given name and patronymic agree, the surname is another.
  kSurnameDiffers,
  // Surnames agree; at least one has no given name yet.
  kUnnamed,
  // Surnames agree, given names or patronymics do not.
  kGivenDiffers,
  kDifferent,
  // One of the two has no name at all.
  kNotKnown,
};

enum class DateAgree {
  kSame,
  kSwapped,   // day and month changed places
  kOneDigit,  // one of the eight digits differs
  kDifferent,
  kNotKnown,
};

[[nodiscard]] NameAgree CompareNames(const NormalName& a, const NormalName& b);

// Also true for the male and the female form: ивановский, ивановская.
[[nodiscard]] bool SameSurname(const std::string& a, const std::string& b);

[[nodiscard]] DateAgree CompareDates(const std::optional<absl::CivilDay>& a,
                                     const std::optional<absl::CivilDay>& b);

// Of two strings where empty is not known.
[[nodiscard]] Agree CompareValues(const std::string& a, const std::string& b);

// Whether two words are one slip apart: one letter missing, added or changed,
// or two neighbours swapped. Equal words are not.
[[nodiscard]] bool OneSlipApart(const std::u32string& a,
                                const std::u32string& b);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_COMPARE_H_

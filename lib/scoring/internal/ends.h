// lib/scoring/internal/ends.h: where a band begins and ends.

#ifndef CAREROUTE_LIB_SCORING_INTERNAL_ENDS_H_
#define CAREROUTE_LIB_SCORING_INTERNAL_ENDS_H_

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/scoring/exact.h"

namespace careroute::scoring::internal {

// One end of a range; absent number = open for ever.
struct End {
  std::optional<Exact> number;
  bool inside = false;
};

struct Ends {
  End lower;
  End upper;

  [[nodiscard]] bool Contains(const Exact& value) const {
    return ReachesDownTo(value) && ReachesUpTo(value);
  }
  // Whether nothing is between the two ends.
  [[nodiscard]] bool IsEmpty() const {
    return lower.number.has_value() && upper.number.has_value() &&
           (*lower.number > *upper.number || (*lower.number == *upper.number &&
                                              !(lower.inside && upper.inside)));
  }
  // Whether it lies wholly below `other`, which then begins above it.
  [[nodiscard]] bool IsBelow(const Ends& other) const {
    return upper.number.has_value() && other.lower.number.has_value() &&
           (*upper.number < *other.lower.number ||
            (*upper.number == *other.lower.number &&
             !(upper.inside && other.lower.inside)));
  }
  // Whether `other` begins exactly where it ends.
  [[nodiscard]] bool Meets(const Ends& other) const {
    return upper.number.has_value() && other.lower.number.has_value() &&
           *upper.number == *other.lower.number &&
           upper.inside != other.lower.inside;
  }
  [[nodiscard]] bool ReachesDownTo(const Exact& value) const {
    return !lower.number.has_value() || *lower.number < value ||
           (lower.inside && *lower.number == value);
  }
  [[nodiscard]] bool ReachesUpTo(const Exact& value) const {
    return !upper.number.has_value() || value < *upper.number ||
           (upper.inside && *upper.number == value);
  }
};

// Of a PointBand or a LevelBand. Nullopt when a number is not one.
template <typename Band>
std::optional<Ends> ReadEnds(const Band& band) {
  Ends ends;
  const std::string* lower = band.has_at_least() ? &band.at_least()
                             : band.has_above()  ? &band.above()
                                                 : nullptr;
  const std::string* upper = band.has_at_most() ? &band.at_most()
                             : band.has_below() ? &band.below()
                                                : nullptr;
  ends.lower.inside = band.has_at_least();
  ends.upper.inside = band.has_at_most();
  if (lower != nullptr) ends.lower.number = ParseExact(*lower);
  if (upper != nullptr) ends.upper.number = ParseExact(*upper);
  if ((lower != nullptr && !ends.lower.number.has_value()) ||
      (upper != nullptr && !ends.upper.number.has_value())) {
    return std::nullopt;
  }
  return ends;
}

// "[12.5, 27)"; an open end is written as such.
inline std::string ToText(const Ends& ends, absl::string_view language) {
  const std::string lower = ends.lower.number.has_value()
                                ? scoring::ToText(*ends.lower.number, language)
                                : "-∞";
  const std::string upper = ends.upper.number.has_value()
                                ? scoring::ToText(*ends.upper.number, language)
                                : "∞";
  return absl::StrCat(ends.lower.inside ? "[" : "(", lower, "; ", upper,
                      ends.upper.inside ? "]" : ")");
}

}  // namespace careroute::scoring::internal

#endif  // CAREROUTE_LIB_SCORING_INTERNAL_ENDS_H_

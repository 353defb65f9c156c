#include "lib/registry/internal/compare.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "lib/registry/internal/text.h"

namespace careroute::registry::internal {
namespace {

// Shorter names differ from each other by one letter too often.
constexpr size_t kTypoLettersMin = 4;

enum class PartAgree { kEqual, kTypo, kNotKnown, kDifferent };

// "И." for "Иван": says less than a name, contradicts nothing.
bool IsInitialOf(const std::u32string& initial, const std::u32string& name) {
  return initial.size() == 1 && initial[0] == name[0];
}

PartAgree ComparePart(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) {
    return PartAgree::kNotKnown;
  }
  if (a == b) {
    return PartAgree::kEqual;
  }
  const std::u32string wide_a = FromUtf8(a);
  const std::u32string wide_b = FromUtf8(b);
  if (IsInitialOf(wide_a, wide_b) || IsInitialOf(wide_b, wide_a)) {
    return PartAgree::kNotKnown;
  }
  const bool long_enough =
      std::min(wide_a.size(), wide_b.size()) >= kTypoLettersMin;
  return long_enough && OneSlipApart(wide_a, wide_b) ? PartAgree::kTypo
                                                     : PartAgree::kDifferent;
}

struct Parts {
  PartAgree surname;
  PartAgree given;
  PartAgree patronymic;

  [[nodiscard]] int Count(PartAgree agree) const {
    return (surname == agree ? 1 : 0) + (given == agree ? 1 : 0) +
           (patronymic == agree ? 1 : 0);
  }
};

bool Fits(PartAgree agree) {
  return agree == PartAgree::kEqual || agree == PartAgree::kTypo;
}

// Nothing when the parts, each in its own field, do not make one name.
std::optional<NameAgree> CompareInPlace(const Parts& parts) {
  if (parts.Count(PartAgree::kTypo) > 1 || !Fits(parts.surname) ||
      !Fits(parts.given) || parts.patronymic == PartAgree::kDifferent) {
    return std::nullopt;
  }
  if (parts.Count(PartAgree::kTypo) == 1) {
    return NameAgree::kOneTypo;
  }
  return parts.patronymic == PartAgree::kNotKnown
             ? NameAgree::kPatronymicUnknown
             : NameAgree::kSame;
}

// A surname without the ending that tells men from women.
std::string Stem(absl::string_view surname) {
  for (const absl::string_view ending :
       {"ская", "цкая", "ский", "цкий", "ской", "цкой"}) {
    if (absl::ConsumeSuffix(&surname, ending)) {
      // The first letter of the ending stays: с or ц.
      return std::string(surname) + std::string(ending.substr(0, 2));
    }
  }
  for (const absl::string_view ending : {"ова", "ева", "ина", "ына"}) {
    if (absl::EndsWith(surname, ending)) {
      surname.remove_suffix(absl::string_view("а").size());
      return std::string(surname);
    }
  }
  for (const absl::string_view ending : {"ая", "ый", "ий", "ой"}) {
    if (absl::ConsumeSuffix(&surname, ending)) {
      break;
    }
  }
  return std::string(surname);
}

}  // namespace

bool OneSlipApart(const std::u32string& a, const std::u32string& b) {
  const std::u32string& longer = a.size() >= b.size() ? a : b;
  const std::u32string& shorter = a.size() >= b.size() ? b : a;
  if (longer.size() - shorter.size() > 1) {
    return false;
  }
  const auto [at_long, at_short] = std::mismatch(
      longer.begin(), longer.end(), shorter.begin(), shorter.end());
  if (longer.size() > shorter.size()) {
    return std::equal(at_long + 1, longer.end(), at_short, shorter.end());
  }
  if (at_long == longer.end()) {
    return false;
  }
  const bool changed =
      std::equal(at_long + 1, longer.end(), at_short + 1, shorter.end());
  const bool swapped =
      longer.end() - at_long > 1 && at_long[0] == at_short[1] &&
      at_long[1] == at_short[0] &&
      std::equal(at_long + 2, longer.end(), at_short + 2, shorter.end());
  return changed || swapped;
}

bool SameSurname(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && (a == b || Stem(a) == Stem(b));
}

NameAgree CompareNames(const NormalName& a, const NormalName& b) {
  if (a.IsEmpty() || b.IsEmpty()) {
    return NameAgree::kNotKnown;
  }
  const Parts parts = {.surname = ComparePart(a.surname, b.surname),
                       .given = ComparePart(a.given, b.given),
                       .patronymic = ComparePart(a.patronymic, b.patronymic)};
  if (const std::optional<NameAgree> agree = CompareInPlace(parts);
      agree.has_value()) {
    return *agree;
  }
  if (!a.given.empty() && !b.given.empty() &&
      a.SortedParts() == b.SortedParts()) {
    return NameAgree::kTransposed;
  }
  if (SameSurname(a.surname, b.surname)) {
    return a.given.empty() || b.given.empty() ? NameAgree::kUnnamed
                                              : NameAgree::kGivenDiffers;
  }
  if (parts.given == PartAgree::kEqual &&
      parts.patronymic == PartAgree::kEqual) {
    return NameAgree::kSurnameDiffers;
  }
  return NameAgree::kDifferent;
}

DateAgree CompareDates(const std::optional<absl::CivilDay>& a,
                       const std::optional<absl::CivilDay>& b) {
  if (!a.has_value() || !b.has_value()) {
    return DateAgree::kNotKnown;
  }
  if (*a == *b) {
    return DateAgree::kSame;
  }
  if (a->year() == b->year() && a->month() == b->day() &&
      a->day() == b->month()) {
    return DateAgree::kSwapped;
  }
  const std::string digits_a =
      absl::StrFormat("%04d%02d%02d", a->year(), a->month(), a->day());
  const std::string digits_b =
      absl::StrFormat("%04d%02d%02d", b->year(), b->month(), b->day());
  int differing = 0;
  for (size_t i = 0; i < digits_a.size(); ++i) {
    differing += digits_a[i] == digits_b[i] ? 0 : 1;
  }
  return differing == 1 ? DateAgree::kOneDigit : DateAgree::kDifferent;
}

Agree CompareValues(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) {
    return Agree::kNotKnown;
  }
  return a == b ? Agree::kYes : Agree::kNo;
}

}  // namespace careroute::registry::internal

// lib/registry/internal/text.h: Unicode text made comparable, through ICU.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace careroute::registry::internal {

// NFKC and case fold of the Unicode Standard (toNFKC_Casefold), then ё as е:
// composed and decomposed, upper and lower, full and half width compare equal.
// Nothing when `utf8` is not UTF-8.
[[nodiscard]] std::optional<std::u32string> Fold(absl::string_view utf8);

[[nodiscard]] std::string ToUtf8(const std::u32string& text);

// Of an empty string for bytes that are not UTF-8.
[[nodiscard]] std::u32string FromUtf8(absl::string_view utf8);

[[nodiscard]] bool IsLetterOrMark(char32_t character);
[[nodiscard]] bool IsDigit(char32_t character);  // 0-9 only; Fold maps others
[[nodiscard]] bool IsCyrillic(char32_t character);
[[nodiscard]] bool IsLatin(char32_t character);

// In a word that mixes both alphabets: Latin letters that look like Cyrillic
// ones become these. A word of one alphabet, or with a Latin letter that looks
// like none, is left alone. `folded` comes from Fold.
[[nodiscard]] std::u32string UnifyAlphabet(std::u32string folded);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_TEXT_H_

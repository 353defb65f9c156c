#include "lib/registry/normalise_name.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/registry/internal/text.h"

namespace careroute::registry {
namespace {

// What separates or decorates the letters of a name and is dropped: blanks,
// full stops, hyphens and dashes, apostrophes in all the shapes keyboards give.
constexpr char32_t kDropped[] = {
    U' ',      U'\t',     U'.',      U'-',      U'\u2010', U'\u2011',
    U'\u2012', U'\u2013', U'\u2014', U'\u2212', U'\'',     U'`',
    U'\u00b4', U'\u2018', U'\u2019', U'\u02bc', U'\u02b9', U'\u02bb',
};

bool IsDropped(char32_t character) {
  return std::find(std::begin(kDropped), std::end(kDropped), character) !=
         std::end(kDropped);
}

struct Part {
  absl::string_view field;
  absl::string_view text;
};

// Dictionaries and careful clerks mark the stress: Ива́нов. Where an accent
// makes another letter, folding has joined the two already.
bool IsStress(char32_t character, const std::u32string& before) {
  return (character == U'\u0301' || character == U'\u0300') &&
         !before.empty() && internal::IsCyrillic(before.back());
}

// The letters of the folded text, or nothing when it has other characters.
std::optional<std::u32string> Letters(const std::u32string& folded) {
  std::u32string letters;
  for (const char32_t character : folded) {
    if (IsDropped(character) || IsStress(character, letters)) {
      continue;
    }
    if (!internal::IsLetterOrMark(character)) {
      return std::nullopt;
    }
    letters.push_back(character);
  }
  return letters;
}

void WarnOfMixedAlphabets(const std::u32string& letters,
                          absl::string_view field, base::Problems& problems) {
  if (std::any_of(letters.begin(), letters.end(), internal::IsLatin) &&
      std::any_of(letters.begin(), letters.end(), internal::IsCyrillic)) {
    problems.Warning(field, "MIXED_ALPHABETS",
                     "mixes Latin and Cyrillic letters",
                     "type the name anew in one alphabet");
  }
}

std::string NormalisePart(const Part& part, base::Problems& problems) {
  if (part.text.size() > kNamePartBytesMax) {
    problems.Error(part.field, "TOO_LONG",
                   absl::StrCat("is longer than ", kNamePartBytesMax, " bytes"),
                   "give the name alone, without titles or remarks");
    return "";
  }
  const std::optional<std::u32string> folded = internal::Fold(part.text);
  if (!folded.has_value()) {
    problems.Error(part.field, "NOT_UTF8", "is not UTF-8 text",
                   "send the name as UTF-8");
    return "";
  }
  std::optional<std::u32string> letters = Letters(*folded);
  if (!letters.has_value() || (letters->empty() && !part.text.empty())) {
    problems.Error(part.field, "NOT_A_NAME",
                   "holds characters that no name has, or no letter",
                   "give letters, spaces, hyphens and apostrophes only; leave "
                   "it empty when it is not known");
    return "";
  }
  WarnOfMixedAlphabets(*letters, part.field, problems);
  return internal::ToUtf8(internal::UnifyAlphabet(*std::move(letters)));
}

}  // namespace

bool NormalName::IsEmpty() const {
  return surname.empty() && given.empty() && patronymic.empty();
}

std::vector<std::string> NormalName::SortedParts() const {
  std::vector<std::string> parts;
  for (const std::string& part : {surname, given, patronymic}) {
    if (!part.empty()) {
      parts.push_back(part);
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

NormalName NormaliseName(const WrittenName& written, base::Problems& problems) {
  return {.surname = NormalisePart(
              {.field = "surname", .text = written.surname}, problems),
          .given = NormalisePart({.field = "given", .text = written.given},
                                 problems),
          .patronymic = NormalisePart(
              {.field = "patronymic", .text = written.patronymic}, problems)};
}

}  // namespace careroute::registry

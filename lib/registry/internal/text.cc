#include "lib/registry/internal/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>

#include "lib/base/check.h"
#include "lib/base/utf8.h"

namespace careroute::registry::internal {
namespace {

struct Alike {
  char32_t latin;
  char32_t cyrillic;
};

// Folded letters whose lower-case or capital form looks the same in both
// alphabets; the capital matters for the first letter of a name.
constexpr Alike kAlike[] = {
    {U'a', U'а'}, {U'b', U'в'}, {U'c', U'с'}, {U'e', U'е'},
    {U'h', U'н'}, {U'k', U'к'}, {U'm', U'м'}, {U'o', U'о'},
    {U'p', U'р'}, {U't', U'т'}, {U'x', U'х'}, {U'y', U'у'},
};

bool HasScript(char32_t character, UScriptCode script) {
  return uscript_hasScript(static_cast<UChar32>(character), script) != 0;
}

const Alike* FindAlike(char32_t latin) {
  const auto* const found = std::find_if(
      std::begin(kAlike), std::end(kAlike),
      [latin](const Alike& alike) { return alike.latin == latin; });
  return found == std::end(kAlike) ? nullptr : found;
}

bool LooksCyrillic(char32_t character) {
  return !IsLatin(character) || FindAlike(character) != nullptr;
}

std::u32string ToCodePoints(const icu::UnicodeString& text) {
  std::u32string points;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    points.push_back(static_cast<char32_t>(text.char32At(i)));
  }
  return points;
}

icu::UnicodeString ToIcu(absl::string_view utf8) {
  CAREROUTE_CHECK(utf8.size() <=
                  static_cast<size_t>(std::numeric_limits<int32_t>::max()));
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

}  // namespace

std::optional<std::u32string> Fold(absl::string_view utf8) {
  if (!base::IsValidUtf8(utf8)) {
    return std::nullopt;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folder =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  CAREROUTE_CHECK(U_SUCCESS(error));
  const icu::UnicodeString folded = folder->normalize(ToIcu(utf8), error);
  CAREROUTE_CHECK(U_SUCCESS(error));
  std::u32string points = ToCodePoints(folded);
  std::replace(points.begin(), points.end(), U'ё', U'е');
  return points;
}

std::string ToUtf8(const std::u32string& text) {
  icu::UnicodeString joined;
  for (const char32_t character : text) {
    joined.append(static_cast<UChar32>(character));
  }
  std::string utf8;
  joined.toUTF8String(utf8);
  return utf8;
}

std::u32string FromUtf8(absl::string_view utf8) {
  return base::IsValidUtf8(utf8) ? ToCodePoints(ToIcu(utf8)) : std::u32string();
}

bool IsLetterOrMark(char32_t character) {
  const auto point = static_cast<UChar32>(character);
  return (U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool IsDigit(char32_t character) {
  return character >= U'0' && character <= U'9';
}

bool IsCyrillic(char32_t character) {
  return HasScript(character, USCRIPT_CYRILLIC);
}

bool IsLatin(char32_t character) { return HasScript(character, USCRIPT_LATIN); }

std::u32string UnifyAlphabet(std::u32string folded) {
  const bool mixed = std::any_of(folded.begin(), folded.end(), IsCyrillic) &&
                     std::all_of(folded.begin(), folded.end(), LooksCyrillic);
  if (mixed) {
    for (char32_t& character : folded) {
      if (const Alike* alike = FindAlike(character); alike != nullptr) {
        character = alike->cyrillic;
      }
    }
  }
  return folded;
}

}  // namespace careroute::registry::internal

#include "lib/base/plain_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "lib/base/utf8.h"

namespace careroute::base {
namespace {

// What the scripts that need them cannot be written without.
constexpr UChar32 kZeroWidthNonJoiner = 0x200c;
constexpr UChar32 kZeroWidthJoiner = 0x200d;
constexpr UChar32 kSoftHyphen = 0x00ad;

bool Has(UChar32 point, UProperty property) {
  return u_hasBinaryProperty(point, property) != 0;
}

bool IsNeeded(UChar32 point) {
  return point == '\t' || point == '\n' || point == kSoftHyphen ||
         point == kZeroWidthNonJoiner || point == kZeroWidthJoiner ||
         Has(point, UCHAR_VARIATION_SELECTOR);
}

bool IsUnseen(UChar32 point) {
  switch (u_charType(point)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return true;
    case U_FORMAT_CHAR:
      return !Has(point, UCHAR_PREPENDED_CONCATENATION_MARK);  // drawn
    default:
      return U_IS_UNICODE_NONCHAR(point) ||
             Has(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
  }
}

// Asks every code point of valid UTF-8, until one answers no.
template <typename Question>
bool AllOf(absl::string_view text, Question question) {
  for (size_t at = 0; at < text.size();) {
    UChar32 point = 0;
    U8_NEXT_UNSAFE(text.data(), at, point);
    if (!question(point)) return false;
  }
  return true;
}

}  // namespace

bool IsPlainText(absl::string_view text) {
  return IsValidUtf8(text) && AllOf(text, [](UChar32 point) {
           return IsNeeded(point) || !IsUnseen(point);
         });
}

bool IsBlank(absl::string_view text) {
  return IsValidUtf8(text) &&
         AllOf(text, [](UChar32 point) { return u_isUWhiteSpace(point) != 0; });
}

}  // namespace careroute::base

#include "lib/picture/internal/letters.h"

#include "absl/strings/str_cat.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace careroute::picture::internal {
namespace {

bool IsLineEnd(int32_t code) {
  return code == '\n' || code == '\r' || code == '\t' || code == 0x85 ||
         code == 0x2028 || code == 0x2029;
}

bool MayStand(int32_t code) {
  if (code == kSheetMark) return true;
  return code >= 0x20 && !(code >= 0x7F && code < 0xA0) &&
         !U_IS_UNICODE_NONCHAR(code) &&
         u_hasBinaryProperty(code, UCHAR_BIDI_CONTROL) == 0;
}

}  // namespace

std::vector<Letter> LettersOf(absl::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  std::vector<Letter> letters;
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 code = 0;
    U8_NEXT(bytes, at, size, code);
    letters.push_back({.code = code,
                       .bytes = text.substr(static_cast<size_t>(begin),
                                            static_cast<size_t>(at - begin))});
  }
  return letters;
}

std::string OnOneLine(absl::string_view text) {
  std::string line;
  for (const Letter& letter : LettersOf(text)) {
    if (IsLineEnd(letter.code)) {
      line.push_back(' ');
    } else if (MayStand(letter.code)) {
      absl::StrAppend(&line, letter.bytes);
    }
  }
  return line;
}

}  // namespace careroute::picture::internal

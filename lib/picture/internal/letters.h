// lib/picture/internal/letters.h: a text letter by letter, and what of it may
// stand on a picture.
//
//   for (const Letter& letter : LettersOf(text)) width += WidthOf(letter.code);

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_LETTERS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_LETTERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::picture::internal {

inline constexpr int32_t kNoBreakSpace = 0xA0;
// Stands behind the number of a box until it is known on which sheet that box
// is. No text of a pathway keeps one: sheets.h replaces every one.
inline constexpr int32_t kSheetMark = 0x01;
inline constexpr char kSheetMarkText[] = "\x01";

struct Letter {
  int32_t code = 0;  // negative for bytes that are not UTF-8
  absl::string_view bytes;
};

// Borrows the text. Letters are code points: whoever breaks lines may part an
// accent from its letter, which is still readable.
[[nodiscard]] std::vector<Letter> LettersOf(absl::string_view text);

// On one line, and without what is no character, what moves a cursor, and what
// turns the direction of the words around it. Keeps kSheetMark.
[[nodiscard]] std::string OnOneLine(absl::string_view text);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_LETTERS_H_

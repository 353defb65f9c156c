// lib/picture/internal/text_fit.h: how wide a text is, and where to break it.
//
// Graphviz breaks no lines, so that widths are judged here: as the widest of
// the faces that machines have draws them. The same text is broken the same way
// on every machine, and no other face makes it leave its box.
//
//   FitText("one two three", {.width = 40});  // {"one two", "three"}

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::picture::internal {

// In points, of one line; `bold` letters are wider.
[[nodiscard]] double TextWidth(absl::string_view text, double font_size,
                               bool bold = false);

struct FitOptions {
  double width = 100;    // in points
  double font_size = 8;  // in points
  bool bold = false;
  // More is cut, and the last line ends in "…".
  size_t lines_max = 4;
};

// At least one line. Breaks at spaces, never at one that does not break; a word
// wider than a line is cut.
[[nodiscard]] std::vector<std::string> FitText(absl::string_view text,
                                               const FitOptions& options);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_

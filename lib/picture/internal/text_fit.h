// lib/picture/internal/text_fit.h: how wide a text is, and where to break it.
//
// Graphviz breaks no lines, so that widths are judged here: from a table of
// letters as common sans-serif faces have them, a little on the wide side. The
// same text is broken the same way on every machine.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace careroute::picture::internal {

// In points, of one line.
[[nodiscard]] double TextWidth(absl::string_view text, double font_size);

struct FitOptions {
  double width = 100;    // in points
  double font_size = 8;  // in points
  // More is cut, and the last line ends in "…".
  size_t lines_max = 4;
};

// At least one line. Breaks at spaces; a word wider than a line is cut.
[[nodiscard]] std::vector<std::string> FitText(absl::string_view text,
                                               const FitOptions& options);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_TEXT_FIT_H_

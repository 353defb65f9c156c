// lib/picture/internal/fit_line.h: a line broken to a width.
//
//   AppendFitted({.text = title, .title = true}, kInBox, box.lines);

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_FIT_LINE_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_FIT_LINE_H_

#include <cstddef>
#include <vector>

#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

struct Room {
  double width = kTextWidth;
  // More is cut with "…". No shipped text comes near it.
  size_t lines_max = 12;
};

inline constexpr Room kInBox;

// Appends the parts of the line, each as wide as there is room, cleaned of what
// may not stand on a picture. Returns the place of the last one.
size_t AppendFitted(const Line& line, const Room& room,
                    std::vector<Line>& lines);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_FIT_LINE_H_

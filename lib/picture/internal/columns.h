// lib/picture/internal/columns.h: which column each box stands in.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_

#include <vector>

#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// More would make the page wider than any paper.
inline constexpr int kColumnsOfStageMax = 4;

// What a column takes besides its boxes, on the average.
inline constexpr double kGutterGuess = 34;
// Between boxes of one column.
inline constexpr double kBoxGap = 8;

struct Columns {
  int count = 0;
  std::vector<int> of_box;          // -1 = below the lanes
  std::vector<int> first_of_stage;  // one more at the end: `count`
};

// `heights` are those of the boxes. Splits the stage that makes the page
// highest until the page is as wide as A3 landscape wants it.
[[nodiscard]] Columns ChooseColumns(const Scene& scene,
                                    const std::vector<double>& heights);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_

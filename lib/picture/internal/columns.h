// lib/picture/internal/columns.h: which column each box stands in.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_

#include <vector>

#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// More is wider than A3.
inline constexpr int kColumnsOfStageMax = 8;

struct Columns {
  int count = 0;
  std::vector<int> of_box;          // -1 = below the lanes
  std::vector<int> first_of_stage;  // one more at the end: `count`
};

// `heights` are those of the boxes. Splits the stage that makes the lanes
// highest until they are as low as wanted, or no split helps.
[[nodiscard]] Columns ChooseColumns(const Scene& scene,
                                    const std::vector<double>& heights,
                                    double height_max);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_COLUMNS_H_

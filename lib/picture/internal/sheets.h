// lib/picture/internal/sheets.h: a scene cut into sheets of paper.
//
// A large pathway on one sheet has letters that nobody reads. So boxes are
// taken in the order of their stages until a sheet is full, and a stage begins
// a new sheet rather than be parted. What leads to another sheet says to which.
//
//   for (const Sheet& sheet : CutIntoSheets(scene, kA3Landscape)) ...

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_SHEETS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_SHEETS_H_

#include <vector>

#include "lib/picture/internal/layout.h"
#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

struct Sheet {
  Scene scene;  // the boxes of this sheet, the lanes and stages they stand in
  Layout layout;
};

// At least one, also for a scene without boxes. A sheet does not fit only when
// a single box does not.
[[nodiscard]] std::vector<Sheet> CutIntoSheets(const Scene& scene,
                                               const Paper& paper);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_SHEETS_H_

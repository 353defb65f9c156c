// lib/picture/internal/notes.h: what stands at the foot of a sheet.
//
// The sources and conditions that its boxes name by number, and how to read its
// signs. A sheet says what it needs: it may hang on a wall alone.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_NOTES_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_NOTES_H_

#include <vector>

#include "lib/picture/internal/layout.h"

namespace careroute::picture::internal {

struct Notes {
  std::vector<Label> columns;  // from the top left corner of the notes
  double height = 0;
};

// As low as the width allows. No note is parted between two columns.
[[nodiscard]] Notes PlaceNotes(const Scene& scene, double width);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_NOTES_H_

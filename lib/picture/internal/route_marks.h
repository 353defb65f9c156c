// lib/picture/internal/route_marks.h: what a route adds to the boxes.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_ROUTE_MARKS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_ROUTE_MARKS_H_

#include <string>
#include <vector>

#include "careroute/model/v1/route.pb.h"
#include "lib/picture/internal/atlas.h"
#include "lib/picture/internal/limit_text.h"
#include "lib/picture/internal/scene.h"
#include "lib/picture/internal/step_lines.h"

namespace careroute::picture::internal {

// How many rows of one box are told; a step that was walked often says the
// rest by its count.
inline constexpr size_t kMarksOfBoxMax = 4;

struct GroupMarks {
  Reached reached = Reached::kNo;
  BoxMarks marks;
};

// One for each group of the atlas. A box of several rows stands where the most
// pressing one does.
[[nodiscard]] std::vector<GroupMarks> MarksOf(const model::v1::Route& route,
                                              const Atlas& atlas,
                                              const Tongue& tongue);

// "cases/1 as of 8 April": what the heading adds.
[[nodiscard]] std::string RouteHeading(const model::v1::Route& route,
                                       const Tongue& tongue);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_ROUTE_MARKS_H_

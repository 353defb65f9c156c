// lib/picture/internal/route_marks.h: what a route says of each box.

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

// How many rows of one box are told, the most pressing ones; the box says how
// many more there are.
inline constexpr size_t kRowsOfBoxMax = 4;

struct GroupMarks {
  Reached reached = Reached::kNo;  // of the most pressing row
  RouteMarks marks;
  std::vector<std::string> taken;  // titles of outcomes the route came by
};

// One for each group of the atlas.
[[nodiscard]] std::vector<GroupMarks> MarksOf(const model::v1::Route& route,
                                              const Atlas& atlas,
                                              const Tongue& tongue);

// Below the title of the page: which case and as of when; who coordinates it;
// whether it is on pause or has ended.
[[nodiscard]] std::vector<std::string> RouteHeading(
    const model::v1::Route& route, const Tongue& tongue);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_ROUTE_MARKS_H_

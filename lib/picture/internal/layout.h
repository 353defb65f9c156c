// lib/picture/internal/layout.h: where everything of a scene stands.
//
// Lanes and stages make a grid. A stage is as many columns wide as brings the
// page nearest to the shape of A3 landscape. Arrows run at right angles in the
// gutters between columns and in corridors above lanes; those to one box share
// their way.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_LAYOUT_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_LAYOUT_H_

#include <string>
#include <vector>

#include "lib/picture/internal/scene.h"

namespace careroute::picture::internal {

// In points, from the top left corner.
struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Area {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

// A text that stands by itself: the head of a stage, a column of the legend.
struct Label {
  Area area;
  std::vector<Line> lines;
};

struct Layout {
  double width = 0;
  double height = 0;
  std::vector<Area> boxes;   // as in Scene::boxes
  std::vector<Area> lanes;   // as in Scene::lanes
  std::vector<Label> heads;  // of the page, the stages, the lanes
  std::vector<Label> notes;  // below everything
  // As in Scene::arrows, from tail to tip; empty where a number must do.
  std::vector<std::vector<Point>> arrows;
};

// Pure. The same scene has the same layout on every machine.
[[nodiscard]] Layout PlaceScene(const Scene& scene);

// The height of a box with these lines.
[[nodiscard]] double HeightOf(const std::vector<Line>& lines);
// The middle of one of its lines, from its top.
[[nodiscard]] double MiddleOf(const std::vector<Line>& lines, size_t line);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_LAYOUT_H_

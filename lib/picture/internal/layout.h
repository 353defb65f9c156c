// lib/picture/internal/layout.h: where everything of one sheet stands.
//
// Lanes and stages make a grid. A stage is as many columns wide as brings the
// sheet below the height of its paper. Arrows run at right angles in the
// gutters between columns and in corridors above lanes; those to one box share
// their way. Notes stand at the foot.

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

// Points of a sheet: 72 to the inch.
struct Paper {
  double width = 0;
  double height = 0;
};

inline constexpr Paper kA3Landscape = {.width = 1190.6, .height = 841.9};
inline constexpr Paper kA4Landscape = {.width = 841.9, .height = 595.3};

// What no printer reaches, and a little more.
inline constexpr double kMargin = 22;
// Between boxes of one column, and around whatever stands by itself.
inline constexpr double kBoxGap = 8;

// A text that stands by itself: the head of a stage, a column of the legend.
struct Label {
  Area area;
  std::vector<Line> lines;
};

struct Layout {
  Paper paper;
  // What is needed; more than the paper has when the scene does not fit.
  double width = 0;
  double height = 0;
  std::vector<Area> boxes;   // as in Scene::boxes
  std::vector<Area> lanes;   // as in Scene::lanes
  std::vector<Label> heads;  // of the sheet, the stages, the lanes
  std::vector<Label> notes;  // at the foot
  // As in Scene::arrows, from tail to tip; empty where a number must do.
  std::vector<std::vector<Point>> arrows;

  [[nodiscard]] bool Fits() const {
    constexpr double kRounding = 0.5;
    return width <= paper.width + kRounding &&
           height <= paper.height + kRounding;
  }
};

// Pure. The same scene has the same layout on every machine.
[[nodiscard]] Layout PlaceScene(const Scene& scene, const Paper& paper);

// The height of a box with these lines.
[[nodiscard]] double HeightOf(const std::vector<Line>& lines);
// The middle of one of its lines, from its top.
[[nodiscard]] double MiddleOf(const std::vector<Line>& lines, size_t line);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_LAYOUT_H_

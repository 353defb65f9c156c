// lib/picture/internal/scene.h: what stands on a picture, without places.
//
//   const Scene scene = BuildScene(edition, {.language = "ru"});
//   const std::vector<Sheet> sheets = CutIntoSheets(scene, kA3);

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_SCENE_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_SCENE_H_

#include <set>
#include <string>
#include <vector>

#include "careroute/model/v1/route.pb.h"
#include "lib/pathway/edition.h"

namespace careroute::picture::internal {

// Type faces of a line; each says something in black and white too.
enum class Face { kPlain, kBold, kItalic };

// Sizes of type, in points as they are printed: A3 sheets are drawn at their
// own size. Nothing is smaller than kTextSize.
inline constexpr double kTitleSize = 8;
inline constexpr double kTextSize = 7;
inline constexpr double kTitleHeight = 10;
inline constexpr double kTextHeight = 8.8;
// Of every box, and of what fits into it.
inline constexpr double kBoxWidth = 160;
inline constexpr double kTextWidth = 144;

// One line of a box, fitted to its width.
struct Line {
  std::string text;
  Face face = Face::kPlain;
  bool title = false;
};

// What kind of thing a box is; shown by its frame.
enum class BoxKind { kStep, kBlock, kList };

// Where a step stands on a route; shown by frame and sign.
enum class Reached { kNotAsked, kNo, kDone, kNext, kNow, kSuspended, kOverdue };

struct Box {
  std::string id;  // of the step, or of the use of a block
  BoxKind kind = BoxKind::kStep;
  Reached reached = Reached::kNotAsked;
  int number = 0;  // what other boxes call it; 0 = nothing leads to it
  int lane = 0;
  int stage = 0;  // -1 = below the lanes
  std::vector<Line> lines;
  std::set<int> conditions;  // numbers its lines name
  std::set<int> sources;
};

// The end of an arrow whose box stands on another sheet.
inline constexpr int kOtherSheet = -1;

// From a line of one box to another box.
struct Arrow {
  int from = 0;
  int line = 0;
  int to = 0;
  bool dashed = false;   // only on a condition, or later
  bool guarded = false;  // the step it leads to has guards
  bool taken = false;    // the route has gone this way
};

// One row of the legend: what a sign says. It stands on the sheets whose lines
// have the sign; an empty sign stands on each.
struct LegendRow {
  std::string sign;
  Line line;
};

struct Scene {
  std::string language;
  std::vector<std::string> heading;  // the title and what stands below it
  std::vector<std::string> lanes;
  std::vector<std::string> stages;
  std::string below;  // title of what stands below the lanes
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  std::vector<LegendRow> legend;
  std::vector<std::string> conditions;  // number n is at n - 1
  std::vector<std::string> sources;     // likewise
};

struct SceneOptions {
  std::string language;
  // The route to show, and nothing that does not concern it; null = the whole
  // pathway.
  const model::v1::Route* route = nullptr;
};

[[nodiscard]] Scene BuildScene(const pathway::Edition& edition,
                               const SceneOptions& options);

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_SCENE_H_

#include "lib/picture/internal/layout.h"

#include <algorithm>
#include <utility>

#include "lib/picture/internal/channels.h"
#include "lib/picture/internal/columns.h"
#include "lib/picture/internal/fit_line.h"
#include "lib/picture/internal/notes.h"

namespace careroute::picture::internal {
namespace {

// Above and below the lines of a box.
constexpr double kBoxPadding = 4;
// Beside the tracks of a channel.
constexpr double kChannelPadding = 7;
// For the titles of lanes.
constexpr double kLaneTitleWidth = 72;
constexpr double kPageTitleHeight = 13;
constexpr size_t kStageTitleLines = 3;
constexpr double kStageTitleHeight = kStageTitleLines * kTitleHeight;
constexpr double kLaneHeightMin = 30;
// Wider gutters are no easier to follow.
constexpr double kGutterExtraMax = 30;
// How a stub that says "on another sheet" leaves its box.
constexpr double kStubLength = 12;

size_t At(int index) { return static_cast<size_t>(index); }

std::vector<Line> Fitted(const Line& line, double width, size_t lines_max) {
  std::vector<Line> lines;
  AppendFitted(line, {.width = width, .lines_max = lines_max}, lines);
  return lines;
}

class Placer {
 public:
  // `spare` is height that boxes leave to corridors.
  Placer(const Scene& scene, const Paper& paper, double spare)
      : scene_(scene), notes_(PlaceNotes(scene, paper.width - 2 * kMargin)) {
    layout_.paper = paper;
    for (const Box& box : scene.boxes) heights_.push_back(HeightOf(box.lines));
    columns_ = ChooseColumns(
        scene, heights_,
        paper.height - 2 * kMargin - HeadHeight() - notes_.height - spare);
    layout_.boxes.resize(scene.boxes.size());
  }

  Layout Place() {
    AssignCorridors();
    PlaceRows();
    AssignGutters();
    PlaceColumns();
    PlaceBelow();
    PlaceHeads();
    PutNotes();
    for (const Arrow& arrow : scene_.arrows) {
      layout_.arrows.push_back(PathOf(arrow));
    }
    layout_.height += kMargin;
    return std::move(layout_);
  }

 private:
  [[nodiscard]] int ColumnOf(int box) const { return columns_.of_box[At(box)]; }
  [[nodiscard]] int LaneOf(int box) const { return scene_.boxes[At(box)].lane; }
  // Column differences: below 0 an arrow is not drawn.
  [[nodiscard]] int Span(const Arrow& arrow) const {
    return arrow.to < 0 || ColumnOf(arrow.to) < 0 || ColumnOf(arrow.from) < 0
               ? -1
               : ColumnOf(arrow.to) - ColumnOf(arrow.from);
  }
  [[nodiscard]] double TailY(const Arrow& arrow) const {
    return layout_.boxes[At(arrow.from)].top +
           MiddleOf(scene_.boxes[At(arrow.from)].lines, At(arrow.line));
  }
  [[nodiscard]] double TipY(const Arrow& arrow) const {
    return layout_.boxes[At(arrow.to)].top +
           MiddleOf(scene_.boxes[At(arrow.to)].lines, 0);
  }
  [[nodiscard]] double CorridorY(int to) const {
    const int lane = LaneOf(to);
    return corridor_tops_[At(lane)] + kChannelPadding +
           corridors_[At(lane)].TrackOf(to) * kTrackWidth;
  }
  [[nodiscard]] double GutterX(int gutter, int to) const {
    return gutter_lefts_[At(gutter)] + kChannelPadding +
           gutters_[At(gutter)].TrackOf(to) * kTrackWidth;
  }

  // Arrows over more than one column run above the lane they lead to.
  void AssignCorridors() {
    // Columns stand in for places, far enough apart not to touch.
    constexpr double kFarApart = 100;
    corridors_.resize(scene_.lanes.size());
    for (const Arrow& arrow : scene_.arrows) {
      if (Span(arrow) < 2) continue;
      corridors_[At(LaneOf(arrow.to))].Need(
          arrow.to, {.from = kFarApart * ColumnOf(arrow.from),
                     .to = kFarApart * (ColumnOf(arrow.to) - 1)});
    }
    for (Channel& corridor : corridors_) corridor.Assign();
  }

  void PlaceRows() {
    double top = kMargin + HeadHeight();
    for (size_t lane = 0; lane < scene_.lanes.size(); ++lane) {
      const double lane_top = top;
      corridor_tops_.push_back(top);
      const int tracks = corridors_[lane].track_count();
      top += tracks > 0 ? kChannelPadding + tracks * kTrackWidth : kBoxGap / 2;
      std::vector<double> next(At(columns_.count), top);
      for (size_t i = 0; i < scene_.boxes.size(); ++i) {
        const int column = columns_.of_box[i];
        if (column < 0 || At(scene_.boxes[i].lane) != lane) continue;
        layout_.boxes[i] = {
            .top = next[At(column)], .width = kBoxWidth, .height = heights_[i]};
        next[At(column)] += heights_[i] + kBoxGap;
      }
      top = std::max(*std::max_element(next.begin(), next.end()),
                     lane_top + kLaneHeightMin);
      layout_.lanes.push_back({.left = kMargin,
                               .top = lane_top,
                               .height = top - kBoxGap / 2 - lane_top});
    }
    layout_.height = top;
  }

  [[nodiscard]] double HeadHeight() const {
    return kPageTitleHeight * static_cast<double>(scene_.heading.size()) +
           (scene_.stages.empty() ? 0 : kStageTitleHeight) + kBoxGap;
  }

  void AssignGutters() {
    gutters_.resize(At(columns_.count));
    for (const Arrow& arrow : scene_.arrows) {
      const int span = Span(arrow);
      if (span < 0) continue;
      const int first = ColumnOf(arrow.from);
      const double tip = TipY(arrow);
      if (span < 2) {
        gutters_[At(first)].Need(arrow.to, {TailY(arrow), tip});
        continue;
      }
      const double corridor = CorridorY(arrow.to);
      gutters_[At(first)].Need(arrow.to, {TailY(arrow), corridor});
      gutters_[At(ColumnOf(arrow.to) - 1)].Need(arrow.to, {corridor, tip});
    }
    for (Channel& gutter : gutters_) gutter.Assign();
  }

  [[nodiscard]] double GutterWidth(int column) const {
    const int tracks = gutters_[At(column)].track_count();
    return 2 * kChannelPadding + std::max(0, tracks - 1) * kTrackWidth;
  }

  // Gutters share what is left of the width.
  void PlaceColumns() {
    if (scene_.lanes.empty()) return;
    double needed = 2 * kMargin + kLaneTitleWidth;
    for (int column = 0; column < columns_.count; ++column) {
      needed += kBoxWidth + GutterWidth(column);
    }
    layout_.width = needed;
    const double extra = std::clamp(
        (layout_.paper.width - needed) / columns_.count, 0.0, kGutterExtraMax);
    double left = kMargin + kLaneTitleWidth;
    for (int column = 0; column < columns_.count; ++column) {
      column_lefts_.push_back(left);
      for (size_t i = 0; i < scene_.boxes.size(); ++i) {
        if (columns_.of_box[i] == column) layout_.boxes[i].left = left;
      }
      left += kBoxWidth;
      gutter_lefts_.push_back(left + extra / 2);
      left += GutterWidth(column) + extra;
    }
    const double right = std::max(left, layout_.paper.width - kMargin);
    for (Area& lane : layout_.lanes) lane.width = right - kMargin;
  }

  // Row by row, as many to a row as the page is wide.
  void PlaceBelow() {
    if (std::none_of(columns_.of_box.begin(), columns_.of_box.end(),
                     [](int column) { return column < 0; })) {
      return;
    }
    const double step = kBoxWidth + kBoxGap;
    const int in_row =
        std::max(1, static_cast<int>((InnerWidth() + kBoxGap) / step));
    if (!scene_.below.empty()) {
      layout_.heads.push_back(
          {.area = {.left = kMargin,
                    .top = layout_.height,
                    .width = InnerWidth(),
                    .height = kTitleHeight},
           .lines = Fitted(
               {.text = scene_.below, .face = Face::kBold, .title = true},
               InnerWidth(), 1)});
      layout_.height += kTitleHeight + kBoxGap / 2;
    }
    std::vector<double> next(At(in_row), layout_.height);
    for (size_t i = 0; i < scene_.boxes.size(); ++i) {
      if (columns_.of_box[i] >= 0) continue;
      // The lowest column is the next one to fill.
      const auto lowest = std::min_element(next.begin(), next.end());
      const auto place = static_cast<double>(lowest - next.begin());
      layout_.boxes[i] = {.left = kMargin + place * step,
                          .top = *lowest,
                          .width = kBoxWidth,
                          .height = heights_[i]};
      *lowest += heights_[i] + kBoxGap;
    }
    layout_.height = *std::max_element(next.begin(), next.end());
  }

  [[nodiscard]] double InnerWidth() const {
    return layout_.paper.width - 2 * kMargin;
  }

  void PlaceHeads() {
    double top = kMargin;
    for (size_t i = 0; i < scene_.heading.size(); ++i) {
      layout_.heads.push_back(
          {.area = {.left = kMargin,
                    .top = top,
                    .width = InnerWidth(),
                    .height = kPageTitleHeight},
           .lines = Fitted({.text = scene_.heading[i],
                            .face = i == 0 ? Face::kBold : Face::kPlain,
                            .title = true},
                           InnerWidth(), 1)});
      top += kPageTitleHeight;
    }
    for (size_t s = 0; s < scene_.stages.size(); ++s) {
      const int first = columns_.first_of_stage[s];
      const int last = columns_.first_of_stage[s + 1] - 1;
      const double left = column_lefts_[At(first)];
      const double width = column_lefts_[At(last)] + kBoxWidth - left;
      layout_.heads.push_back(
          {.area = {.left = left,
                    .top = top,
                    .width = width,
                    .height = kStageTitleHeight},
           .lines = Fitted(
               {.text = scene_.stages[s], .face = Face::kBold, .title = true},
               width, kStageTitleLines)});
    }
    for (size_t lane = 0; lane < scene_.lanes.size(); ++lane) {
      const Area& band = layout_.lanes[lane];
      layout_.heads.push_back({.area = {.left = band.left + 2,
                                        .top = band.top,
                                        .width = kLaneTitleWidth - 4,
                                        .height = band.height},
                               .lines = Fitted({.text = scene_.lanes[lane]},
                                               kLaneTitleWidth - 4, 3)});
    }
  }

  // At the foot of the paper, or below what reaches further.
  void PutNotes() {
    const double top = std::max(layout_.height + kBoxGap,
                                layout_.paper.height - kMargin - notes_.height);
    for (Label& note : notes_.columns) {
      note.area.left += kMargin;
      note.area.top += top;
      layout_.notes.push_back(std::move(note));
    }
    layout_.height =
        notes_.columns.empty() ? layout_.height : top + notes_.height;
  }

  [[nodiscard]] std::vector<Point> PathOf(const Arrow& arrow) const {
    const Area& from = layout_.boxes[At(arrow.from)];
    if (arrow.to == kOtherSheet) {
      const Point start = {from.left + from.width, TailY(arrow)};
      return {start, {start.x + kStubLength, start.y}};
    }
    const int span = Span(arrow);
    if (span < 0) return {};
    const Area& to = layout_.boxes[At(arrow.to)];
    const int first = ColumnOf(arrow.from);
    const Point tail = {from.left + from.width, TailY(arrow)};
    // Within a column the tip comes from the right.
    const Point tip = {span == 0 ? to.left + to.width : to.left, TipY(arrow)};
    const double x = GutterX(first, arrow.to);
    if (span < 2) return {tail, {x, tail.y}, {x, tip.y}, tip};
    const double y = CorridorY(arrow.to);
    const double last_x = GutterX(ColumnOf(arrow.to) - 1, arrow.to);
    return {tail, {x, tail.y}, {x, y}, {last_x, y}, {last_x, tip.y}, tip};
  }

  const Scene& scene_;
  Notes notes_;
  std::vector<double> heights_;
  Columns columns_;
  std::vector<Channel> corridors_;  // by lane
  std::vector<Channel> gutters_;    // by column, to its right
  std::vector<double> corridor_tops_;
  std::vector<double> column_lefts_;
  std::vector<double> gutter_lefts_;
  Layout layout_;
};

}  // namespace

double HeightOf(const std::vector<Line>& lines) {
  double height = 2 * kBoxPadding;
  for (const Line& line : lines) {
    height += line.title ? kTitleHeight : kTextHeight;
  }
  return height;
}

double MiddleOf(const std::vector<Line>& lines, size_t line) {
  double top = kBoxPadding;
  for (size_t i = 0; i < line; ++i) {
    top += lines[i].title ? kTitleHeight : kTextHeight;
  }
  return top + (lines[line].title ? kTitleHeight : kTextHeight) / 2;
}

Layout PlaceScene(const Scene& scene, const Paper& paper) {
  // How much corridors take is known once the columns are chosen.
  constexpr double kSpares[] = {0, 30, 60, 100};
  Layout layout;
  for (const double spare : kSpares) {
    layout = Placer(scene, paper, spare).Place();
    if (layout.Fits()) break;
  }
  return layout;
}

}  // namespace careroute::picture::internal

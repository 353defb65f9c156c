#include "lib/picture/internal/layout.h"

#include <algorithm>
#include <utility>

#include "lib/picture/internal/channels.h"
#include "lib/picture/internal/columns.h"
#include "lib/picture/internal/text_fit.h"

namespace careroute::picture::internal {
namespace {

constexpr double kMargin = 8;
// Above and below the lines of a box.
constexpr double kBoxPadding = 3;
// Beside the tracks of a channel.
constexpr double kChannelPadding = 7;
// For the titles of lanes.
constexpr double kLaneTitleWidth = 76;
constexpr double kPageTitleHeight = 16;
constexpr double kNoteWidth = 300;

size_t At(int index) { return static_cast<size_t>(index); }

std::vector<Line> Fitted(const Line& line, double width) {
  std::vector<Line> lines;
  for (std::string& part :
       FitText(line.text, {.width = width * 0.94,
                          .font_size = line.title ? kTitleSize : kTextSize,
                          .lines_max = 8})) {
    lines.push_back(
        {.text = std::move(part), .face = line.face, .title = line.title});
  }
  return lines;
}

class Placer {
 public:
  explicit Placer(const Scene& scene) : scene_(scene) {
    for (const Box& box : scene.boxes) heights_.push_back(HeightOf(box.lines));
    columns_ = ChooseColumns(scene, heights_);
    layout_.boxes.resize(scene.boxes.size());
  }

  Layout Place() {
    AssignCorridors();
    PlaceRows();
    AssignGutters();
    PlaceColumns();
    PlaceBelow();
    PlaceHeads();
    PlaceNotes();
    RouteArrows();
    layout_.height += kMargin;
    return std::move(layout_);
  }

 private:
  [[nodiscard]] int ColumnOf(int box) const { return columns_.of_box[At(box)]; }
  [[nodiscard]] int LaneOf(int box) const { return scene_.boxes[At(box)].lane; }
  // Column differences: below 0 an arrow is not drawn.
  [[nodiscard]] int Span(const Arrow& arrow) const {
    return ColumnOf(arrow.to) < 0 || ColumnOf(arrow.from) < 0
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
    double top = kMargin + HeadingHeight() + kTitleHeight * 2 + kBoxGap;
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
                     lane_top + 3 * kTitleHeight);
      layout_.lanes.push_back({.left = kMargin,
                               .top = lane_top,
                               .height = top - kBoxGap / 2 - lane_top});
    }
    layout_.height = top;
  }

  [[nodiscard]] double HeadingHeight() const {
    return kPageTitleHeight * static_cast<double>(scene_.heading.size());
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

  void PlaceColumns() {
    double left = kMargin + kLaneTitleWidth;
    for (int column = 0; column < columns_.count; ++column) {
      column_lefts_.push_back(left);
      for (size_t i = 0; i < scene_.boxes.size(); ++i) {
        if (columns_.of_box[i] == column) layout_.boxes[i].left = left;
      }
      left += kBoxWidth;
      gutter_lefts_.push_back(left);
      const int tracks = gutters_[At(column)].track_count();
      left += 2 * kChannelPadding + std::max(0, tracks - 1) * kTrackWidth;
    }
    layout_.width = left + kMargin;
    for (Area& lane : layout_.lanes) lane.width = left - kMargin;
  }

  // Row by row, as many to a row as the page is wide.
  void PlaceBelow() {
    const double step = kBoxWidth + kBoxGap;
    const int in_row =
        std::max(1, static_cast<int>((layout_.width - 2 * kMargin) / step));
    if (!scene_.below.empty()) {
      layout_.heads.push_back(
          {.area = {.left = kMargin,
                    .top = layout_.height,
                    .width = layout_.width - 2 * kMargin,
                    .height = kTitleHeight},
           .lines = {
               {.text = scene_.below, .face = Face::kBold, .title = true}}});
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

  void PlaceHeads() {
    double top = kMargin;
    for (size_t i = 0; i < scene_.heading.size(); ++i) {
      layout_.heads.push_back(
          {.area = {.left = kMargin,
                    .top = top,
                    .width = layout_.width - 2 * kMargin,
                    .height = kPageTitleHeight},
           .lines = {{.text = scene_.heading[i],
                      .face = i == 0 ? Face::kBold : Face::kPlain,
                      .title = true}}});
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
                    .height = 2 * kTitleHeight},
           .lines = Fitted(
               {.text = scene_.stages[s], .face = Face::kBold, .title = true},
               width)});
    }
    for (size_t lane = 0; lane < scene_.lanes.size(); ++lane) {
      const Area& band = layout_.lanes[lane];
      layout_.heads.push_back(
          {.area = {.left = band.left + 2,
                    .top = band.top,
                    .width = kLaneTitleWidth - 6,
                    .height = band.height},
           .lines = Fitted(
               {.text = scene_.lanes[lane], .face = Face::kBold, .title = true},
               kLaneTitleWidth - 6)});
    }
  }

  // The legend and the conditions, spread over the width of the page.
  void PlaceNotes() {
    std::vector<Line> all;
    const auto add = [&all](const Line& line) {
      for (Line& part : Fitted(line, kNoteWidth))
        all.push_back(std::move(part));
    };
    add({.text = scene_.legend_title, .face = Face::kBold, .title = true});
    for (const Line& line : scene_.legend) add(line);
    if (!scene_.conditions.empty()) {
      add({.text = scene_.conditions_title,
           .face = Face::kBold,
           .title = true});
      int number = 0;
      for (const std::string& condition : scene_.conditions) {
        add({.text = "[" + std::to_string(++number) + "] " + condition});
      }
    }
    const double step = kNoteWidth + kBoxGap;
    const size_t in_row = static_cast<size_t>(
        std::max(1.0, (layout_.width - 2 * kMargin) / step));
    const size_t rows = (all.size() + in_row - 1) / in_row;
    double height = 0;
    for (size_t first = 0, place = 0; first < all.size();
         first += rows, ++place) {
      Label note;
      note.lines.assign(all.begin() + static_cast<std::ptrdiff_t>(first),
                        all.begin() + static_cast<std::ptrdiff_t>(
                                          std::min(first + rows, all.size())));
      note.area = {.left = kMargin + static_cast<double>(place) * step,
                   .top = layout_.height,
                   .width = kNoteWidth,
                   .height = HeightOf(note.lines)};
      height = std::max(height, note.area.height);
      layout_.notes.push_back(std::move(note));
    }
    layout_.height += height;
  }

  void RouteArrows() {
    for (const Arrow& arrow : scene_.arrows) {
      layout_.arrows.push_back(PathOf(arrow));
    }
  }

  [[nodiscard]] std::vector<Point> PathOf(const Arrow& arrow) const {
    const int span = Span(arrow);
    if (span < 0) return {};
    const Area& from = layout_.boxes[At(arrow.from)];
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

Layout PlaceScene(const Scene& scene) { return Placer(scene).Place(); }

}  // namespace careroute::picture::internal

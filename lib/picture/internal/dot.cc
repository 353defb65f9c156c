#include "lib/picture/internal/dot.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "lib/picture/internal/letters.h"

namespace careroute::picture::internal {
namespace {

constexpr double kPointsPerInch = 72;
// What the second frame of a block takes of its width.
constexpr double kSecondFrame = 4;
// Length of the tip of an arrow: 10 points at Graphviz's size 1.
constexpr double kTipSize = 0.55;
constexpr double kTipLength = 10 * kTipSize;

// Faces that have Cyrillic letters; the first that a machine has is taken.
constexpr char kFonts[] = "Arial,Liberation Sans,DejaVu Sans,sans-serif";

// For text between tags. A sheet mark that no number stands before is somebody
// else's.
std::string Markup(absl::string_view text) {
  return absl::StrReplaceAll(OnOneLine(text), {{"&", "&amp;"},
                                               {"<", "&lt;"},
                                               {">", "&gt;"},
                                               {"\"", "&quot;"},
                                               {kSheetMarkText, ""}});
}

// For text between quotation marks.
std::string Quoted(absl::string_view text) {
  return absl::StrCat(
      "\"",
      absl::StrReplaceAll(
          OnOneLine(text),
          {{"\\", "\\\\"}, {"\"", "\\\""}, {kSheetMarkText, ""}}),
      "\"");
}

// Graphviz widens no cell by itself, so that each is told its width.
std::string Cell(const Line& line, double width, const char* align,
                 const char* fill, const char* color) {
  std::string text = Markup(line.text);
  if (line.face == Face::kBold) text = absl::StrCat("<B>", text, "</B>");
  if (line.face == Face::kItalic) text = absl::StrCat("<I>", text, "</I>");
  // An empty pair of tags is no text to Graphviz.
  if (line.text.empty()) text.assign(1, ' ');
  const double size = line.title ? kTitleSize : kTextSize;
  return absl::StrFormat(
      "<TR><TD ALIGN=\"%s\" WIDTH=\"%g\" HEIGHT=\"%g\"%s><FONT "
      "POINT-SIZE=\"%g\"%s>%s"
      "</FONT></TD></TR>",
      align, width, line.title ? kTitleHeight : kTextHeight, fill, size, color,
      text);
}

// How a box looks that stands so on the route.
struct Look {
  double border = 1;
  const char* style = "";
  const char* title_fill = " BGCOLOR=\"#e4e4e4\"";
  const char* title_color = "";
  const char* fill = "white";
};

Look LookOf(Reached reached) {
  switch (reached) {
    case Reached::kDone:
      return {.title_fill = " BGCOLOR=\"#c4c4c4\"", .fill = "#ececec"};
    case Reached::kNow:
      return {.border = 3, .title_fill = " BGCOLOR=\"#ffffff\""};
    case Reached::kOverdue:
      return {.border = 4,
              .title_fill = " BGCOLOR=\"#000000\"",
              .title_color = " COLOR=\"#ffffff\""};
    case Reached::kSuspended:
      return {.border = 3, .style = " STYLE=\"DASHED\""};
    case Reached::kNext:
      return {.border = 1.5, .title_fill = " BGCOLOR=\"#ffffff\""};
    case Reached::kNo:
    case Reached::kNotAsked:
      break;
  }
  return {};
}

// The height a sheet takes; what does not fit makes it higher.
double HeightOnPage(const Sheet& sheet) {
  return std::max(sheet.layout.paper.height, sheet.layout.height);
}
double WidthOnPage(const Sheet& sheet) {
  return std::max(sheet.layout.paper.width, sheet.layout.width);
}

// Writes one sheet. `number` keeps its names apart from those of others;
// `bottom` is where it stands on the page: Graphviz counts from the bottom.
class Writer {
 public:
  Writer(const Sheet& sheet, size_t number, double bottom, std::string& out)
      : scene_(sheet.scene),
        layout_(sheet.layout),
        width_(WidthOnPage(sheet)),
        height_(HeightOnPage(sheet)),
        number_(number),
        bottom_(bottom),
        out_(out) {}

  void Write() {
    for (size_t i = 0; i < layout_.lanes.size(); ++i) Lane(i);
    Edge();
    for (const Label& head : layout_.heads) Text(head, "CENTER");
    for (size_t i = 0; i < scene_.boxes.size(); ++i) WriteBox(i);
    for (const Label& note : layout_.notes) Text(note, "LEFT");
    for (size_t i = 0; i < scene_.arrows.size(); ++i) WriteArrow(i);
  }

 private:
  [[nodiscard]] std::string At(const Point& point) const {
    return absl::StrFormat("%.1f,%.1f", point.x, bottom_ + height_ - point.y);
  }
  [[nodiscard]] std::string Place(const Area& area) const {
    return absl::StrFormat(
        "pos=\"%s\", width=%.4f, height=%.4f",
        At({area.left + area.width / 2, area.top + area.height / 2}),
        area.width / kPointsPerInch, area.height / kPointsPerInch);
  }

  // A frame as large as the paper makes the page as large; where sheets stand
  // below each other, it shows where to cut.
  void Edge() {
    absl::StrAppendFormat(
        &out_,
        "  p%d [shape=box, fixedsize=true, label=\"\", penwidth=0.2, "
        "color=\"#bbbbbb\", %s];\n",
        number_, Place({.width = width_, .height = height_}));
  }

  // Every second lane is shaded.
  void Lane(size_t place) {
    const Area& lane = layout_.lanes[place];
    absl::StrAppendFormat(
        &out_,
        "  subgraph cluster_%d_%d { graph [bb=\"%s,%s\", style=filled, "
        "color=\"#999999\", fillcolor=\"%s\", penwidth=0.5]; }\n",
        number_, place, At({lane.left, lane.top + lane.height}),
        At({lane.left + lane.width, lane.top}),
        place % 2 == 0 ? "#ffffff" : "#f6f6f6");
  }

  void Text(const Label& label, const char* align) {
    absl::StrAppendFormat(
        &out_,
        "  t%d_%d [%s, label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" "
        "CELLSPACING=\"0\" CELLPADDING=\"0\" WIDTH=\"%g\">",
        number_, texts_++, Place(label.area), label.area.width);
    for (const Line& line : label.lines) {
      absl::StrAppend(&out_, Cell(line, label.area.width, align, "", ""));
    }
    absl::StrAppend(&out_, "</TABLE>>];\n");
  }

  void WriteBox(size_t place) {
    const Box& box = scene_.boxes[place];
    const Area& area = layout_.boxes[place];
    const Look look = LookOf(box.reached);
    absl::StrAppendFormat(&out_, "  n%d_%d [%s, id=%s, label=<", number_, place,
                          Place(area), Quoted("step/" + box.id));
    // A block has a second frame around the first.
    const bool twice = box.kind == BoxKind::kBlock;
    const double inner = twice ? area.width - kSecondFrame : area.width;
    if (twice) {
      absl::StrAppendFormat(
          &out_,
          "<TABLE BORDER=\"1\"%s CELLBORDER=\"0\" CELLSPACING=\"0\" "
          "CELLPADDING=\"1\" WIDTH=\"%g\"><TR><TD>",
          look.style, area.width);
    }
    absl::StrAppendFormat(
        &out_,
        "<TABLE BORDER=\"%g\"%s CELLBORDER=\"0\" CELLSPACING=\"0\" "
        "CELLPADDING=\"0\" BGCOLOR=\"%s\" WIDTH=\"%g\">",
        look.border, look.style, look.fill, inner);
    for (const Line& line : box.lines) {
      absl::StrAppend(&out_, Cell({.text = " " + line.text,
                                   .face = line.face,
                                   .title = line.title},
                                  inner - 2 * look.border, "LEFT",
                                  line.title ? look.title_fill : "",
                                  line.title ? look.title_color : ""));
    }
    absl::StrAppend(&out_, "</TABLE>", twice ? "</TD></TR></TABLE>" : "",
                    ">];\n");
  }

  void WriteArrow(size_t place) {
    const std::vector<Point>& path = layout_.arrows[place];
    if (path.size() < 2) return;
    const Arrow& arrow = scene_.arrows[place];
    const Point& tip = path.back();
    Point neck = tip;
    neck.x += path[path.size() - 2].x < tip.x ? -kTipLength : kTipLength;
    // A stub ends nowhere, which Graphviz does not know: it ends where it
    // began.
    absl::StrAppendFormat(&out_, "  n%d_%d -> n%d_%d [pos=\"e,%s %s", number_,
                          arrow.from, number_,
                          arrow.to == kOtherSheet ? arrow.from : arrow.to,
                          At(tip), At(path.front()));
    for (size_t i = 1; i < path.size(); ++i) {
      const Point& to = i + 1 == path.size() ? neck : path[i];
      absl::StrAppend(&out_, " ", At(path[i - 1]), " ", At(to), " ", At(to));
    }
    absl::StrAppend(&out_, "\"", arrow.dashed ? ", style=dashed" : "",
                    arrow.guarded ? ", arrowhead=normalodiamond" : "",
                    arrow.taken ? ", penwidth=2.2" : "", "];\n");
  }

  const Scene& scene_;
  const Layout& layout_;
  const double width_;
  const double height_;
  const size_t number_;
  const double bottom_;
  std::string& out_;
  int texts_ = 0;
};

}  // namespace

std::string WriteDot(absl::Span<const Sheet> sheets) {
  double height = 0;
  double width = 0;
  for (const Sheet& sheet : sheets) {
    height += HeightOnPage(sheet);
    width = std::max(width, WidthOnPage(sheet));
  }
  std::string title;
  if (!sheets.empty() && !sheets.front().scene.heading.empty()) {
    title = sheets.front().scene.heading.front();
  }
  std::string out = absl::StrFormat(
      "digraph pathway {\n"
      "  graph [layout=nop2, bb=\"0,0,%.1f,%.1f\", pad=0, charset=\"UTF-8\", "
      "fontname=\"%s\", tooltip=%s];\n"
      "  node [shape=plain, fontname=\"%s\"];\n"
      "  edge [arrowsize=%g, penwidth=0.7];\n",
      width, height, kFonts, Quoted(title), kFonts, kTipSize);
  double bottom = height;
  for (size_t i = 0; i < sheets.size(); ++i) {
    bottom -= HeightOnPage(sheets[i]);
    Writer(sheets[i], i + 1, bottom, out).Write();
  }
  absl::StrAppend(&out, "}\n");
  return out;
}

}  // namespace careroute::picture::internal

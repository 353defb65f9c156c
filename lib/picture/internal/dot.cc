#include "lib/picture/internal/dot.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace careroute::picture::internal {
namespace {

constexpr double kPointsPerInch = 72;
// What the frames of a box take of its width.
constexpr double kFrame = 8;
// Length of the tip of an arrow: 10 points at Graphviz's size 1.
constexpr double kTipSize = 0.55;
constexpr double kTipLength = 10 * kTipSize;

// Faces that have Cyrillic letters; the first that a machine has is taken.
constexpr char kFonts[] = "Arial,Liberation Sans,DejaVu Sans,sans-serif";

// Characters that XML has no place for are left out.
std::string Visible(absl::string_view text) {
  std::string visible;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte != 0x7F) visible.push_back(letter);
  }
  return visible;
}

// For text between tags.
std::string Markup(absl::string_view text) {
  return absl::StrReplaceAll(
      Visible(text),
      {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// For text between quotation marks.
std::string Quoted(absl::string_view text) {
  return absl::StrCat(
      "\"",
      absl::StrReplaceAll(Visible(text), {{"\\", "\\\\"}, {"\"", "\\\""}}),
      "\"");
}

// Graphviz widens no cell by itself, so that each is told its width.
std::string Cell(const Line& line, double width, const char* align,
                 const char* fill, const char* color) {
  std::string text = Markup(line.text);
  if (line.face == Face::kBold) text = absl::StrCat("<B>", text, "</B>");
  if (line.face == Face::kItalic) text = absl::StrCat("<I>", text, "</I>");
  // An empty pair of tags is no text to Graphviz.
  if (line.text.empty()) text = " ";
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
  const char* color = "";
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
      return {.style = " STYLE=\"DOTTED\"",
              .title_fill = "",
              .color = " COLOR=\"#555555\""};
    case Reached::kNotAsked:
      break;
  }
  return {};
}

class Writer {
 public:
  Writer(const Scene& scene, const Layout& layout)
      : scene_(scene), layout_(layout) {}

  std::string Write() {
    Open();
    for (size_t i = 0; i < layout_.lanes.size(); ++i) Lane(i);
    for (const Label& head : layout_.heads) Text(head, "CENTER");
    for (size_t i = 0; i < scene_.boxes.size(); ++i) WriteBox(i);
    for (const Label& note : layout_.notes) Text(note, "LEFT");
    for (size_t i = 0; i < scene_.arrows.size(); ++i) WriteArrow(i);
    absl::StrAppend(&out_, "}\n");
    return std::move(out_);
  }

 private:
  // Graphviz counts from the bottom.
  [[nodiscard]] std::string At(const Point& point) const {
    return absl::StrFormat("%.1f,%.1f", point.x, layout_.height - point.y);
  }
  [[nodiscard]] std::string Place(const Area& area) const {
    return absl::StrFormat(
        "pos=\"%s\", width=%.4f, height=%.4f",
        At({area.left + area.width / 2, area.top + area.height / 2}),
        area.width / kPointsPerInch, area.height / kPointsPerInch);
  }

  void Open() {
    absl::StrAppend(&out_, "digraph pathway {\n");
    absl::StrAppendFormat(
        &out_,
        "  graph [layout=nop2, bb=\"0,0,%.1f,%.1f\", size=\"15.7,10.9!\", "
        "charset=\"UTF-8\", fontname=\"%s\", tooltip=%s];\n",
        layout_.width, layout_.height, kFonts,
        Quoted(scene_.heading.empty() ? "" : scene_.heading.front()));
    absl::StrAppendFormat(&out_,
                          "  node [shape=plain, fontname=\"%s\"];\n"
                          "  edge [arrowsize=%g, penwidth=0.7];\n",
                          kFonts, kTipSize);
  }

  // Every second lane is shaded.
  void Lane(size_t place) {
    const Area& lane = layout_.lanes[place];
    absl::StrAppendFormat(
        &out_,
        "  subgraph cluster_%d { graph [bb=\"%s,%s\", style=filled, "
        "color=\"#999999\", fillcolor=\"%s\", penwidth=0.5]; }\n",
        place, At({lane.left, lane.top + lane.height}),
        At({lane.left + lane.width, lane.top}),
        place % 2 == 0 ? "#ffffff" : "#f6f6f6");
  }

  void Text(const Label& label, const char* align) {
    absl::StrAppendFormat(
        &out_,
        "  t%d [%s, label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" "
        "CELLSPACING=\"0\" CELLPADDING=\"0\" WIDTH=\"%g\">",
        texts_++, Place(label.area), label.area.width);
    for (const Line& line : label.lines) {
      absl::StrAppend(&out_, Cell(line, label.area.width, align, "", ""));
    }
    absl::StrAppend(&out_, "</TABLE>>];\n");
  }

  void WriteBox(size_t place) {
    const Box& box = scene_.boxes[place];
    const Area& area = layout_.boxes[place];
    const Look look = LookOf(box.reached);
    absl::StrAppendFormat(&out_, "  n%d [%s, id=%s, label=<", place,
                          Place(area), Quoted("step/" + box.id));
    // A block has a second frame around the first.
    const bool twice = box.kind == BoxKind::kBlock;
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
        look.border, look.style, look.fill,
        twice ? area.width - 4 : area.width);
    for (const Line& line : box.lines) {
      absl::StrAppend(
          &out_,
          Cell(
              {.text = " " + line.text, .face = line.face, .title = line.title},
              area.width - kFrame, "LEFT", line.title ? look.title_fill : "",
              line.title ? look.title_color : look.color));
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
    absl::StrAppendFormat(&out_, "  n%d -> n%d [pos=\"e,%s %s", arrow.from,
                          arrow.to, At(tip), At(path.front()));
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
  int texts_ = 0;
  std::string out_;
};

}  // namespace

std::string WriteDot(const Scene& scene, const Layout& layout) {
  return Writer(scene, layout).Write();
}

}  // namespace careroute::picture::internal

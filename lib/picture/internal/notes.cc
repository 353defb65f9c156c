#include "lib/picture/internal/notes.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/picture/internal/fit_line.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

// About 45 letters to a line.
constexpr double kNoteWidth = 215;

// Lines that stay together.
using Note = std::vector<Line>;

class Collector {
 public:
  Collector(const Scene& scene, double width) : scene_(scene), width_(width) {}

  std::vector<Note> Collect() {
    std::set<int> conditions;
    std::set<int> sources;
    for (const Box& box : scene_.boxes) {
      conditions.insert(box.conditions.begin(), box.conditions.end());
      sources.insert(box.sources.begin(), box.sources.end());
    }
    AddNumbered(Word::kSources, sources, scene_.sources);
    AddNumbered(Word::kConditions, conditions, scene_.conditions);
    AddLegend();
    return std::move(notes_);
  }

 private:
  void AddNumbered(Word title, const std::set<int>& numbers,
                   const std::vector<std::string>& texts) {
    for (const int number : numbers) {
      Begin(number == *numbers.begin() ? title : Word::kCount);
      Add({.text = texts[static_cast<size_t>(number - 1)]});
    }
  }

  void AddLegend() {
    bool first = true;
    for (const LegendRow& row : scene_.legend) {
      if (!StandsHere(row.sign)) continue;
      Begin(first ? Word::kLegend : Word::kCount);
      Add(row.line);
      first = false;
    }
  }

  [[nodiscard]] bool StandsHere(const std::string& sign) const {
    return std::any_of(
        scene_.boxes.begin(), scene_.boxes.end(), [&sign](const Box& box) {
          return std::any_of(box.lines.begin(), box.lines.end(),
                             [&sign](const Line& line) {
                               return absl::StrContains(line.text, sign);
                             });
        });
  }

  // A title stays with what it is the title of.
  void Begin(Word title) {
    notes_.emplace_back();
    if (title == Word::kCount) return;
    Add({.text = WordText(title, scene_.language),
         .face = Face::kBold,
         .title = true});
  }
  void Add(const Line& line) {
    AppendFitted(line, {.width = width_}, notes_.back());
  }

  const Scene& scene_;
  const double width_;
  std::vector<Note> notes_;
};

double LinesHeight(const Note& note) { return HeightOf(note) - HeightOf({}); }

// The notes of each column when none is higher than this.
std::vector<std::vector<Line>> Deal(const std::vector<Note>& notes,
                                    double height_max) {
  std::vector<std::vector<Line>> columns(1);
  double height = HeightOf({});
  for (const Note& note : notes) {
    if (!columns.back().empty() && height + LinesHeight(note) > height_max) {
      columns.emplace_back();
      height = HeightOf({});
    }
    columns.back().insert(columns.back().end(), note.begin(), note.end());
    height += LinesHeight(note);
  }
  return columns;
}

}  // namespace

Notes PlaceNotes(const Scene& scene, double width) {
  const size_t count =
      static_cast<size_t>(std::max(1.0, width / (kNoteWidth + kBoxGap)));
  const double step = width / static_cast<double>(count);
  const std::vector<Note> all = Collector(scene, step - kBoxGap).Collect();
  Notes notes;
  if (all.empty()) return notes;
  double height_max = 0;
  for (const Note& note : all) {
    height_max += LinesHeight(note) / static_cast<double>(count);
  }
  std::vector<std::vector<Line>> dealt = Deal(all, height_max);
  while (dealt.size() > count) {
    height_max += kTextHeight / 2;
    dealt = Deal(all, height_max);
  }
  for (std::vector<Line>& lines : dealt) {
    const double height = HeightOf(lines);
    notes.columns.push_back(
        {.area = {.left = static_cast<double>(notes.columns.size()) * step,
                  .width = step - kBoxGap,
                  .height = height},
         .lines = std::move(lines)});
    notes.height = std::max(notes.height, height);
  }
  return notes;
}

}  // namespace careroute::picture::internal

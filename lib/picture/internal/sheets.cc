#include "lib/picture/internal/sheets.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/picture/internal/letters.h"
#include "lib/picture/internal/words.h"

namespace careroute::picture::internal {
namespace {

size_t At(int index) { return static_cast<size_t>(index); }

// What is below the lanes comes last.
int OrderOf(const Box& box) {
  return box.stage < 0 ? std::numeric_limits<int>::max() : box.stage;
}

// The number that ends right before the mark; 0 = none.
int NumberBefore(const std::string& text, size_t mark) {
  size_t first = mark;
  while (first > 0 &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[first - 1]))) {
    --first;
  }
  int number = 0;
  return absl::SimpleAtoi(text.substr(first, mark - first), &number) ? number
                                                                     : 0;
}

class Cutter {
 public:
  Cutter(const Scene& scene, const Paper& paper)
      : scene_(scene), paper_(paper), order_(scene.boxes.size()) {
    std::iota(order_.begin(), order_.end(), 0);
    std::stable_sort(order_.begin(), order_.end(), [&scene](int a, int b) {
      return OrderOf(scene.boxes[At(a)]) < OrderOf(scene.boxes[At(b)]);
    });
  }

  std::vector<Sheet> Cut() {
    std::vector<std::vector<int>> parts;
    for (size_t first = 0; first < order_.size() || parts.empty();) {
      const size_t count = CountFrom(first);
      parts.push_back(Boxes(first, count));
      first += std::max<size_t>(1, count);
    }
    for (size_t i = 0; i < parts.size(); ++i) {
      for (const int box : parts[i]) {
        sheet_of_number_[scene_.boxes[At(box)].number] =
            static_cast<int>(i) + 1;
      }
    }
    std::vector<Sheet> sheets;
    for (size_t i = 0; i < parts.size(); ++i) {
      Scene part = Part(parts[i]);
      Finish(static_cast<int>(i) + 1, static_cast<int>(parts.size()), part);
      Layout layout = PlaceScene(part, paper_);
      sheets.push_back({.scene = std::move(part), .layout = std::move(layout)});
    }
    return sheets;
  }

 private:
  [[nodiscard]] std::vector<int> Boxes(size_t first, size_t count) const {
    const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(first);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
  }
  [[nodiscard]] int StageAt(size_t place) const {
    return OrderOf(scene_.boxes[At(order_[place])]);
  }

  // How many boxes from here on make a sheet.
  [[nodiscard]] size_t CountFrom(size_t first) const {
    const size_t left = order_.size() - first;
    size_t count = std::min<size_t>(1, left);
    while (count < left &&
           PlaceScene(Part(Boxes(first, count + 1)), paper_).Fits()) {
      ++count;
    }
    if (count == left) return count;
    // A stage that would be parted waits, unless a third of the sheet would be
    // empty.
    size_t whole = count;
    while (whole > 0 && StageAt(first + whole - 1) == StageAt(first + count)) {
      --whole;
    }
    return 3 * whole >= 2 * count ? whole : count;
  }

  // The scene of these boxes alone.
  [[nodiscard]] Scene Part(const std::vector<int>& boxes) const {
    Scene part = {.language = scene_.language,
                  .heading = scene_.heading,
                  .legend = scene_.legend,
                  .conditions = scene_.conditions,
                  .sources = scene_.sources};
    std::map<int, int> lanes;
    std::map<int, int> stages;
    std::map<int, int> places;
    for (const int box : boxes) {
      places.emplace(box, static_cast<int>(places.size()));
      const Box& one = scene_.boxes[At(box)];
      if (one.stage < 0) {
        part.below = scene_.below;
        continue;
      }
      lanes.emplace(one.lane, 0);
      stages.emplace(one.stage, 0);
    }
    for (auto& [lane, place] : lanes) {
      place = static_cast<int>(part.lanes.size());
      part.lanes.push_back(scene_.lanes[At(lane)]);
    }
    for (auto& [stage, place] : stages) {
      place = static_cast<int>(part.stages.size());
      part.stages.push_back(scene_.stages[At(stage)]);
    }
    for (const int box : boxes) {
      Box one = scene_.boxes[At(box)];
      if (one.stage >= 0) {
        one.lane = lanes[one.lane];
        one.stage = stages[one.stage];
      }
      part.boxes.push_back(std::move(one));
    }
    for (const Arrow& arrow : scene_.arrows) {
      const auto from = places.find(arrow.from);
      if (from == places.end()) continue;
      const auto to = places.find(arrow.to);
      Arrow one = arrow;
      one.from = from->second;
      one.to = to == places.end() ? kOtherSheet : to->second;
      part.arrows.push_back(one);
    }
    return part;
  }

  // Says which sheet it is, and on which one numbers stand that it names.
  void Finish(int sheet, int sheets, Scene& part) const {
    for (Box& box : part.boxes) {
      for (Line& line : box.lines) line.text = WithSheets(line.text, sheet);
    }
    if (sheets == 1 || part.heading.empty()) return;
    part.heading.back() =
        absl::StrCat(part.heading.back(), "; ",
                     WordText(Word::kSheetOf, scene_.language,
                              absl::StrCat(sheet), absl::StrCat(sheets)));
  }

  [[nodiscard]] std::string WithSheets(const std::string& text,
                                       int here) const {
    std::string result;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != kSheetMark) {
        result.push_back(text[i]);
        continue;
      }
      const auto found = sheet_of_number_.find(NumberBefore(text, i));
      if (found == sheet_of_number_.end() || found->second == here) continue;
      absl::StrAppend(&result, WordText(Word::kOnSheet, scene_.language,
                                        absl::StrCat(found->second)));
    }
    return result;
  }

  const Scene& scene_;
  const Paper paper_;
  std::vector<int> order_;  // places in Scene::boxes
  std::map<int, int> sheet_of_number_;
};

}  // namespace

std::vector<Sheet> CutIntoSheets(const Scene& scene, const Paper& paper) {
  return Cutter(scene, paper).Cut();
}

}  // namespace careroute::picture::internal

#include "lib/picture/internal/columns.h"

#include <algorithm>

#include "lib/picture/internal/layout.h"

namespace careroute::picture::internal {
namespace {

size_t At(int index) { return static_cast<size_t>(index); }

class Splitter {
 public:
  Splitter(const Scene& scene, const std::vector<double>& heights,
           double height_max)
      : scene_(scene),
        heights_(heights),
        height_max_(height_max),
        parts_(std::max<size_t>(1, scene.stages.size()), 1) {
    cells_.resize(parts_.size() * scene.lanes.size());
    for (size_t i = 0; i < scene.boxes.size(); ++i) {
      const Box& box = scene.boxes[i];
      if (box.stage < 0) {
        below_ += heights[i] + kBoxGap;
      } else {
        Cell(box.stage, box.lane).push_back(static_cast<int>(i));
      }
    }
  }

  Columns Choose() {
    while (Height() > height_max_) {
      const int stage = StageToSplit();
      if (stage < 0) break;
      ++parts_[At(stage)];
    }
    return Spread();
  }

 private:
  std::vector<int>& Cell(int stage, int lane) {
    return cells_[At(stage) * scene_.lanes.size() + At(lane)];
  }
  [[nodiscard]] const std::vector<int>& Cell(int stage, int lane) const {
    return cells_[At(stage) * scene_.lanes.size() + At(lane)];
  }

  // The place of each box of a cell among the columns of its stage: as few
  // boxes in a column as make the highest column lowest.
  [[nodiscard]] std::vector<int> Deal(const std::vector<int>& cell,
                                      int parts) const {
    double low = 0;
    double high = 0;
    for (const int box : cell) {
      low = std::max(low, heights_[At(box)] + kBoxGap);
      high += heights_[At(box)] + kBoxGap;
    }
    while (high - low > 1) {
      const double middle = (low + high) / 2;
      (Fill(cell, middle).back() < parts ? high : low) = middle;
    }
    return Fill(cell, high);
  }

  [[nodiscard]] std::vector<int> Fill(const std::vector<int>& cell,
                                      double height_max) const {
    std::vector<int> places;
    int place = 0;
    double height = 0;
    for (const int box : cell) {
      const double own = heights_[At(box)] + kBoxGap;
      if (height > 0 && height + own > height_max) {
        ++place;
        height = 0;
      }
      height += own;
      places.push_back(place);
    }
    return places;
  }

  [[nodiscard]] double CellHeight(int stage, int lane, int parts) const {
    const std::vector<int>& cell = Cell(stage, lane);
    if (cell.empty()) return 0;
    const std::vector<int> places = Deal(cell, parts);
    std::vector<double> sums(cell.size());
    for (size_t i = 0; i < cell.size(); ++i) {
      sums[At(places[i])] += heights_[At(cell[i])] + kBoxGap;
    }
    return *std::max_element(sums.begin(), sums.end());
  }

  [[nodiscard]] double LaneHeight(int lane) const {
    double height = 0;
    for (size_t s = 0; s < parts_.size(); ++s) {
      height =
          std::max(height, CellHeight(static_cast<int>(s), lane, parts_[s]));
    }
    return height;
  }

  [[nodiscard]] int ColumnCount() const {
    int count = 0;
    for (const int parts : parts_) count += parts;
    return count;
  }
  [[nodiscard]] double Height() const {
    double height = below_ / ColumnCount();
    for (size_t lane = 0; lane < scene_.lanes.size(); ++lane) {
      height += LaneHeight(static_cast<int>(lane)) + kBoxGap;
    }
    return height;
  }

  // The stage whose split saves most height; -1 = none saves any.
  [[nodiscard]] int StageToSplit() {
    int best = -1;
    double best_height = Height() - kBoxGap;
    for (size_t s = 0; s < parts_.size(); ++s) {
      if (parts_[s] >= kColumnsOfStageMax) continue;
      ++parts_[s];
      const double height = Height();
      --parts_[s];
      if (height < best_height) {
        best_height = height;
        best = static_cast<int>(s);
      }
    }
    return best;
  }

  [[nodiscard]] Columns Spread() const {
    Columns columns;
    columns.of_box.assign(scene_.boxes.size(), -1);
    for (size_t s = 0; s < parts_.size(); ++s) {
      columns.first_of_stage.push_back(columns.count);
      for (size_t lane = 0; lane < scene_.lanes.size(); ++lane) {
        const std::vector<int>& cell =
            Cell(static_cast<int>(s), static_cast<int>(lane));
        if (cell.empty()) continue;
        const std::vector<int> places = Deal(cell, parts_[s]);
        for (size_t i = 0; i < cell.size(); ++i) {
          columns.of_box[At(cell[i])] = columns.count + places[i];
        }
      }
      columns.count += parts_[s];
    }
    columns.first_of_stage.push_back(columns.count);
    return columns;
  }

  const Scene& scene_;
  const std::vector<double>& heights_;
  const double height_max_;
  std::vector<int> parts_;               // columns of each stage
  std::vector<std::vector<int>> cells_;  // boxes by stage and lane
  double below_ = 0;
};

}  // namespace

Columns ChooseColumns(const Scene& scene, const std::vector<double>& heights,
                      double height_max) {
  return Splitter(scene, heights, height_max).Choose();
}

}  // namespace careroute::picture::internal

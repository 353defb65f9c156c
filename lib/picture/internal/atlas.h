// lib/picture/internal/atlas.h: which box a step is drawn in, and its number.
//
// Steps of one use of a block share a box. Boxes are numbered in the order of
// their stages, so that a reader finds number 12 between 11 and 13.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_ATLAS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_ATLAS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lib/pathway/edition.h"

namespace careroute::picture::internal {

// The steps of one box, in the order written; the first one heads it.
struct Group {
  std::string id;  // of the step, or of the use
  std::vector<const model::v1::Step*> steps;
  bool block = false;
  int stage = 0;  // -1 = below the lanes

  [[nodiscard]] const model::v1::Step& head() const { return *steps.front(); }
};

// Borrows the edition, which must outlive it.
class Atlas {
 public:
  explicit Atlas(const pathway::Edition& edition);

  // In the order of their numbers: group 0 has number 1.
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  // Place of the group in groups(); -1 = no such step.
  [[nodiscard]] int Find(absl::string_view step) const;
  // How many stages stand side by side.
  [[nodiscard]] int stage_count() const { return stage_count_; }

 private:
  void Collect(const pathway::Edition& edition);
  void ChooseWhatStandsBelow();

  std::vector<Group> groups_;
  absl::flat_hash_map<std::string, int> of_step_;
  int stage_count_ = 0;
};

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_ATLAS_H_

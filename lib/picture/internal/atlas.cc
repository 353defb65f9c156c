#include "lib/picture/internal/atlas.h"

#include <algorithm>

#include "lib/picture/internal/uses.h"

namespace careroute::picture::internal {
namespace {

using model::v1::Step;

int StageOf(const model::v1::Pathway& pathway, const Step& step) {
  for (int i = 0; i < pathway.stages_size(); ++i) {
    if (pathway.stages(i).id() == step.stage()) return i;
  }
  return 0;
}

}  // namespace

Atlas::Atlas(const pathway::Edition& edition)
    : stage_count_(std::max(1, edition.pathway().stages_size())) {
  Collect(edition);
  ChooseWhatStandsBelow();
  std::stable_sort(groups_.begin(), groups_.end(),
                   [this](const Group& a, const Group& b) {
                     const auto order = [this](const Group& group) {
                       return group.stage < 0 ? stage_count_ : group.stage;
                     };
                     return order(a) < order(b);
                   });
  for (size_t i = 0; i < groups_.size(); ++i) {
    for (const Step* step : groups_[i].steps) {
      of_step_[step->id()] = static_cast<int>(i);
    }
  }
}

void Atlas::Collect(const pathway::Edition& edition) {
  const Uses uses(edition.pathway());
  absl::flat_hash_map<std::string, size_t> places;
  for (int i = 0; i < edition.step_count(); ++i) {
    const Step& step = edition.step(i);
    const std::string use(uses.Of(step.id()));
    if (!use.empty()) {
      const auto [known, added] = places.try_emplace(use, groups_.size());
      if (!added) {
        // The step that has the id of the use heads its box.
        std::vector<const Step*>& steps = groups_[known->second].steps;
        steps.insert(step.id() == use ? steps.begin() : steps.end(), &step);
        continue;
      }
    }
    groups_.push_back({.id = use.empty() ? step.id() : use,
                       .steps = {&step},
                       .block = !use.empty(),
                       .stage = StageOf(edition.pathway(), step)});
  }
}

void Atlas::ChooseWhatStandsBelow() {
  const int last = stage_count_ - 1;
  const auto in_last = [last](const Group& group) {
    return group.stage == last;
  };
  const bool blocks_only =
      std::any_of(groups_.begin(), groups_.end(), in_last) &&
      std::all_of(groups_.begin(), groups_.end(), [&](const Group& group) {
        return !in_last(group) || group.block;
      });
  if (last == 0 || !blocks_only) return;
  for (Group& group : groups_) {
    if (in_last(group)) group.stage = -1;
  }
  --stage_count_;
}

int Atlas::Find(absl::string_view step) const {
  const auto found = of_step_.find(step);
  return found == of_step_.end() ? -1 : found->second;
}

}  // namespace careroute::picture::internal

#include "lib/measures/measure_sets.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::measures {

std::string MeasureSets::Add(std::shared_ptr<const MeasureSet> set) {
  for (const std::shared_ptr<const MeasureSet>& one : list_) {
    if (one->message().id() == set->message().id()) {
      return set->message().id();
    }
  }
  for (const model::v1::SupportMeasure& one : set->message().measures()) {
    if (Find(one.id()).measure != nullptr) return one.id();
  }
  list_.push_back(std::move(set));
  return "";
}

FoundMeasure MeasureSets::Find(absl::string_view measure) const {
  for (const std::shared_ptr<const MeasureSet>& one : list_) {
    const model::v1::SupportMeasure* found = one->Find(measure);
    if (found != nullptr) return {.set = one.get(), .measure = found};
  }
  return {};
}

MeasureSets LoadMeasureSets(const catalogue::FileReader& files,
                            absl::Span<const std::string> names,
                            base::Problems& problems) {
  MeasureSets sets;
  for (const std::string& name : names) {
    std::shared_ptr<const MeasureSet> set =
        LoadMeasureSet(files, {.name = name}, problems);
    if (set == nullptr) continue;
    const std::string known = sets.Add(std::move(set));
    if (!known.empty()) {
      problems.Add({.path = "id",
                    .file = name,
                    .reason = "DUPLICATE_ID",
                    .message = absl::StrCat(known, " is there already"),
                    .mend = "give it an id of its own, or remove one file"});
    }
  }
  return sets;
}

}  // namespace careroute::measures

// lib/measures/measure_sets.h: the sets of support measures a program knows.
//
//   MeasureSets sets = LoadMeasureSets(files, names, problems);
//   const FoundMeasure found = sets.Find("maternity-capital");
//   if (found.measure != nullptr) found.set->Text("measure/...", "ru");

#ifndef CAREROUTE_LIB_MEASURES_MEASURE_SETS_H_
#define CAREROUTE_LIB_MEASURES_MEASURE_SETS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"
#include "lib/measures/measure_set.h"

namespace careroute::measures {

// A measure with the set that has its texts; both null = there is none.
struct FoundMeasure {
  const MeasureSet* set = nullptr;
  const model::v1::SupportMeasure* measure = nullptr;
};

// Filled while a program starts, then only read: thread-safe. Movable. A
// measure is named by its id alone, so no two sets may have the same one.
class MeasureSets {
 public:
  // The id of the set, or of a measure of it, that is there already; the set is
  // then left out. Empty = it was added.
  [[nodiscard]] std::string Add(std::shared_ptr<const MeasureSet> set);

  [[nodiscard]] FoundMeasure Find(absl::string_view measure) const;

  // In the order they were added.
  [[nodiscard]] const std::vector<std::shared_ptr<const MeasureSet>>& list()
      const {
    return list_;
  }

 private:
  std::vector<std::shared_ptr<const MeasureSet>> list_;
};

// Loads each file. One with an error is left out, with its problems; so is one
// that repeats what is there.
[[nodiscard]] MeasureSets LoadMeasureSets(const catalogue::FileReader& files,
                                          absl::Span<const std::string> names,
                                          base::Problems& problems);

}  // namespace careroute::measures

#endif  // CAREROUTE_LIB_MEASURES_MEASURE_SETS_H_

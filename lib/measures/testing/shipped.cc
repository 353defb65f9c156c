#include "lib/measures/testing/shipped.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"

namespace careroute::measures::testing {

std::string Describe(const base::Problems& problems) {
  std::string text;
  for (const base::Problem& one : problems.list()) {
    absl::StrAppend(&text, one.file, ":", one.line, " ", one.path, " ",
                    one.reason, ": ", one.message, "\n");
  }
  return text;
}

std::shared_ptr<const MeasureSet> Shipped() {
  base::Problems problems;
  std::shared_ptr<const MeasureSet> set =
      LoadMeasureSet(catalogue::DirectoryFileReader(kCatalogue),
                     {.name = kShippedFile}, problems);
  if (set == nullptr) {
    std::fprintf(stderr, "%s", Describe(problems).c_str());
  }
  return set;
}

MeasureSets ShippedSets() {
  MeasureSets sets;
  std::shared_ptr<const MeasureSet> set = Shipped();
  CAREROUTE_CHECK(set != nullptr);
  CAREROUTE_CHECK(sets.Add(std::move(set)).empty());
  return sets;
}

}  // namespace careroute::measures::testing

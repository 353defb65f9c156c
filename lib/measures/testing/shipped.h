// lib/measures/testing/shipped.h: the shipped set, for tests.

#ifndef CAREROUTE_LIB_MEASURES_TESTING_SHIPPED_H_
#define CAREROUTE_LIB_MEASURES_TESTING_SHIPPED_H_

#include <memory>
#include <string>

#include "lib/base/problems.h"
#include "lib/measures/measure_set.h"
#include "lib/measures/measure_sets.h"

namespace careroute::measures::testing {

// Where the catalogue is, as seen from where tests run.
inline constexpr char kCatalogue[] = "lib/measures/catalogue";
inline constexpr char kShippedFile[] = "ru-demo.textproto";

// Null, with the problems printed, when the set has an error.
[[nodiscard]] std::shared_ptr<const MeasureSet> Shipped();

// The same as the only set of a program.
[[nodiscard]] MeasureSets ShippedSets();

// Every problem on a line of its own.
[[nodiscard]] std::string Describe(const base::Problems& problems);

}  // namespace careroute::measures::testing

#endif  // CAREROUTE_LIB_MEASURES_TESTING_SHIPPED_H_

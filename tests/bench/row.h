// tests/bench/row.h: one row of the table.
//
// A row knows how to measure itself: its value, the floor it is held against,
// and what would explain the two. The list of all rows is rows.cc; a family of
// rows is one file.
//
//   Row{.name = "in-process transitions, SQLite, 64 in flight",
//       .unit = "/s",
//       .goal = {Of::kRatio, Bound::kAtLeast, 0.30},
//       .measure = MeasureInProcess};

#ifndef CAREROUTE_TESTS_BENCH_ROW_H_
#define CAREROUTE_TESTS_BENCH_ROW_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/setting.h"

namespace careroute::bench {

class GeneratedStores;

// What a row may use. Borrowed for one run of the program.
struct Bench {
  const Setting& setting;
  GeneratedStores& stores;
};

// Whether the value itself has the goal, or its ratio to the floor, or what it
// is more than the floor.
enum class Of { kValue, kRatio, kExcess };
enum class Bound { kAtLeast, kAtMost };

struct Goal {
  Of of = Of::kRatio;
  Bound bound = Bound::kAtLeast;
  double limit = 0;
};

struct Measured {
  double value = 0;
  // In the same unit, measured by turns with the value; 0 = the row has none.
  double floor = 0;
  // What was counted beside it, such as rows written: why the ratio is what it
  // is. Plain text, without a full stop.
  std::string note;

  [[nodiscard]] double ratio() const { return floor > 0 ? value / floor : 0; }
};

struct Row {
  std::string name;
  std::string unit;  // "/s", "us", "ms", "s" or "MB"
  Goal goal;
  // NOT_FOUND when something it needs is not there: the row is skipped, and
  // the message says why. Anything else fails the run.
  std::function<absl::StatusOr<Measured>(const Bench&)> measure;
};

// Whether the goal is reached.
[[nodiscard]] bool Meets(const Goal& goal, const Measured& measured);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROW_H_

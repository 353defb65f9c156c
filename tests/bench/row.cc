#include "tests/bench/row.h"

namespace careroute::bench {

bool Meets(const Goal& goal, const Measured& measured) {
  const double judged =
      goal.of == Of::kValue ? measured.value : measured.ratio();
  return goal.bound == Bound::kAtLeast ? judged >= goal.limit
                                       : judged <= goal.limit;
}

}  // namespace careroute::bench

#include "tests/bench/row.h"

namespace careroute::bench {

namespace {

double Judged(Of of, const Measured& measured) {
  switch (of) {
    case Of::kValue:
      return measured.value;
    case Of::kRatio:
      return measured.ratio();
    case Of::kExcess:
      return measured.value - measured.floor;
  }
  return measured.value;  // no other is there
}

}  // namespace

bool Meets(const Goal& goal, const Measured& measured) {
  const double judged = Judged(goal.of, measured);
  return goal.bound == Bound::kAtLeast ? judged >= goal.limit
                                       : judged <= goal.limit;
}

}  // namespace careroute::bench

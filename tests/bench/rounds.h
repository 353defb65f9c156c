// tests/bench/rounds.h: floor and subject by turns, and the medians of both.
//
// A disk and a neighbour's load drift over minutes: what is compared must be
// measured beside each other, again and again.
//
//   const Medians both = Alternate(setting, {.floor = [&] { return ...; },
//                                            .subject = [&] { return ...; }});

#ifndef CAREROUTE_TESTS_BENCH_ROUNDS_H_
#define CAREROUTE_TESTS_BENCH_ROUNDS_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "tests/bench/setting.h"

namespace careroute::bench {

struct Medians {
  double floor = 0;
  double subject = 0;
};

// Both give a figure of the same unit.
struct Sides {
  absl::FunctionRef<double()> floor;
  absl::FunctionRef<double()> subject;
};
// Each round asks the floor, then the subject.
[[nodiscard]] Medians Alternate(const Setting& setting, const Sides& sides);

// The same of a row without a floor.
[[nodiscard]] double Repeat(const Setting& setting,
                            absl::FunctionRef<double()> subject);

// The smallest value with at least that share of all at or below it; 0 of
// none. `share` lies in (0, 1].
[[nodiscard]] double Quantile(std::vector<double> values, double share);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_ROUNDS_H_

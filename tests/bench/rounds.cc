#include "tests/bench/rounds.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace careroute::bench {

Medians Alternate(const Setting& setting, const Sides& sides) {
  std::vector<double> floors;
  std::vector<double> subjects;
  for (int i = 0; i < setting.rounds; ++i) {
    floors.push_back(sides.floor());
    subjects.push_back(sides.subject());
    std::fprintf(stderr, "  %d: %.4g beside %.4g\n", i + 1, subjects.back(),
                 floors.back());
  }
  return {.floor = Quantile(std::move(floors), 0.5),
          .subject = Quantile(std::move(subjects), 0.5)};
}

double Repeat(const Setting& setting, absl::FunctionRef<double()> subject) {
  std::vector<double> subjects;
  for (int i = 0; i < setting.rounds; ++i) {
    subjects.push_back(subject());
    std::fprintf(stderr, "  %d: %.4g\n", i + 1, subjects.back());
  }
  return Quantile(std::move(subjects), 0.5);
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  return values[static_cast<size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace careroute::bench

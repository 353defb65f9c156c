#include "lib/calendar/internal/interval.h"

#include <algorithm>

namespace careroute::calendar::internal {

Intervals MergeStops(absl::Span<const Stop> stops, absl::Time as_of) {
  Intervals sorted;
  for (const Stop& stop : stops) {
    const bool running = !stop.to.has_value();
    const absl::Time to = stop.to.value_or(as_of);
    if (stop.from < to || (running && stop.from == to)) {
      sorted.push_back({stop.from, to, running});
    }
  }
  std::sort(
      sorted.begin(), sorted.end(),
      [](const Interval& a, const Interval& b) { return a.from < b.from; });
  Intervals merged;
  for (const Interval& next : sorted) {
    if (merged.empty() || merged.back().to < next.from) {
      merged.push_back(next);
      continue;
    }
    merged.back().to = std::max(merged.back().to, next.to);
    merged.back().running |= next.running;
  }
  return merged;
}

}  // namespace careroute::calendar::internal

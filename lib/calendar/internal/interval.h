// lib/calendar/internal/interval.h: stops made disjoint and put in order.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_INTERVAL_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_INTERVAL_H_

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "lib/calendar/stop.h"

namespace careroute::calendar::internal {

struct Interval {
  absl::Time from;
  absl::Time to;         // exclusive
  bool running = false;  // holds a stop without an end
};

using Intervals = absl::InlinedVector<Interval, 4>;

// The union of the stops: disjoint, not touching, earliest first. A running
// stop counts up to `as_of` and stays even when it begins just then; any other
// empty stop, and one that runs from later than `as_of`, vanishes.
[[nodiscard]] Intervals MergeStops(absl::Span<const Stop> stops,
                                   absl::Time as_of);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_INTERVAL_H_

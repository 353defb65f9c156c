// lib/calendar/stop.h: a time during which a deadline's clock stood still.

#ifndef CAREROUTE_LIB_CALENDAR_STOP_H_
#define CAREROUTE_LIB_CALENDAR_STOP_H_

#include <cstddef>
#include <optional>

#include "absl/time/time.h"

namespace careroute::calendar {

// From `from` up to, but not at, `to`. Without `to` the stop still runs.
struct Stop {
  absl::Time from;
  std::optional<absl::Time> to;

  friend bool operator==(const Stop&, const Stop&) = default;
};

// Each stop is a person's act with a reason; a thousand on one deadline is a
// broken caller.
inline constexpr size_t kStopsMax = 1000;

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_STOP_H_

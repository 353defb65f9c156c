#include "lib/calendar/internal/elapsed_term.h"

#include <algorithm>
#include <variant>

#include "lib/calendar/internal/interval.h"
#include "lib/calendar/internal/provisional.h"

namespace careroute::calendar::internal {
namespace {

using Kind = DeadlineStep::Kind;

// Moves `deadline.due` by the time `stop` takes out of the term.
void Honour(const Interval& stop, absl::Time start, Deadline& deadline) {
  const bool before_start = stop.to <= start && !stop.running;
  if (before_start || stop.from >= deadline.due) {
    deadline.steps.push_back(
        {.kind = Kind::kStopOutside, .from = stop.from, .to = stop.to});
    return;
  }
  if (stop.running) {
    deadline.running = true;
    deadline.steps.push_back(
        {.kind = Kind::kStopRunning, .from = stop.from, .to = stop.to});
  }
  const absl::Time from = std::max(stop.from, start);
  if (from < stop.to) {
    deadline.due += stop.to - from;
    deadline.steps.push_back(
        {.kind = Kind::kStopTimeAdded, .from = from, .to = stop.to});
  }
}

}  // namespace

absl::StatusOr<Deadline> EndOfElapsedTerm(const DeadlineRequest& request,
                                          const Place& place) {
  const Term& term = std::get<Term>(request.limit);
  const absl::Duration unit =
      term.unit == TimeUnit::kMinutes ? absl::Minutes(1) : absl::Hours(1);
  Deadline deadline;
  deadline.due = request.start + term.n * unit;
  deadline.steps.push_back({.kind = Kind::kStart,
                            .date = place.zone->LocalDate(request.start),
                            .from = request.start});
  deadline.steps.push_back({.kind = Kind::kElapsed,
                            .unit = term.unit,
                            .count = term.n,
                            .to = deadline.due});
  for (const Interval& stop : MergeStops(request.stops, request.as_of)) {
    Honour(stop, request.start, deadline);
  }
  if (!IsSupported(deadline.due)) {
    return OutOfYears("limit.n");
  }
  deadline.last_date =
      place.zone->LocalDate(deadline.due - absl::Nanoseconds(1));
  FlagOffsets(*place.zone, {request.start, deadline.due}, deadline);
  return deadline;
}

}  // namespace careroute::calendar::internal

#include "lib/calendar/internal/day_term.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>

#include "lib/base/status_macros.h"
#include "lib/calendar/internal/day_counter.h"
#include "lib/calendar/internal/interval.h"
#include "lib/calendar/internal/provisional.h"

namespace careroute::calendar::internal {
namespace {

using Kind = DeadlineStep::Kind;

// A term of days on its way from the start event to the last day.
class DayTerm {
 public:
  DayTerm(const DeadlineRequest& request, const Place& place)
      : request_(request),
        zone_(*place.zone),
        calendar_(*place.calendar),
        term_(std::get<Term>(request.limit)),
        counter_({.calendar = calendar_,
                  .unit = term_.unit,
                  .statutory = request.statutory}) {}

  absl::StatusOr<Deadline> Compute() {
    CAREROUTE_RETURN_IF_ERROR(LayOut());
    for (const Interval& stop : MergeStops(request_.stops, request_.as_of)) {
      CAREROUTE_RETURN_IF_ERROR(Honour(stop));
    }
    CAREROUTE_RETURN_IF_ERROR(Finish());
    return std::move(deadline_);
  }

 private:
  void Say(const DeadlineStep& step) { deadline_.steps.push_back(step); }

  // The last day as if nothing stopped the clock.
  absl::Status LayOut() {
    start_ = zone_.LocalDate(request_.start_is_due
                                 ? request_.start - absl::Nanoseconds(1)
                                 : request_.start);
    Say({.kind = Kind::kStart, .date = start_, .from = request_.start});
    const std::optional<CivilDate> last = counter_.LastDay(start_, term_.n);
    if (!last) {
      return OutOfYears("limit.n");
    }
    last_ = *last;
    Say({.kind = Kind::kTerm,
         .unit = term_.unit,
         .count = term_.n,
         .date = last_});
    SayMonthEnd();
    SayDaysOffSkipped();
    return absl::OkStatus();
  }

  // When the month of the last day lacks the day that was looked for.
  void SayMonthEnd() {
    int64_t wanted = 0;
    if (term_.unit == TimeUnit::kMonths || term_.unit == TimeUnit::kYears) {
      wanted = start_.day();
    } else if (term_.unit == TimeUnit::kDayOfNextMonth) {
      wanted = term_.n;
    }
    if (wanted > last_.day()) {
      Say({.kind = Kind::kMonthEnd, .count = wanted, .date = last_});
    }
  }

  void SayDaysOffSkipped() {
    if (term_.unit != TimeUnit::kWorkingDays) {
      return;
    }
    const int64_t skipped = (last_ - start_) - term_.n;
    if (skipped > 0) {
      Say({.kind = Kind::kDaysOffSkipped, .count = skipped, .date = last_});
    }
  }

  absl::Status Honour(const Interval& stop) {
    CAREROUTE_ASSIGN_OR_RETURN(const absl::Time due, Due());
    const bool before_start = stop.to <= request_.start && !stop.running;
    if (before_start || stop.from >= due) {
      Say({.kind = Kind::kStopOutside, .from = stop.from, .to = stop.to});
      return absl::OkStatus();
    }
    if (stop.running) {
      deadline_.running = true;
      Say({.kind = Kind::kStopRunning, .from = stop.from, .to = stop.to});
    }
    CAREROUTE_RETURN_IF_ERROR(AddDaysOf(stop));
    return HoldOpen(stop);
  }

  // The local days that lie wholly inside the stop and after the start event.
  [[nodiscard]] DayRange WholeDays(const Interval& stop) const {
    const CivilDate begins = zone_.LocalDate(stop.from);
    const bool from_midnight = zone_.StartOfDay(begins) == stop.from;
    return {.first = std::max(from_midnight ? begins : begins + 1, start_ + 1),
            .end = zone_.LocalDate(stop.to)};
  }

  absl::Status AddDaysOf(const Interval& stop) {
    const int64_t days = counter_.Count(WholeDays(stop));
    if (days == 0) {
      Say({.kind = Kind::kStopWithoutWholeDay,
           .unit = term_.unit,
           .from = stop.from,
           .to = stop.to});
      return absl::OkStatus();
    }
    const std::optional<CivilDate> last = counter_.Prolong(last_, days);
    if (!last) {
      return OutOfYears("stops");
    }
    last_ = *last;
    Say({.kind = Kind::kStopAdded,
         .unit = term_.unit,
         .count = days,
         .date = last_,
         .from = stop.from,
         .to = stop.to});
    return absl::OkStatus();
  }

  // A stop that begins on the last day covers no whole day before the term is
  // over; the day on which it ends is then the last day.
  absl::Status HoldOpen(const Interval& stop) {
    CAREROUTE_ASSIGN_OR_RETURN(const absl::Time due, Due());
    if (stop.to < due) {
      return absl::OkStatus();
    }
    const std::optional<CivilDate> last =
        counter_.Settle(zone_.LocalDate(stop.to));
    if (!last) {
      return OutOfYears("stops");
    }
    last_ = *last;
    Say({.kind = Kind::kStopHolds, .date = last_, .to = stop.to});
    return absl::OkStatus();
  }

  // The end of the term as far as it has come.
  [[nodiscard]] absl::StatusOr<absl::Time> Due() const {
    const std::optional<CivilDate> settled = counter_.Settle(last_);
    if (!settled) {
      return OutOfYears("limit.n");
    }
    return zone_.EndOfDay(*settled);
  }

  absl::Status Finish() {
    const std::optional<CivilDate> settled = counter_.Settle(last_);
    if (!settled) {
      return OutOfYears("limit.n");
    }
    if (*settled != last_) {
      Say({.kind = Kind::kMovedFromDayOff,
           .date = *settled,
           .other_date = last_});
    }
    FlagDays(*settled);
    deadline_.last_date = *settled;
    deadline_.due = zone_.EndOfDay(*settled);
    FlagOffsets(zone_, {request_.start, deadline_.due}, deadline_);
    return absl::OkStatus();
  }

  // Flags the days that were asked whether they are worked.
  void FlagDays(CivilDate settled) {
    if (term_.unit == TimeUnit::kWorkingDays) {
      FlagUnknownDays(calendar_, {start_ + (term_.n == 0 ? 0 : 1), settled},
                      deadline_);
    } else if (request_.statutory) {
      FlagUnknownDays(calendar_, {last_, settled}, deadline_);
    }
  }

  const DeadlineRequest& request_;
  const Zone& zone_;
  const Calendar& calendar_;
  const Term term_;
  const DayCounter counter_;
  CivilDate start_ = kDateMin;
  CivilDate last_ = kDateMin;
  Deadline deadline_;
};

}  // namespace

absl::StatusOr<Deadline> EndOfDayTerm(const DeadlineRequest& request,
                                      const Place& place) {
  return DayTerm(request, place).Compute();
}

}  // namespace careroute::calendar::internal

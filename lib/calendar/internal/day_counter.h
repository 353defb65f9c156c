// lib/calendar/internal/day_counter.h: where a term of days ends, before and
// after stops.
//
// A term of working days counts and is prolonged in worked days; every other
// term of days is laid out by the calendar and prolonged in days.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_COUNTER_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_COUNTER_H_

#include <cstdint>
#include <optional>

#include "lib/calendar/calendar.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/term.h"

namespace careroute::calendar::internal {

// Days from `first` to the day before `end`.
struct DayRange {
  CivilDate first;
  CivilDate end;
};

// Borrows the calendar. Every function gives nothing when the answer lies
// outside the supported years.
class DayCounter {
 public:
  struct Options {
    const Calendar& calendar;
    TimeUnit unit;  // not minutes or hours
    bool statutory = false;
  };
  explicit DayCounter(const Options& options) : options_(options) {}

  // The last day of a term of `n` whose start event happened on `start`.
  [[nodiscard]] std::optional<CivilDate> LastDay(CivilDate start,
                                                 int64_t n) const;

  // The first day of a term of `n` that ends before `end`: LastDay backwards.
  [[nodiscard]] std::optional<CivilDate> FirstDay(CivilDate end,
                                                  int64_t n) const;

  // How many days of the range the term counts.
  [[nodiscard]] int64_t Count(const DayRange& days) const;

  // `last` moved by `count` counted days.
  [[nodiscard]] std::optional<CivilDate> Prolong(CivilDate last,
                                                 int64_t count) const;

  // `last`, or the next working day when the term may not end on a day off:
  // statutory terms and terms of working days.
  [[nodiscard]] std::optional<CivilDate> Settle(CivilDate last) const;

 private:
  [[nodiscard]] bool CountsWorkingDays() const {
    return options_.unit == TimeUnit::kWorkingDays;
  }

  Options options_;
};

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_DAY_COUNTER_H_

// lib/calendar/deadline.h: until when something must be done, and why then.
//
//   const absl::StatusOr<Deadline> deadline = ComputeDeadline(
//       calendars, {.limit = Term{.n = 5, .unit = TimeUnit::kWorkingDays},
//                   .start = application_registered,
//                   .calendar = "ru",
//                   .zone = "RU-KHA",
//                   .statutory = true});
//   deadline->due;        // exclusive: 00:00 of the day after the last one
//   deadline->last_date;  // the last day, on the wall of Khabarovsk
//
// The rules are in words in README.md, with the law they follow. Pure and
// thread-safe; some hundred nanoseconds without stops, since every command
// computes some deadlines.

#ifndef CAREROUTE_LIB_CALENDAR_DEADLINE_H_
#define CAREROUTE_LIB_CALENDAR_DEADLINE_H_

#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/stop.h"
#include "lib/calendar/term.h"

namespace careroute::calendar {

// What is asked. Borrows its strings and stops for the call.
struct DeadlineRequest {
  Limit limit;
  // When the start event happened. Not read for BeforeAge and BeforeDate.
  absl::Time start = absl::UnixEpoch();
  // True when `start` is the due instant of another deadline, as for an
  // escalation "one working day after the limit": the event then belongs to
  // the day that ends at `start`, and counting begins with the next one.
  bool start_is_due = false;
  // A calendar ("ru", its newest edition) or an edition ("ru-2026.1").
  absl::string_view calendar;
  // A zone of that calendar, such as "RU-ZAB".
  absl::string_view zone;
  // True when a law sets the limit: a last day off moves to the next working
  // day. Minutes, hours and BeforeAge and BeforeDate never move.
  bool statutory = false;
  // The stops the limit honours, in any order, also overlapping; at most
  // kStopsMax. They do not move BeforeAge and BeforeDate.
  absl::Span<const Stop> stops;
  // When to end the stops that still run, for the result; read only if some do.
  absl::Time as_of = absl::InfinitePast();
};

// One step of how a deadline came about, as data; explain.h has the words.
// A step fills only the fields its kind names.
struct DeadlineStep {
  enum class Kind {
    kStart,                // from: the start event; date: its local day
    kTerm,                 // unit, count; date: the last day so far
    kElapsed,              // unit, count; to: the end so far
    kMonthEnd,             // count: the day that does not exist; date: instead
    kDaysOffSkipped,       // count: days off within a working-day term
    kStopAdded,            // from, to; count: days added; date: last day now
    kStopTimeAdded,        // from, to: exactly this time is added
    kStopWithoutWholeDay,  // from, to: no whole day lies in it
    kStopOutside,          // from, to: before the start or after the end
    kStopRunning,          // from; to: taken as its end
    kStopHolds,            // to; date: no deadline ends while the clock stands
    kMovedFromDayOff,      // other_date: the day off; date: the working day
    kBirthday,             // count: months of age; date: the birthday
    kBeforeDate,           // date: the date
    kStopsDoNotCount,      // a fixed date is not moved by stops
    kProvisionalDays,      // date: the first day of no published year
    kProvisionalOffset,    // the zone's offset of that time is not known
    kDue,                  // to: the due instant; date: the last day
  };
  Kind kind = Kind::kStart;
  TimeUnit unit = TimeUnit::kCalendarDays;
  int64_t count = 0;
  CivilDate date = kDateMin;
  CivilDate other_date = kDateMin;
  absl::Time from;
  absl::Time to;

  friend bool operator==(const DeadlineStep&, const DeadlineStep&) = default;
};

using DeadlineSteps = absl::InlinedVector<DeadlineStep, 4>;

// The answer. Holds everything needed to state it in an event.
struct Deadline {
  // The first instant that is too late.
  absl::Time due;
  // The local day that holds the last instant before `due`. For limits in
  // days, weeks, months and years `due` is 24:00 of it.
  CivilDate last_date = kDateMin;
  // True when a day of no published year or an undated offset was used: a new
  // edition may give another answer.
  bool provisional = false;
  // True when a stop that counts still runs: the clock stands, and `due` is
  // what it would be if the stop ended at `as_of`.
  bool running = false;
  // The edition that was used, such as "ru-2026.1", and the zone.
  std::string calendar_edition;
  std::string zone;
  DeadlineSteps steps;

  friend bool operator==(const Deadline&, const Deadline&) = default;
};

// INVALID_ARGUMENT lists every field of the request that is wrong, with its
// mend: unknown calendar or zone, a term out of its limits, instants outside
// 1900 to 2200, a stop that ends before it begins, a last day after 2200.
[[nodiscard]] absl::StatusOr<Deadline> ComputeDeadline(
    const CalendarSet& calendars, const DeadlineRequest& request);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_DEADLINE_H_

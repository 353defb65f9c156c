// lib/calendar/load.h: from the text of an edition to a Calendar.
//
// Every mistake of every file is found and named with its line, so that
// whoever copied a decree into data mends it in one go. A file with an error
// gives no calendar: working days that are nearly right are worse than none.
//
//   base::Problems problems;
//   const CalendarSet calendars = LoadCalendars(files, problems);
//   if (problems.HasErrors()) { print problems.ToStatus() and stop }
//
// Pure: the caller reads the files.

#ifndef CAREROUTE_LIB_CALENDAR_LOAD_H_
#define CAREROUTE_LIB_CALENDAR_LOAD_H_

#include <memory>
#include <string>

#include "absl/types/span.h"
#include "careroute/model/v1/calendar.pb.h"
#include "lib/base/problems.h"
#include "lib/calendar/calendar.h"
#include "lib/calendar/calendar_set.h"

namespace careroute::calendar {

// One edition as a model.v1.CalendarEdition in textproto, at most 1 MiB.
struct CalendarFile {
  std::string name;  // as problems should name it
  std::string text;
};

// The editions of the files that hold no error. Two files with one edition are
// an error of the second.
[[nodiscard]] CalendarSet LoadCalendars(absl::Span<const CalendarFile> files,
                                        base::Problems& problems);

// The same for data that came as a message. Null when it holds an error; the
// problems then have paths but no lines.
[[nodiscard]] std::shared_ptr<const Calendar> MakeCalendar(
    model::v1::CalendarEdition edition, base::Problems& problems);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_LOAD_H_

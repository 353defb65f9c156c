// lib/calendar/internal/provisional.h: flags what a new edition may change.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_PROVISIONAL_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_PROVISIONAL_H_

#include "absl/time/time.h"
#include "lib/calendar/calendar.h"
#include "lib/calendar/deadline.h"
#include "lib/calendar/zone.h"

namespace careroute::calendar::internal {

struct AskedDays {
  CivilDate first;
  CivilDate last;
};

// Flags `deadline` when a day that was asked whether it is worked belongs to
// no published year.
void FlagUnknownDays(const Calendar& calendar, const AskedDays& days,
                     Deadline& deadline);

struct AskedTimes {
  absl::Time first;
  absl::Time last;
};

// Flags `deadline` when the zone's offset was assumed at either instant.
void FlagOffsets(const Zone& zone, const AskedTimes& times, Deadline& deadline);

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_PROVISIONAL_H_

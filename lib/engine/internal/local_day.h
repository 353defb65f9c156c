// lib/engine/internal/local_day.h: which day it is at an organisation.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_LOCAL_DAY_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_LOCAL_DAY_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/organisations.h"

namespace careroute::engine::internal {

// By the organisation's calendar and zone; by UTC when either is not known.
[[nodiscard]] absl::CivilDay LocalDay(const calendar::CalendarSet& calendars,
                                      const DirectoryPicture& directory,
                                      const std::string& organisation,
                                      absl::Time time);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_LOCAL_DAY_H_

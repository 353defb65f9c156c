// lib/calendar/test_calendars.h: calendars and instants for this folder's
// tests.

#ifndef CAREROUTE_LIB_CALENDAR_TEST_CALENDARS_H_
#define CAREROUTE_LIB_CALENDAR_TEST_CALENDARS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/calendar/calendar_set.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar {

// The text of a file named from the root of the project; the test fails when
// it cannot be read.
[[nodiscard]] std::string ReadTestFile(const std::string& path);

// The shipped catalogue, loaded once. The test fails when it has problems.
[[nodiscard]] const CalendarSet& ShippedCalendars();

// The newest edition of Russia.
[[nodiscard]] const Calendar& Russia();

// An instant such as "2025-12-30T10:00:00+10:00", and a date such as
// "2025-12-30". The test fails on anything else.
[[nodiscard]] absl::Time At(absl::string_view text);
[[nodiscard]] CivilDate Day(absl::string_view text);

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_TEST_CALENDARS_H_

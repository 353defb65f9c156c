// lib/registry/internal/day.h: days in events and ages in whole years.

#ifndef CAREROUTE_LIB_REGISTRY_INTERNAL_DAY_H_
#define CAREROUTE_LIB_REGISTRY_INTERNAL_DAY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace careroute::registry::internal {

// Exactly YYYY-MM-DD, a day the calendar has, from 1900 to 2200; otherwise
// nothing.
[[nodiscard]] std::optional<absl::CivilDay> ReadDay(absl::string_view text);

// YYYY-MM-DD.
[[nodiscard]] std::string WriteDay(absl::CivilDay day);

// The birthday on which somebody born on `birth` becomes `years` old. Born on
// 29 February: 28 February where the year has no 29th, as all terms in months
// and years clamp (lib/calendar/civil_date.h).
[[nodiscard]] absl::CivilDay Birthday(absl::CivilDay birth, int years);

// The first day after a last day. Nothing when there is none, or when it is one
// of the days that stand for "never".
[[nodiscard]] std::optional<absl::CivilDay> DayAfter(
    const std::optional<absl::CivilDay>& last);

}  // namespace careroute::registry::internal

#endif  // CAREROUTE_LIB_REGISTRY_INTERNAL_DAY_H_

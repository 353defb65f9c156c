// lib/engine/internal/dates.h: dates of messages as civil days.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_DATES_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_DATES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace careroute::engine::internal {

// YYYY-MM-DD; none for anything else, the empty string included.
[[nodiscard]] inline std::optional<absl::CivilDay> ParseDay(
    absl::string_view text) {
  absl::CivilDay day;
  if (text.empty() || !absl::ParseCivilTime(text, &day)) return std::nullopt;
  return day;
}

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_DATES_H_

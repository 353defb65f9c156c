#include "lib/calendar/internal/check_zone.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/internal/check_edition.h"

namespace careroute::calendar::internal {
namespace {

using base::Problems;

// The widest offsets any clock on Earth has shown.
constexpr int kOffsetMin = -12 * 60;
constexpr int kOffsetMax = 14 * 60;
constexpr size_t kZoneIdMax = 32;  // the bound of the proto field

// "RU-ZAB", "Europe/Moscow": letters, digits and what joins them.
bool IsZoneId(absl::string_view id) {
  return !id.empty() && id.size() <= kZoneIdMax &&
         std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '/' ||
                  c == '+';
         });
}

std::optional<absl::Time> ReadInstant(const std::string& text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error) ||
      !IsSupported(time)) {
    return std::nullopt;
  }
  return time;
}

void CheckOffsets(const model::v1::Zone& zone, Problems& problems) {
  std::optional<absl::Time> previous;
  for (int i = 0; i < zone.offsets_size(); ++i) {
    const auto at = problems.Enter("offsets", i);
    const model::v1::ZoneOffset& offset = zone.offsets(i);
    const std::optional<absl::Time> from = ReadInstant(offset.valid_from());
    if (!from) {
      problems.Error("valid_from", "BAD_TIME", "is not an instant",
                     "write it with its offset, such as "
                     "2016-03-27T02:00:00+08:00, from 1900 to 2200");
    } else if (previous && *from <= *previous) {
      problems.Error("valid_from", "OUT_OF_ORDER",
                     "is not after the offset before it",
                     "list the offsets from the earliest to the latest");
    }
    previous = from ? from : previous;
    if (offset.utc_offset_minutes() < kOffsetMin ||
        offset.utc_offset_minutes() > kOffsetMax) {
      problems.Error("utc_offset_minutes", "OUT_OF_RANGE", "is out of range",
                     "use minutes east of UTC, -720 to 840");
    }
    CheckSource(offset.source(), problems);
  }
}

}  // namespace

void CheckZones(const model::v1::CalendarEdition& edition, Problems& problems) {
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < edition.zones_size(); ++i) {
    const auto at = problems.Enter("zones", i);
    const model::v1::Zone& zone = edition.zones(i);
    if (!IsZoneId(zone.id())) {
      problems.Error("id", "BAD_ID", "is not the id of a zone",
                     "use at most 32 letters, digits, -, _, / and +, such as "
                     "\"RU-ZAB\"");
    } else if (!seen.insert(zone.id()).second) {
      problems.Error("id", "DUPLICATE", "is the id of another zone",
                     "give each zone its own id");
    }
    CheckTitle(zone.title(), problems);
    if (zone.offsets().empty()) {
      problems.Error("offsets", "REQUIRED", "names no offset",
                     "add the offset from UTC and since when it holds");
    }
    CheckOffsets(zone, problems);
  }
  if (edition.zones().empty()) {
    problems.Error("zones", "REQUIRED", "names no zone",
                   "add a zone: without one no deadline has an end");
  }
}

std::vector<ZoneOffset> ReadOffsets(const model::v1::Zone& zone) {
  std::vector<ZoneOffset> offsets;
  for (const model::v1::ZoneOffset& offset : zone.offsets()) {
    if (const std::optional<absl::Time> from =
            ReadInstant(offset.valid_from())) {
      offsets.push_back({.valid_from = *from,
                         .utc_offset_minutes = offset.utc_offset_minutes()});
    }
  }
  return offsets;
}

}  // namespace careroute::calendar::internal

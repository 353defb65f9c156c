#include "lib/calendar/zone.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "lib/base/check.h"

namespace careroute::calendar {
namespace {

constexpr CivilDate kEpoch{1970, 1, 1};
constexpr int64_t kSecondsPerDay = 86400;
// Wide of the supported years by more than any offset.
constexpr int64_t kSecondMin = (kDateMin - kEpoch - 2) * kSecondsPerDay;
constexpr int64_t kSecondMax = (kDateMax - kEpoch + 3) * kSecondsPerDay;

int64_t FloorDays(int64_t seconds) {
  const int64_t days = seconds / kSecondsPerDay;
  return seconds % kSecondsPerDay < 0 ? days - 1 : days;
}

}  // namespace

Zone::Zone(std::string id, std::vector<ZoneOffset> offsets)
    : id_(std::move(id)), offsets_(std::move(offsets)) {
  CAREROUTE_CHECK(!offsets_.empty());
}

bool Zone::IsKnownAt(absl::Time time) const {
  return time >= offsets_.front().valid_from;
}

size_t Zone::IndexAt(absl::Time time) const {
  size_t index = offsets_.size() - 1;
  while (index > 0 && time < offsets_[index].valid_from) {
    --index;
  }
  return index;
}

int Zone::OffsetMinutesAt(absl::Time time) const {
  return offsets_[IndexAt(time)].utc_offset_minutes;
}

CivilDate Zone::LocalDate(absl::Time time) const {
  const int64_t utc =
      std::clamp(absl::ToUnixSeconds(time), kSecondMin, kSecondMax);
  return DateOfDayNumber(FloorDays(utc + int64_t{60} * OffsetMinutesAt(time)));
}

absl::Time Zone::StartOfDay(CivilDate date) const {
  const int64_t wall = DayNumberOf(date) * kSecondsPerDay;
  for (size_t index = offsets_.size() - 1;; --index) {
    const ZoneOffset& offset = offsets_[index];
    const absl::Time time =
        absl::FromUnixSeconds(wall - int64_t{60} * offset.utc_offset_minutes);
    if (index > 0 && time < offset.valid_from) {
      continue;
    }
    const bool last = index + 1 == offsets_.size();
    return last ? time : std::min(time, offsets_[index + 1].valid_from);
  }
}

absl::Time Zone::EndOfDay(CivilDate date) const { return StartOfDay(date + 1); }

}  // namespace careroute::calendar

// lib/calendar/zone.h: the clock of a region, as offsets from UTC with dates.
//
// A region's clock is what its law says, so it is data of the calendar edition
// and not of the machine's time zone database: two hubs with one edition agree
// on every local midnight.
//
//   const Zone* chita = calendar.FindZone("RU-ZAB");
//   chita->LocalDate(now);                       // today in Chita
//   chita->StartOfDay(CivilDate(2026, 1, 9));    // its 00:00 as an instant

#ifndef CAREROUTE_LIB_CALENDAR_ZONE_H_
#define CAREROUTE_LIB_CALENDAR_ZONE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/calendar/civil_date.h"

namespace careroute::calendar {

// An offset and the instant from which it holds.
struct ZoneOffset {
  absl::Time valid_from;
  int utc_offset_minutes = 0;  // east of UTC

  friend bool operator==(const ZoneOffset&, const ZoneOffset&) = default;
};

// Immutable and thread-safe. Before its first offset a zone assumes that the
// first one held already; IsKnownAt tells, so that results can be flagged.
class Zone {
 public:
  // `offsets` are at least one, in ascending order of valid_from; the loader
  // has checked it.
  Zone(std::string id, std::vector<ZoneOffset> offsets);

  [[nodiscard]] const std::string& id() const { return id_; }

  // False before the first dated offset.
  [[nodiscard]] bool IsKnownAt(absl::Time time) const;

  [[nodiscard]] int OffsetMinutesAt(absl::Time time) const;

  // The date on the wall at `time`. An instant that is not supported (see
  // civil_date.h) is read as the nearest one that is.
  [[nodiscard]] CivilDate LocalDate(absl::Time time) const;

  // When `date` begins: the exclusive end of the day before. A midnight that
  // the clock skips is the instant of the change; of one it passes twice, the
  // later.
  [[nodiscard]] absl::Time StartOfDay(CivilDate date) const;

  // 24:00 of `date`, which is StartOfDay of the next.
  [[nodiscard]] absl::Time EndOfDay(CivilDate date) const;

 private:
  // The index of the offset in force at `time`.
  [[nodiscard]] size_t IndexAt(absl::Time time) const;

  std::string id_;
  std::vector<ZoneOffset> offsets_;
};

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_ZONE_H_

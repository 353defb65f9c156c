// lib/calendar/calendar.h: one edition of a region's working days and clocks.
//
// Made from checked data (load.h), then asked. Years whose moved days are
// published are known; any other day is computed from weekend and holidays and
// IsKnown says so, since next year's decree may decide otherwise.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const Calendar* ru, calendars.Find("ru"));
//   ru->IsWorkingDay(CivilDate(2024, 4, 27));          // true: a moved day
//   ru->WorkingDayAfter(CivilDate(2025, 12, 30), 5);   // 2026-01-16

#ifndef CAREROUTE_LIB_CALENDAR_CALENDAR_H_
#define CAREROUTE_LIB_CALENDAR_CALENDAR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/calendar.pb.h"
#include "lib/calendar/age.h"
#include "lib/calendar/civil_date.h"
#include "lib/calendar/internal/day_plan.h"
#include "lib/calendar/internal/working_day_table.h"
#include "lib/calendar/zone.h"

namespace careroute::calendar {

// Why a day is worked or not, for people.
struct DayNote {
  enum class Kind {
    kWorkingDay,     // an ordinary one
    kWorkedWeekend,  // a weekend day whose day off was moved away
    kWeekend,        // off by the week
    kHoliday,        // off by the holiday in `holiday`
    kMovedDayOff,    // off because a day off was moved here
  };
  Kind kind = Kind::kWorkingDay;
  // For kMovedDayOff: the day it was taken from; for kWorkedWeekend: the day
  // it went to.
  CivilDate moved = kDateMin;
  // For kHoliday: lives as long as the Calendar. Otherwise null.
  const model::v1::Holiday* holiday = nullptr;
  // False when the year's moves are not published.
  bool known = false;

  friend bool operator==(const DayNote&, const DayNote&) = default;
};

// Immutable and thread-safe; shared by pointer. Every date handed in must be
// supported (IsSupported); a date outside is a programmer's error and is
// answered as a day that is neither worked nor known.
class Calendar {
 public:
  // Use load.h. `data` has been checked; `zones` are those of `data`.
  Calendar(model::v1::CalendarEdition data, internal::DayPlan plan,
           std::vector<Zone> zones);

  // "ru": what all editions share.
  [[nodiscard]] const std::string& id() const { return data_.calendar(); }
  // "ru-2026.1": this edition, which deadlines name.
  [[nodiscard]] const std::string& edition() const { return data_.edition(); }
  // Titles and sources, as loaded.
  [[nodiscard]] const model::v1::CalendarEdition& data() const { return data_; }

  [[nodiscard]] bool IsWorkingDay(CivilDate date) const;

  // True when the moves of the year of `date` are published.
  [[nodiscard]] bool IsKnown(CivilDate date) const;

  // The first day of `first`..`last` whose year is not known, if any.
  [[nodiscard]] std::optional<CivilDate> FirstUnknown(CivilDate first,
                                                      CivilDate last) const;

  // Worked days from `first` to the day before `end`; 0 when there is none.
  [[nodiscard]] int64_t CountWorkingDays(CivilDate first, CivilDate end) const;

  // The `n`-th worked day after `date`, n >= 1; nothing when it lies beyond
  // the supported years. WorkingDayBefore is the same backwards.
  [[nodiscard]] std::optional<CivilDate> WorkingDayAfter(CivilDate date,
                                                         int64_t n) const;
  [[nodiscard]] std::optional<CivilDate> WorkingDayBefore(CivilDate date,
                                                          int64_t n) const;

  // `date` itself when it is worked, else the next (previous) worked day.
  [[nodiscard]] std::optional<CivilDate> WorkingDayOnOrAfter(
      CivilDate date) const;
  [[nodiscard]] std::optional<CivilDate> WorkingDayOnOrBefore(
      CivilDate date) const;

  [[nodiscard]] DayNote Explain(CivilDate date) const;

  // Null when this edition has no such zone.
  [[nodiscard]] const Zone* FindZone(absl::string_view id) const;

  // From which day a legal age counts where this calendar holds.
  [[nodiscard]] AgeAttained age_attained() const {
    return data_.age_attained() == model::v1::AGE_ATTAINED_DAY_AFTER
               ? AgeAttained::kDayAfter
               : AgeAttained::kOnBirthday;
  }

  // The act behind a rule of counting; an empty Source when none is stated.
  [[nodiscard]] const model::v1::Source& SourceOf(
      model::v1::CountingRuleKind rule) const;

 private:
  model::v1::CalendarEdition data_;
  internal::DayPlan plan_;
  internal::WorkingDayTable table_;
  std::vector<Zone> zones_;
  // Looked up only, never iterated.
  absl::flat_hash_map<std::string, size_t> zone_by_id_;
};

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_CALENDAR_H_

// lib/calendar/calendar_set.h: the calendar editions a hub knows, by name.
//
// A deadline asks by calendar ("ru": the newest edition) when it is first
// computed, and by edition ("ru-2026.1") when somebody wants to know how it
// came about.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const Calendar* ru, calendars.Find("ru"));

#ifndef CAREROUTE_LIB_CALENDAR_CALENDAR_SET_H_
#define CAREROUTE_LIB_CALENDAR_CALENDAR_SET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lib/calendar/calendar.h"

namespace careroute::calendar {

// The year and serial number of an edition's id, which put editions in order.
struct EditionNumber {
  int year = 0;
  int serial = 0;

  friend auto operator<=>(const EditionNumber&, const EditionNumber&) = default;
};

// Reads "ru-2026.1" as an edition of "ru". INVALID_ARGUMENT when it is not one.
[[nodiscard]] absl::StatusOr<EditionNumber> ParseEdition(
    absl::string_view calendar, absl::string_view edition);

// Built once, then only read: thread-safe as long as nobody adds. Shares its
// calendars, so a copy is cheap and pointers stay good while any copy lives.
class CalendarSet {
 public:
  // ALREADY_EXISTS when the edition is in the set: editions never change.
  absl::Status Add(std::shared_ptr<const Calendar> calendar);

  // By edition, or by calendar for its newest edition. NOT_FOUND names what
  // can be asked for. The pointer belongs to the set.
  [[nodiscard]] absl::StatusOr<const Calendar*> Find(
      absl::string_view name) const;

  // What Find can be asked for, as advice to who asked for something else.
  [[nodiscard]] std::string Offer() const;

  // Every edition, in order of calendar and age.
  [[nodiscard]] const std::vector<std::shared_ptr<const Calendar>>& editions()
      const {
    return editions_;
  }

 private:
  std::vector<std::shared_ptr<const Calendar>> editions_;
  // By edition and by calendar. Looked up only, never iterated.
  absl::flat_hash_map<std::string, const Calendar*> by_name_;
};

}  // namespace careroute::calendar

#endif  // CAREROUTE_LIB_CALENDAR_CALENDAR_SET_H_

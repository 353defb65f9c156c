// lib/calendar/internal/working_day_table.h: every day of the supported years,
// worked or off, in a form that counts fast.
//
// One bit a day and, for each word of 64 bits, how many worked days precede
// it: counting is one look-up, finding the n-th worked day a binary search over
// some 1,700 words. An edition's 21 KB keep deadlines cheap on the path of
// every command.

#ifndef CAREROUTE_LIB_CALENDAR_INTERNAL_WORKING_DAY_TABLE_H_
#define CAREROUTE_LIB_CALENDAR_INTERNAL_WORKING_DAY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/calendar/civil_date.h"

namespace careroute::calendar::internal {

inline constexpr size_t kDays = static_cast<size_t>(kDateMax - kDateMin + 1);

// The index of a supported date in tables of all days.
[[nodiscard]] inline size_t IndexOf(CivilDate date) {
  return static_cast<size_t>(date - kDateMin);
}

// Immutable and thread-safe. Dates given to it must be supported.
class WorkingDayTable {
 public:
  // `working` holds one value for each day from kDateMin to kDateMax.
  explicit WorkingDayTable(const std::vector<bool>& working);

  [[nodiscard]] bool IsWorking(CivilDate date) const;

  // Worked days before `date`. Also takes the day after kDateMax.
  [[nodiscard]] int64_t CountBefore(CivilDate date) const;

  // The worked day that has exactly `rank` worked days before it; nothing when
  // there is none in the supported years.
  [[nodiscard]] std::optional<CivilDate> At(int64_t rank) const;

 private:
  std::vector<uint64_t> bits_;      // bit i of word w is day 64 w + i
  std::vector<int32_t> preceding_;  // worked days before each word
};

}  // namespace careroute::calendar::internal

#endif  // CAREROUTE_LIB_CALENDAR_INTERNAL_WORKING_DAY_TABLE_H_

#include "lib/calendar/internal/working_day_table.h"

#include <algorithm>
#include <bit>

#include "lib/base/check.h"

namespace careroute::calendar::internal {
namespace {

constexpr size_t kWordBits = 64;

// The lowest `count` bits of a word.
uint64_t LowBits(size_t count) { return (uint64_t{1} << count) - 1; }

}  // namespace

WorkingDayTable::WorkingDayTable(const std::vector<bool>& working)
    // One word more than the days need, so that the day after the last one
    // has a word too.
    : bits_(kDays / kWordBits + 1), preceding_(bits_.size()) {
  CAREROUTE_CHECK(working.size() == kDays);
  for (size_t day = 0; day < kDays; ++day) {
    if (working[day]) {
      bits_[day / kWordBits] |= uint64_t{1} << (day % kWordBits);
    }
  }
  for (size_t word = 1; word < bits_.size(); ++word) {
    preceding_[word] = preceding_[word - 1] + std::popcount(bits_[word - 1]);
  }
}

bool WorkingDayTable::IsWorking(CivilDate date) const {
  const size_t day = IndexOf(date);
  return ((bits_[day / kWordBits] >> (day % kWordBits)) & 1) != 0;
}

int64_t WorkingDayTable::CountBefore(CivilDate date) const {
  const size_t day = IndexOf(date);
  const size_t word = day / kWordBits;
  return preceding_[word] +
         std::popcount(bits_[word] & LowBits(day % kWordBits));
}

std::optional<CivilDate> WorkingDayTable::At(int64_t rank) const {
  if (rank < 0 || rank >= preceding_.back() + std::popcount(bits_.back())) {
    return std::nullopt;
  }
  const auto after =
      std::upper_bound(preceding_.begin(), preceding_.end(), rank);
  const auto word = static_cast<size_t>(after - preceding_.begin()) - 1;
  uint64_t rest = bits_[word];
  for (int64_t skip = rank - preceding_[word]; skip > 0; --skip) {
    rest &= rest - 1;  // drops the lowest worked day
  }
  const auto bit = static_cast<size_t>(std::countr_zero(rest));
  return DateOfDayNumber(DayNumberOf(kDateMin) +
                         static_cast<int64_t>(word * kWordBits + bit));
}

}  // namespace careroute::calendar::internal

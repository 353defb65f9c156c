#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr uint64_t kSignBit = uint64_t{1} << 63;
constexpr int kTimeBytes = 8;

}  // namespace

bool IsFollowed(const store::IndexList& list) {
  switch (static_cast<Table>(list.table)) {
    case Table::kParticipation:
    case Table::kQueue:
    case Table::kOutgoing:
      return true;
    default:
      return false;
  }
}

std::string SortByTime(absl::Time time) {
  const uint64_t ordered =
      static_cast<uint64_t>(absl::ToUnixMicros(time)) ^ kSignBit;
  std::string sort(kTimeBytes, '\0');
  for (int i = 0; i < kTimeBytes; ++i) {
    sort[static_cast<size_t>(i)] =
        static_cast<char>(ordered >> (8 * (kTimeBytes - 1 - i)));
  }
  return sort;
}

absl::Time TimeOfSort(absl::string_view sort) {
  uint64_t ordered = 0;
  for (int i = 0; i < kTimeBytes && i < static_cast<int>(sort.size()); ++i) {
    ordered = (ordered << 8) |
              static_cast<unsigned char>(sort[static_cast<size_t>(i)]);
  }
  return absl::FromUnixMicros(static_cast<int64_t>(ordered ^ kSignBit));
}

}  // namespace careroute::engine

#include "lib/store/postgres/internal/stamp.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace careroute::store::postgres {
namespace {

constexpr char kSeparator = '/';
constexpr size_t kPartsOfPlace = 4;
// A server runs a few hundred transactions at once.
constexpr size_t kSnapshotBytesLimit = 64 << 10;

absl::Status Malformed() {
  return absl::InvalidArgumentError(
      "after: is no position this store gave; begin with an empty one");
}

// "xmin:xmax:" and the ids in between that run. What passes is safe to hand to
// the server, which refuses what is still wrong.
bool LooksLikeSnapshot(absl::string_view text) {
  return text.size() <= kSnapshotBytesLimit &&
         std::count(text.begin(), text.end(), ':') == 2 &&
         text.find_first_not_of("0123456789:,") == absl::string_view::npos;
}

}  // namespace

ChangePosition PositionOf(const Place& place) {
  return absl::StrCat(place.epoch, "/", place.seen, "/", place.reading, "/",
                      place.last_stamp);
}

absl::StatusOr<std::optional<Place>> PlaceOf(const ChangePosition& position) {
  if (position.empty()) return std::optional<Place>();
  const std::vector<std::string> parts = absl::StrSplit(position, kSeparator);
  Place place;
  if (parts.size() != kPartsOfPlace ||
      !absl::SimpleAtoi(parts[0], &place.epoch) ||
      !absl::SimpleAtoi(parts[3], &place.last_stamp) ||
      !(parts[1].empty() || LooksLikeSnapshot(parts[1])) ||
      !(parts[2].empty() || LooksLikeSnapshot(parts[2])) ||
      (parts[1].empty() && parts[2].empty())) {
    return Malformed();
  }
  place.seen = parts[1];
  place.reading = parts[2];
  return std::optional<Place>(std::move(place));
}

int64_t OldestUnseen(const std::string& snapshot) {
  int64_t id = 0;
  if (!absl::SimpleAtoi(snapshot.substr(0, snapshot.find(':')), &id)) return 0;
  return id << kPlaceBits;
}

}  // namespace careroute::store::postgres

#include "lib/store/stamp_position.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/store/errors.h"

namespace careroute::store {

ChangePosition PositionAt(int64_t stamp) { return absl::StrCat(stamp); }

absl::StatusOr<int64_t> StampAt(const ChangePosition& position,
                                StampRange range) {
  if (position.empty()) {
    return 0;
  }
  int64_t stamp = 0;
  if (!absl::SimpleAtoi(position, &stamp) || stamp < 0 ||
      PositionAt(stamp) != position) {
    return absl::InvalidArgumentError(
        "this is not a position made by this store; list again");
  }
  if (stamp < range.purged || stamp > range.last) {
    return PositionOutOfRange();
  }
  return stamp;
}

}  // namespace careroute::store

// lib/store/stamp_position.h: change positions of backends that count stamps.
//
// For backends only. Where one process numbers every write of a row, the
// number of the last one seen is the whole position. A backend shared by
// several processes needs more and makes its own bytes.
//
//   page.position = PositionAt(last_stamp);
//   CAREROUTE_ASSIGN_OR_RETURN(const int64_t after,
//                              StampAt(request.after, range));

#ifndef CAREROUTE_LIB_STORE_STAMP_POSITION_H_
#define CAREROUTE_LIB_STORE_STAMP_POSITION_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "lib/store/index_store.h"

namespace careroute::store {

[[nodiscard]] ChangePosition PositionAt(int64_t stamp);

// The stamps a store can still tell about.
struct StampRange {
  int64_t purged = 0;  // the newest tombstone forgotten
  int64_t last = 0;    // the newest given out
};

// 0 for the empty position, which is always in range: who starts there holds
// no row that could have gone. INVALID_ARGUMENT for bytes PositionAt never
// makes, OUT_OF_RANGE outside the range.
[[nodiscard]] absl::StatusOr<int64_t> StampAt(const ChangePosition& position,
                                              StampRange range);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_STAMP_POSITION_H_

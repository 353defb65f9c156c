// lib/store/stored_value.h: what database columns mean, the same everywhere.
//
// For backends only. Times are stored in microseconds since 1970 UTC, streams
// as their 17 bytes, facts about the store as one row.
//
//   row.due = StoredTime(query.Int(4));
//   CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream,
//                              StoredStream(query.Bytes(0)));

#ifndef CAREROUTE_LIB_STORE_STORED_VALUE_H_
#define CAREROUTE_LIB_STORE_STORED_VALUE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/store/store.h"
#include "lib/store/stream_id.h"

namespace careroute::store {

// The instants outside 64 bits are infinitely far, as absl saturates them.
[[nodiscard]] absl::Time StoredTime(int64_t micros);

// UnknownStream when the bytes name none.
[[nodiscard]] absl::StatusOr<StreamId> StoredStream(absl::string_view bytes);

// The columns of the row that says what the store is.
struct StoredFacts {
  std::string uid;    // Uid::Bytes
  int64_t clock = 0;  // ClockKind
  int64_t epoch = 0;
  absl::Time created;
};

// NoStoreFacts when they cannot be true. `exclusive` and the version of the
// schema are left to the caller.
[[nodiscard]] absl::StatusOr<StoreInfo> StoreInfoOf(const StoredFacts& facts);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_STORED_VALUE_H_

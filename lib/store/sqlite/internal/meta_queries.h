// lib/store/sqlite/internal/meta_queries.h: the facts about the store itself.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_META_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_META_QUERIES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/store.h"

namespace careroute::store::internal {

struct Meta {
  StoreInfo info;  // `exclusive` is left to the caller
  int64_t last_stamp = 0;
};

// Writes the row of a new store, unless it is there; epoch 1.
[[nodiscard]] absl::Status CreateMeta(Connection& db, const StoreInfo& info);

// DATA_LOSS when the row is missing or holds an unknown clock.
[[nodiscard]] absl::StatusOr<Meta> ReadMeta(Connection& db);

// The store was restored from a backup.
[[nodiscard]] absl::Status RaiseEpoch(Connection& db);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_META_QUERIES_H_

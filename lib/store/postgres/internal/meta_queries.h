// lib/store/postgres/internal/meta_queries.h: facts about the store itself.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_META_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_META_QUERIES_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/store.h"

namespace careroute::store::postgres {

// Names a new store; one that has a name keeps it.
[[nodiscard]] absl::Status CreateMeta(Connection& db, const StoreInfo& info);

// NOT_FOUND for a store without a name, DATA_LOSS when it does not say what it
// is.
[[nodiscard]] absl::StatusOr<StoreInfo> ReadMeta(Connection& db);

// Begins a new epoch: no position a watcher kept from the forgotten time is
// valid any more. Takes as long as the store is large.
[[nodiscard]] absl::Status RaiseEpoch(Connection& db);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_META_QUERIES_H_

// lib/store/postgres/internal/index_queries.h: the rows of every list.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_INDEX_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_INDEX_QUERIES_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

[[nodiscard]] absl::StatusOr<std::optional<IndexRow>> GetRow(
    Connection& db, const GetRowRequest& request);
[[nodiscard]] absl::StatusOr<IndexPage> Scan(Connection& db,
                                             const ScanRequest& request);
[[nodiscard]] absl::StatusOr<ChangedPage> ScanChanged(
    Connection& db, const ScanChangedRequest& request);
[[nodiscard]] absl::StatusOr<ChangePosition> CurrentPosition(Connection& db);
[[nodiscard]] absl::StatusOr<int64_t> Count(Connection& db,
                                            const IndexList& list);
[[nodiscard]] absl::StatusOr<int64_t> PurgeTombstones(
    Connection& db, const PurgeRequest& request);

// Adds the rows an append puts and deletes. `request` must outlive the batch.
void AddRows(const AppendRequest& request, Batch& batch);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_INDEX_QUERIES_H_

// lib/store/sqlite/internal/index_queries.h: the rows of lists.
//
// Reads run in the caller's read transaction, writes under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_INDEX_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_INDEX_QUERIES_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/index_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

[[nodiscard]] absl::StatusOr<std::optional<IndexRow>> GetRow(
    Connection& db, const GetRowRequest& request);
[[nodiscard]] absl::StatusOr<IndexPage> Scan(Connection& db,
                                             const ScanRequest& request);
[[nodiscard]] absl::StatusOr<ChangedPage> ScanChanged(
    Connection& db, const ScanChangedRequest& request);
[[nodiscard]] absl::StatusOr<ChangePosition> CurrentPosition(Connection& db);
// Reads an index and no row: a page of a list waits for it.
inline constexpr char kCountRows[] =
    "SELECT count(*) FROM (SELECT 1 FROM index_rows WHERE list_table = ? "
    "AND list_key = ? AND deleted IS NULL LIMIT ?)";
[[nodiscard]] absl::StatusOr<int64_t> Count(Connection& db,
                                            const IndexList& list);

// Puts and deletes the rows of an append, counting `last_stamp` on.
[[nodiscard]] absl::Status WriteRows(Connection& db,
                                     const AppendRequest& request,
                                     int64_t& last_stamp);

[[nodiscard]] absl::StatusOr<int64_t> PurgeTombstones(
    Connection& db, const PurgeRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_INDEX_QUERIES_H_

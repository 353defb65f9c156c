// lib/store/sqlite/internal/outbox_queries.h: what must still be told.
//
// Reads run in the caller's read transaction, writes under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OUTBOX_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OUTBOX_QUERIES_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/outbox_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

[[nodiscard]] absl::StatusOr<std::vector<OutboxRow>> TakeDue(
    Connection& db, const TakeDueRequest& request);
[[nodiscard]] absl::Status Settle(Connection& db,
                                  const std::vector<OutboxKey>& keys);
[[nodiscard]] absl::Status Reschedule(Connection& db,
                                      const RescheduleRequest& request);
[[nodiscard]] absl::StatusOr<DueNowResult> DueNow(Connection& db,
                                                  const DueNowRequest& request);
[[nodiscard]] absl::StatusOr<OutboxPage> ListOutbox(
    Connection& db, const ListOutboxRequest& request);

// Adds the outbox rows of an append.
[[nodiscard]] absl::Status WriteOutbox(Connection& db,
                                       const AppendRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_OUTBOX_QUERIES_H_

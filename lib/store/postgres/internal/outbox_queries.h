// lib/store/postgres/internal/outbox_queries.h: what must still be told.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_OUTBOX_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_OUTBOX_QUERIES_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/append.h"
#include "lib/store/outbox_store.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

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

// Adds the outbox rows of an append. `request` must outlive the batch.
void AddOutbox(const AppendRequest& request, Batch& batch);

// Whether one of the append's rows has the number of one that still waits.
[[nodiscard]] absl::StatusOr<bool> OutboxTaken(Connection& db,
                                               const AppendRequest& request);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_OUTBOX_QUERIES_H_

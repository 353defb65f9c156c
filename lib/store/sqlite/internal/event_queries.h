// lib/store/sqlite/internal/event_queries.h: streams, snapshots, requests.
//
// Reads run in the caller's read transaction, writes under its savepoint.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_EVENT_QUERIES_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_EVENT_QUERIES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/store/event_store.h"
#include "lib/store/sqlite/internal/connection.h"

namespace careroute::store::internal {

[[nodiscard]] absl::StatusOr<StreamHead> ReadHead(Connection& db,
                                                  const StreamId& stream);
[[nodiscard]] absl::StatusOr<EventPage> ReadEvents(
    Connection& db, const ReadEventsRequest& request);
[[nodiscard]] absl::StatusOr<LoadResult> ReadForLoad(
    Connection& db, const LoadRequest& request);
// The same of several, one after the other on this connection.
[[nodiscard]] absl::StatusOr<std::vector<EventPage>> ReadManyEvents(
    Connection& db, const std::vector<ReadEventsRequest>& requests);
[[nodiscard]] absl::StatusOr<std::vector<LoadResult>> ReadManyForLoad(
    Connection& db, const std::vector<LoadRequest>& requests);
[[nodiscard]] absl::StatusOr<std::optional<RequestRecord>> FindRequest(
    Connection& db, const FindRequestRequest& request);
[[nodiscard]] absl::StatusOr<StreamPage> ListStreams(
    Connection& db, const ListStreamsRequest& request);

// Writes the request record, which the append must have. False, and nothing is
// written, when the request had its effect before.
[[nodiscard]] absl::StatusOr<bool> InsertRequest(Connection& db,
                                                 const AppendRequest& request);

// The events and the snapshot of an append that links to `head`; answers the
// new head. DATA_LOSS when it does not link.
[[nodiscard]] absl::StatusOr<StreamHead> WriteEvents(
    Connection& db, const StreamHead& head, const AppendRequest& request);

[[nodiscard]] absl::StatusOr<int64_t> PurgeAnswers(Connection& db,
                                                   const PurgeRequest& request);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_EVENT_QUERIES_H_

// lib/store/postgres/internal/event_queries.h: streams, snapshots, requests.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_EVENT_QUERIES_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_EVENT_QUERIES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "lib/store/event_store.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/connection.h"

namespace careroute::store::postgres {

[[nodiscard]] absl::StatusOr<StreamHead> ReadHead(Connection& db,
                                                  const StreamId& stream);
[[nodiscard]] absl::StatusOr<EventPage> ReadEvents(
    Connection& db, const ReadEventsRequest& request);
[[nodiscard]] absl::StatusOr<LoadResult> ReadForLoad(
    Connection& db, const LoadRequest& request);
// The same of several, in one round trip.
[[nodiscard]] absl::StatusOr<std::vector<EventPage>> ReadManyEvents(
    Connection& db, const std::vector<ReadEventsRequest>& requests);
[[nodiscard]] absl::StatusOr<std::vector<LoadResult>> ReadManyForLoad(
    Connection& db, const std::vector<LoadRequest>& requests);
[[nodiscard]] absl::StatusOr<std::optional<RequestRecord>> FindRequest(
    Connection& db, const FindRequestRequest& request);
[[nodiscard]] absl::StatusOr<StreamPage> ListStreams(
    Connection& db, const ListStreamsRequest& request);
[[nodiscard]] absl::StatusOr<int64_t> PurgeAnswers(Connection& db,
                                                   const PurgeRequest& request);

// The hash of one event; none when the stream has no such version.
[[nodiscard]] absl::StatusOr<std::optional<std::string>> ReadHash(
    Connection& db, const StreamId& stream, int64_t version);

// Adds the events, the snapshot and the request of an append. The events must
// link; `after` is the head with them. Both must outlive the batch.
void AddEvents(const AppendRequest& request, const StreamHead& after,
               Batch& batch);

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_EVENT_QUERIES_H_

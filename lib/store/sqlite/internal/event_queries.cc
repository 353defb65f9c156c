#include "lib/store/sqlite/internal/event_queries.h"

#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/chain.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {
namespace {

constexpr char kSelectHead[] =
    "SELECT version, chain_hash FROM events WHERE stream = ? "
    "ORDER BY version DESC LIMIT 1";
constexpr char kSelectEvents[] =
    "SELECT version, chain_hash, bytes FROM events "
    "WHERE stream = ? AND version > ? ORDER BY version LIMIT ?";
constexpr char kSelectSnapshot[] =
    "SELECT version, head_hash, bytes FROM snapshots "
    "WHERE stream = ? AND fold_version = ?";
constexpr char kSelectRequest[] =
    "SELECT body_hash, first_version, recorded, answer FROM requests "
    "WHERE stream = ? AND caller_key = ? AND request_id = ?";
constexpr char kSelectNextStream[] =
    "SELECT stream FROM events WHERE stream > ? ORDER BY stream LIMIT 1";
constexpr char kInsertEvent[] =
    "INSERT INTO events (stream, version, chain_hash, bytes) "
    "VALUES (?, ?, ?, ?)";
constexpr char kPutSnapshot[] =
    "INSERT INTO snapshots (stream, version, head_hash, fold_version, bytes) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET "
    "version = excluded.version, head_hash = excluded.head_hash, "
    "fold_version = excluded.fold_version, bytes = excluded.bytes";
constexpr char kInsertRequest[] =
    "INSERT INTO requests (stream, caller_key, request_id, body_hash, "
    "first_version, recorded, answer) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING";
constexpr char kPurgeAnswers[] =
    "UPDATE requests SET answer = NULL WHERE id IN ("
    "SELECT id FROM requests WHERE answer IS NOT NULL AND recorded < ? "
    "ORDER BY recorded LIMIT ?)";

absl::StatusOr<std::optional<Snapshot>> ReadSnapshot(
    Connection& db, const LoadRequest& request) {
  Query query(db, kSelectSnapshot);
  query.Bind(request.stream, request.fold_version);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<Snapshot>();
  }
  return std::optional<Snapshot>({.version = query.Int(0),
                                  .head_hash = query.Bytes(1),
                                  .fold_version = request.fold_version,
                                  .bytes = query.Bytes(2)});
}

absl::Status ReadNewer(Connection& db, const LoadRequest& request,
                       LoadResult& result) {
  int64_t after = request.known_version;
  if (after == 0) {
    CAREROUTE_ASSIGN_OR_RETURN(result.snapshot, ReadSnapshot(db, request));
    after = result.snapshot.has_value() ? result.snapshot->version : 0;
  }
  CAREROUTE_ASSIGN_OR_RETURN(EventPage page,
                             ReadEvents(db, {.stream = request.stream,
                                             .after_version = after,
                                             .limit = kPageRowsMax}));
  result.events = std::move(page.events);
  result.more = page.more;
  return absl::OkStatus();
}

absl::Status PutSnapshot(Connection& db, const StreamHead& head,
                         const NewSnapshot& snapshot) {
  Query query(db, kPutSnapshot);
  query.Bind(head.stream, head.version, head.hash, snapshot.fold_version,
             snapshot.bytes);
  return query.Run();
}

}  // namespace

absl::StatusOr<StreamHead> ReadHead(Connection& db, const StreamId& stream) {
  Query query(db, kSelectHead);
  query.Bind(stream);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return StreamHead{.stream = stream, .hash = ChainStart()};
  }
  return StreamHead{
      .stream = stream, .version = query.Int(0), .hash = query.Bytes(1)};
}

absl::StatusOr<EventPage> ReadEvents(Connection& db,
                                     const ReadEventsRequest& request) {
  Query query(db, kSelectEvents);
  query.Bind(request.stream, request.after_version,
             PageLimit(request.limit) + 1);
  EventPage page;
  PageFill fill(request.limit);
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return page;
    }
    StoredEvent event{.version = query.Int(0),
                      .bytes = query.Bytes(2),
                      .chain_hash = query.Bytes(1)};
    if (!fill.Take(event.bytes.size())) {
      page.more = true;
      return page;
    }
    page.events.push_back(std::move(event));
  }
}

absl::StatusOr<LoadResult> ReadForLoad(Connection& db,
                                       const LoadRequest& request) {
  LoadResult result;
  CAREROUTE_ASSIGN_OR_RETURN(result.head, ReadHead(db, request.stream));
  // Of a new stream, and of one that is known, there is nothing else.
  if (result.head.version > request.known_version) {
    CAREROUTE_RETURN_IF_ERROR(ReadNewer(db, request, result));
  }
  if (request.request.has_value()) {
    CAREROUTE_ASSIGN_OR_RETURN(
        result.request,
        FindRequest(db, {.stream = request.stream, .key = *request.request}));
  }
  return result;
}

absl::StatusOr<std::optional<RequestRecord>> FindRequest(
    Connection& db, const FindRequestRequest& request) {
  Query query(db, kSelectRequest);
  query.Bind(request.stream, request.key.caller_key, request.key.request_id);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<RequestRecord>();
  }
  RequestRecord record{.key = request.key,
                       .body_hash = query.Bytes(0),
                       .recorded_time = query.Time(2),
                       .first_version = query.Int(1)};
  if (!query.IsNull(3)) {
    record.answer = query.Bytes(3);
  }
  return std::optional<RequestRecord>(std::move(record));
}

absl::StatusOr<StreamPage> ListStreams(Connection& db,
                                       const ListStreamsRequest& request) {
  // The kind's byte alone sorts before every stream of the kind.
  std::string after(1, static_cast<char>(request.kind));
  if (request.after.has_value()) {
    after += request.after->Bytes();
  }
  StreamPage page;
  PageFill fill(request.limit);
  while (true) {
    Query query(db, kSelectNextStream);
    query.Bind(after);
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return page;
    }
    CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, query.Stream(0));
    if (stream.kind != request.kind) {
      return page;
    }
    if (!fill.Take(0)) {
      page.more = true;
      return page;
    }
    CAREROUTE_ASSIGN_OR_RETURN(StreamHead head, ReadHead(db, stream));
    page.streams.push_back(std::move(head));
    after = stream.Bytes();
  }
}

absl::StatusOr<bool> InsertRequest(Connection& db,
                                   const AppendRequest& request) {
  const RequestRecord& record = *request.request;
  Query query(db, kInsertRequest);
  query.Bind(request.stream, record.key.caller_key, record.key.request_id,
             record.body_hash, FirstVersion(request), request.recorded_time,
             record.answer);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return db.changed() > 0;
}

absl::StatusOr<StreamHead> WriteEvents(Connection& db, const StreamHead& head,
                                       const AppendRequest& request) {
  StreamHead next = head;
  for (const NewEvent& event : request.events) {
    next.hash = ChainHash({.previous = next.hash, .stored = event.bytes});
    if (next.hash != event.chain_hash) {
      return BrokenChain();
    }
    ++next.version;
    Query query(db, kInsertEvent);
    query.Bind(request.stream, next.version, next.hash, event.bytes);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  if (request.snapshot.has_value()) {
    CAREROUTE_RETURN_IF_ERROR(PutSnapshot(db, next, *request.snapshot));
  }
  return next;
}

absl::StatusOr<int64_t> PurgeAnswers(Connection& db,
                                     const PurgeRequest& request) {
  Query query(db, kPurgeAnswers);
  query.Bind(request.before, PageLimit(request.limit));
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return db.changed();
}

}  // namespace careroute::store::internal

#include "lib/store/postgres/internal/event_queries.h"

#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/chain.h"
#include "lib/store/postgres/internal/stamp.h"
#include "lib/store/request_check.h"

namespace careroute::store::postgres {
namespace {

constexpr char kSelectHead[] =
    "SELECT version, chain_hash FROM events WHERE stream = $1 "
    "ORDER BY version DESC LIMIT 1";
constexpr char kSelectHash[] =
    "SELECT chain_hash FROM events WHERE stream = $1 AND version = $2";
// The sum ends the page on the server: a client that asked for a thousand
// large events would have to hold them all. The row that passes the bound comes
// too, to tell that there are more.
#define CAREROUTE_EVENT_PAGE(after)                                      \
  "SELECT version, chain_hash, bytes FROM (SELECT version, chain_hash, " \
  "bytes, sum(octet_length(bytes)) OVER (ORDER BY version) - "           \
  "octet_length(bytes) AS before FROM events WHERE stream = $1 AND "     \
  "version > " after                                                     \
  " ORDER BY version LIMIT $3) AS page "                                 \
  "WHERE before <= 4194304 ORDER BY version"
static_assert(kPageBytesMax == 4194304);
constexpr char kSelectEvents[] = CAREROUTE_EVENT_PAGE("$2");
// $2 is the fold's version.
constexpr char kSelectEventsAfterSnapshot[] = CAREROUTE_EVENT_PAGE(
    "coalesce((SELECT s.version FROM snapshots s WHERE s.stream = $1 AND "
    "s.fold_version = $2), 0)");
#undef CAREROUTE_EVENT_PAGE
// What a caller that knows the stream has missed, with the head in the same
// rows: the event it knows comes first, without its bytes. Few enough that the
// largest fit in memory.
constexpr int kMissedMax = 16;
constexpr char kSelectMissed[] =
    "SELECT version, chain_hash, CASE WHEN version > $2 THEN bytes "
    "ELSE ''::bytea END FROM events WHERE stream = $1 AND version >= $2 "
    "ORDER BY version LIMIT 17";
static_assert(kMissedMax + 1 == 17);
constexpr char kSelectSnapshot[] =
    "SELECT version, head_hash, bytes FROM snapshots "
    "WHERE stream = $1 AND fold_version = $2";
constexpr char kSelectRequest[] =
    "SELECT body_hash, first_version, recorded, answer FROM requests "
    "WHERE stream = $1 AND caller_key = $2 AND request_id = $3";
constexpr char kSelectStreams[] =
    "SELECT stream FROM events WHERE version = 1 AND stream > $1 AND "
    "stream < $2 ORDER BY stream LIMIT $3";
constexpr char kInsertEvent[] =
    "INSERT INTO events (stream, version, chain_hash, stamp, bytes) "
    "VALUES ($1, $2, $3, " CAREROUTE_STAMP ", $4)";
constexpr char kPutSnapshot[] =
    "INSERT INTO snapshots (stream, version, head_hash, fold_version, bytes) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (stream) DO UPDATE SET "
    "version = excluded.version, head_hash = excluded.head_hash, "
    "fold_version = excluded.fold_version, bytes = excluded.bytes";
constexpr char kInsertRequest[] =
    "INSERT INTO requests (stream, caller_key, request_id, body_hash, "
    "first_version, recorded, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr char kSelectOldAnswers[] =
    "SELECT stream, caller_key, request_id FROM requests "
    "WHERE answer IS NOT NULL AND recorded < $1 ORDER BY recorded LIMIT $2";
constexpr char kPurgeAnswer[] =
    "UPDATE requests SET answer = NULL WHERE stream = $1 AND caller_key = $2 "
    "AND request_id = $3 AND answer IS NOT NULL";

StreamHead HeadOf(const Rows& rows, const StreamId& stream) {
  if (rows.size() == 0) return {.stream = stream, .hash = ChainStart()};
  return {
      .stream = stream, .version = rows.Int(0, 0), .hash = rows.Bytes(0, 1)};
}

EventPage PageOf(const Rows& rows, int32_t limit, int first = 0) {
  EventPage page;
  PageFill fill(limit);
  for (int row = first; row < rows.size(); ++row) {
    StoredEvent event{.version = rows.Int(row, 0),
                      .bytes = rows.Bytes(row, 2),
                      .chain_hash = rows.Bytes(row, 1)};
    if (!fill.Take(event.bytes.size())) {
      page.more = true;
      break;
    }
    page.events.push_back(std::move(event));
  }
  return page;
}

std::optional<RequestRecord> RecordOf(const Rows& rows, const RequestKey& key) {
  if (rows.size() == 0) return std::nullopt;
  RequestRecord record{.key = key,
                       .body_hash = rows.Bytes(0, 0),
                       .recorded_time = rows.Time(0, 2),
                       .first_version = rows.Int(0, 1)};
  if (!rows.IsNull(0, 3)) record.answer = rows.Bytes(0, 3);
  return record;
}

Connection::Statement SelectHead(const StreamId& stream) {
  return {.sql = kSelectHead, .params = Params(stream)};
}

Connection::Statement SelectRequest(const StreamId& stream,
                                    const RequestKey& key) {
  return {.sql = kSelectRequest,
          .params = Params(stream, key.caller_key, key.request_id)};
}

// What is known tells which events are wanted; with nothing known the snapshot
// does.
Connection::Statement SelectEvents(const LoadRequest& request) {
  constexpr int32_t kFetched = kPageRowsMax + 1;
  if (request.known_version > 0) {
    return {.sql = kSelectEvents,
            .params = Params(request.stream, request.known_version, kFetched)};
  }
  return {.sql = kSelectEventsAfterSnapshot,
          .params = Params(request.stream, request.fold_version, kFetched)};
}

Connection::Statement SelectEvents(const ReadEventsRequest& request) {
  return {.sql = kSelectEvents,
          .params = Params(request.stream, request.after_version,
                           PageLimit(request.limit) + 1)};
}

bool WantsSnapshot(const LoadRequest& request) {
  return request.known_version == 0;
}

// What a load asks, in the order in which ResultOf takes the answers.
void AddSelects(const LoadRequest& request,
                std::vector<Connection::Statement>& statements) {
  statements.push_back(SelectHead(request.stream));
  statements.push_back(SelectEvents(request));
  if (WantsSnapshot(request)) {
    statements.push_back(
        {.sql = kSelectSnapshot,
         .params = Params(request.stream, request.fold_version)});
  }
  if (request.request.has_value()) {
    statements.push_back(SelectRequest(request.stream, *request.request));
  }
}

// From the answers that begin at `next`, which it leaves behind.
LoadResult ResultOf(const LoadRequest& request,
                    std::vector<Rows>::const_iterator& next) {
  LoadResult result{.head = HeadOf(*next++, request.stream)};
  EventPage page = PageOf(*next++, kPageRowsMax);
  result.events = std::move(page.events);
  result.more = page.more;
  if (WantsSnapshot(request)) {
    const Rows& rows = *next++;
    if (rows.size() > 0) {
      result.snapshot = Snapshot{.version = rows.Int(0, 0),
                                 .head_hash = rows.Bytes(0, 1),
                                 .fold_version = request.fold_version,
                                 .bytes = rows.Bytes(0, 2)};
    }
  }
  if (request.request.has_value()) {
    result.request = RecordOf(*next++, *request.request);
  }
  return result;
}

// In their order.
absl::StatusOr<std::vector<StreamHead>> ReadHeads(
    Connection& db, const std::vector<StreamId>& streams) {
  std::vector<Connection::Statement> statements;
  statements.reserve(streams.size());
  for (const StreamId& stream : streams) {
    statements.push_back(SelectHead(stream));
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows,
                             db.RunTogether(statements));
  std::vector<StreamHead> heads;
  heads.reserve(streams.size());
  for (size_t i = 0; i < streams.size(); ++i) {
    heads.push_back(HeadOf(rows[i], streams[i]));
  }
  return heads;
}

// None when one look does not tell all: there is more than a few events, or no
// such version.
absl::StatusOr<std::optional<LoadResult>> LoadMissed(
    Connection& db, const LoadRequest& request) {
  std::vector<Connection::Statement> statements = {
      {.sql = kSelectMissed,
       .params = Params(request.stream, request.known_version)}};
  if (request.request.has_value()) {
    statements.push_back(SelectRequest(request.stream, *request.request));
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows,
                             db.RunTogether(statements));
  const int last = rows[0].size() - 1;
  if (last < 0 || last >= kMissedMax) return std::optional<LoadResult>();
  EventPage page = PageOf(rows[0], kPageRowsMax, /*first=*/1);
  LoadResult result{.head = {.stream = request.stream,
                             .version = rows[0].Int(last, 0),
                             .hash = rows[0].Bytes(last, 1)},
                    .events = std::move(page.events),
                    .more = page.more};
  if (request.request.has_value()) {
    result.request = RecordOf(rows[1], *request.request);
  }
  db.heads()->Put(result.head);
  return std::optional<LoadResult>(std::move(result));
}

}  // namespace

absl::StatusOr<StreamHead> ReadHead(Connection& db, const StreamId& stream) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(kSelectHead, Params(stream)));
  return HeadOf(rows, stream);
}

absl::StatusOr<std::optional<std::string>> ReadHash(Connection& db,
                                                    const StreamId& stream,
                                                    int64_t version) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(kSelectHash, Params(stream, version)));
  if (rows.size() == 0) return std::optional<std::string>();
  return std::optional<std::string>(rows.Bytes(0, 0));
}

absl::StatusOr<EventPage> ReadEvents(Connection& db,
                                     const ReadEventsRequest& request) {
  const Connection::Statement select = SelectEvents(request);
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(select.sql, select.params));
  return PageOf(rows, request.limit);
}

absl::StatusOr<std::vector<EventPage>> ReadManyEvents(
    Connection& db, const std::vector<ReadEventsRequest>& requests) {
  std::vector<Connection::Statement> statements;
  for (const ReadEventsRequest& request : requests) {
    statements.push_back(SelectEvents(request));
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows,
                             db.RunTogether(statements));
  std::vector<EventPage> pages;
  for (size_t i = 0; i < requests.size(); ++i) {
    pages.push_back(PageOf(rows[i], requests[i].limit));
  }
  return pages;
}

absl::StatusOr<LoadResult> ReadForLoad(Connection& db,
                                       const LoadRequest& request) {
  if (request.known_version > 0) {
    CAREROUTE_ASSIGN_OR_RETURN(std::optional<LoadResult> missed,
                               LoadMissed(db, request));
    if (missed.has_value()) return *std::move(missed);
  }
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<LoadResult> results,
                             ReadManyForLoad(db, {request}));
  return std::move(results.front());
}

absl::StatusOr<std::vector<LoadResult>> ReadManyForLoad(
    Connection& db, const std::vector<LoadRequest>& requests) {
  std::vector<Connection::Statement> statements;
  for (const LoadRequest& request : requests) {
    AddSelects(request, statements);
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows,
                             db.RunTogether(statements));
  std::vector<LoadResult> results;
  auto next = rows.begin();
  for (const LoadRequest& request : requests) {
    results.push_back(ResultOf(request, next));
    db.heads()->Put(results.back().head);
  }
  return results;
}

absl::StatusOr<std::optional<RequestRecord>> FindRequest(
    Connection& db, const FindRequestRequest& request) {
  const Connection::Statement select =
      SelectRequest(request.stream, request.key);
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(select.sql, select.params));
  return RecordOf(rows, request.key);
}

absl::StatusOr<StreamPage> ListStreams(Connection& db,
                                       const ListStreamsRequest& request) {
  // The kind's byte alone sorts before every stream of the kind, the next
  // kind's after them.
  const auto kind = static_cast<char>(request.kind);
  std::string after(1, kind);
  if (request.after.has_value()) after += request.after->Bytes();
  const std::string end(1, static_cast<char>(kind + 1));
  const int32_t limit = PageLimit(request.limit);
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows, db.Run(kSelectStreams, Params(after, end, limit + 1)));
  std::vector<StreamId> streams;
  for (int row = 0; row < rows.size() && row < limit; ++row) {
    CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, rows.Stream(row, 0));
    streams.push_back(stream);
  }
  StreamPage page{.more = rows.size() > limit};
  if (!streams.empty()) {
    CAREROUTE_ASSIGN_OR_RETURN(page.streams, ReadHeads(db, streams));
  }
  return page;
}

absl::StatusOr<int64_t> PurgeAnswers(Connection& db,
                                     const PurgeRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows old, db.Run(kSelectOldAnswers,
                             Params(request.before, PageLimit(request.limit))));
  std::vector<std::string> bytes;  // what the statements bind
  bytes.reserve(static_cast<size_t>(old.size()) * 3);
  Batch batch;
  for (int row = 0; row < old.size(); ++row) {
    for (int column = 0; column < 3; ++column) {
      bytes.push_back(old.Bytes(row, column));
    }
    const size_t at = bytes.size() - 3;
    batch.Add(kPurgeAnswer, Params(bytes[at], bytes[at + 1], bytes[at + 2]));
  }
  if (batch.empty()) return 0;
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows, batch.Commit(db));
  int64_t purged = 0;
  for (const Rows& one : rows) purged += one.changed();
  return purged;
}

void AddEvents(const AppendRequest& request, const StreamHead& after,
               Batch& batch) {
  int64_t version = request.expected_version;
  for (const NewEvent& event : request.events) {
    batch.Add(kInsertEvent,
              Params(request.stream, ++version, event.chain_hash, event.bytes));
  }
  if (request.snapshot.has_value()) {
    batch.Add(kPutSnapshot,
              Params(after.stream, after.version, after.hash,
                     request.snapshot->fold_version, request.snapshot->bytes));
  }
  if (request.request.has_value()) {
    const RequestRecord& record = *request.request;
    batch.Add(kInsertRequest, Params(request.stream, record.key.caller_key,
                                     record.key.request_id, record.body_hash,
                                     FirstVersion(request),
                                     request.recorded_time, record.answer));
  }
}

}  // namespace careroute::store::postgres

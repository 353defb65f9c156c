#include "lib/store/sqlite/internal/outbox_queries.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {
namespace {

#define CAREROUTE_OUTBOX_SELECT                                          \
  "SELECT stream, sequence, destination, event_version, due, attempts, " \
  "problem, lane FROM outbox "

constexpr char kSelectDue[] = CAREROUTE_OUTBOX_SELECT
    "WHERE lane = ? AND due <= ? ORDER BY due, stream, sequence LIMIT ?";
constexpr char kSelectWaiting[] = CAREROUTE_OUTBOX_SELECT
    "WHERE (stream, sequence) > (?, ?) ORDER BY stream, sequence LIMIT ?";
// The order of the whole table would do as well, and read past other lanes.
constexpr char kSelectWaitingInLane[] = CAREROUTE_OUTBOX_SELECT
    "INDEXED BY outbox_waiting WHERE lane = ? AND (stream, sequence) > (?, ?) "
    "ORDER BY stream, sequence LIMIT ?";
#undef CAREROUTE_OUTBOX_SELECT

constexpr char kInsertOutbox[] =
    "INSERT INTO outbox (stream, sequence, destination, event_version, due, "
    "attempts, lane) VALUES (?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING";
constexpr char kTakeOutbox[] =
    "UPDATE outbox SET due = ?, attempts = ? WHERE stream = ? AND "
    "sequence = ?";
constexpr char kRescheduleOutbox[] =
    "UPDATE outbox SET due = ?, problem = ? WHERE stream = ? AND "
    "sequence = ?";
constexpr char kHastenOutbox[] =
    "UPDATE outbox SET due = ? WHERE stream = ? AND sequence = ?";
constexpr char kDeleteOutbox[] =
    "DELETE FROM outbox WHERE stream = ? AND sequence = ?";

// Of the columns all selects name.
absl::StatusOr<OutboxRow> OutboxRowOf(Query& query) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, query.Stream(0));
  return OutboxRow{.key = {.stream = stream, .sequence = query.Int(1)},
                   .destination = query.Bytes(2),
                   .lane = query.Bytes(7),
                   .event_version = query.Int(3),
                   .due = query.Time(4),
                   .attempts = static_cast<int32_t>(query.Int(5)),
                   .problem = query.Bytes(6)};
}

absl::StatusOr<std::vector<OutboxRow>> RowsOf(Query& query) {
  std::vector<OutboxRow> rows;
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return rows;
    }
    CAREROUTE_ASSIGN_OR_RETURN(OutboxRow row, OutboxRowOf(query));
    rows.push_back(std::move(row));
  }
}

// Where a page begins. No stream's bytes are empty: every row comes after
// none.
struct PageStart {
  explicit PageStart(const std::optional<OutboxKey>& after)
      : stream(after.has_value() ? after->stream.Bytes() : ""),
        sequence(after.has_value() ? after->sequence : 0) {}
  std::string stream;
  int64_t sequence;
};

}  // namespace

absl::StatusOr<std::vector<OutboxRow>> TakeDue(Connection& db,
                                               const TakeDueRequest& request) {
  Query due(db, kSelectDue);
  due.Bind(request.lane, request.now, std::min(request.limit, kOutboxTakeMax));
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<OutboxRow> rows, RowsOf(due));
  for (OutboxRow& row : rows) {
    row.due = request.now + request.lease;
    ++row.attempts;
    Query query(db, kTakeOutbox);
    query.Bind(row.due, row.attempts, row.key.stream, row.key.sequence);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  return rows;
}

absl::Status Settle(Connection& db, const std::vector<OutboxKey>& keys) {
  for (const OutboxKey& key : keys) {
    Query query(db, kDeleteOutbox);
    query.Bind(key.stream, key.sequence);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  return absl::OkStatus();
}

absl::Status Reschedule(Connection& db, const RescheduleRequest& request) {
  Query query(db, kRescheduleOutbox);
  query.Bind(request.due, request.problem, request.key.stream,
             request.key.sequence);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return db.changed() == 0 ? OutboxRowMissing() : absl::OkStatus();
}

absl::StatusOr<DueNowResult> DueNow(Connection& db,
                                    const DueNowRequest& request) {
  const PageStart start(request.after);
  const int32_t limit = std::min(request.limit, kOutboxTakeMax);
  Query waiting(db, kSelectWaitingInLane);
  waiting.Bind(request.lane, start.stream, start.sequence, limit);
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<OutboxRow> rows,
                             RowsOf(waiting));
  DueNowResult result;
  for (const OutboxRow& row : rows) {
    if (row.due <= request.now) continue;
    Query query(db, kHastenOutbox);
    query.Bind(request.now, row.key.stream, row.key.sequence);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
    ++result.rows;
  }
  if (rows.size() == static_cast<size_t>(limit)) result.last = rows.back().key;
  return result;
}

absl::StatusOr<OutboxPage> ListOutbox(Connection& db,
                                      const ListOutboxRequest& request) {
  const PageStart start(request.after);
  const int32_t limit = PageLimit(request.limit) + 1;
  Query query(db,
              request.lane.has_value() ? kSelectWaitingInLane : kSelectWaiting);
  if (request.lane.has_value()) {
    query.Bind(*request.lane, start.stream, start.sequence, limit);
  } else {
    query.Bind(start.stream, start.sequence, limit);
  }
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<OutboxRow> rows, RowsOf(query));
  OutboxPage page;
  PageFill fill(request.limit);
  for (OutboxRow& row : rows) {
    if (!fill.Take(row.destination.size() + row.lane.size())) {
      page.more = true;
      break;
    }
    page.rows.push_back(std::move(row));
  }
  return page;
}

absl::Status WriteOutbox(Connection& db, const AppendRequest& request) {
  for (const OutboxRow& row : request.outbox) {
    Query query(db, kInsertOutbox);
    query.Bind(request.stream, row.key.sequence, row.destination,
               row.event_version, row.due, row.lane);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
    if (db.changed() == 0) {
      return OutboxSequenceTaken();
    }
  }
  return absl::OkStatus();
}

}  // namespace careroute::store::internal

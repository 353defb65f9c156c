#include "lib/store/postgres/internal/outbox_queries.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::postgres {
namespace {

#define CAREROUTE_OUTBOX_COLUMNS                                           \
  "stream, sequence, destination, event_version, due, attempts, problem, " \
  "lane"

constexpr char kInsertOutbox[] = "INSERT INTO outbox (" CAREROUTE_OUTBOX_COLUMNS
                                 ") VALUES ($1, $2, $3, $4, $5, 0, '', $6)";
constexpr char kSelectOne[] =
    "SELECT sequence FROM outbox WHERE stream = $1 AND sequence = $2";
constexpr char kSelectDue[] = "SELECT " CAREROUTE_OUTBOX_COLUMNS
                              " FROM outbox WHERE lane = $1 AND due <= $2 "
                              "ORDER BY due, stream, sequence LIMIT $3";
constexpr char kSelectWaiting[] =
    "SELECT " CAREROUTE_OUTBOX_COLUMNS
    " FROM outbox WHERE (stream, sequence) > ($1, $2) "
    "ORDER BY stream, sequence LIMIT $3";
constexpr char kSelectWaitingInLane[] =
    "SELECT " CAREROUTE_OUTBOX_COLUMNS
    " FROM outbox WHERE lane = $1 AND (stream, sequence) > ($2, $3) "
    "ORDER BY stream, sequence LIMIT $4";
#undef CAREROUTE_OUTBOX_COLUMNS
// Nothing, when another process took the row since it was read.
constexpr char kTakeOutbox[] =
    "UPDATE outbox SET due = $1, attempts = attempts + 1 "
    "WHERE stream = $2 AND sequence = $3 AND due = $4";
constexpr char kRescheduleOutbox[] =
    "UPDATE outbox SET due = $1, problem = $2 "
    "WHERE stream = $3 AND sequence = $4";
constexpr char kHastenOutbox[] =
    "UPDATE outbox SET due = $1 "
    "WHERE stream = $2 AND sequence = $3 AND due > $1";
constexpr char kDeleteOutbox[] =
    "DELETE FROM outbox WHERE stream = $1 AND sequence = $2";

absl::StatusOr<OutboxRow> RowOf(const Rows& rows, int row) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, rows.Stream(row, 0));
  return OutboxRow{.key = {.stream = stream, .sequence = rows.Int(row, 1)},
                   .destination = rows.Bytes(row, 2),
                   .lane = rows.Bytes(row, 7),
                   .event_version = rows.Int(row, 3),
                   .due = rows.Time(row, 4),
                   .attempts = static_cast<int32_t>(rows.Int(row, 5)),
                   .problem = rows.Bytes(row, 6)};
}

absl::StatusOr<std::vector<OutboxRow>> RowsOf(const Rows& rows) {
  std::vector<OutboxRow> all;
  all.reserve(static_cast<size_t>(rows.size()));
  for (int at = 0; at < rows.size(); ++at) {
    CAREROUTE_ASSIGN_OR_RETURN(OutboxRow row, RowOf(rows, at));
    all.push_back(std::move(row));
  }
  return all;
}

// Where a page begins. Nothing sorts before the empty stream.
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
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows found,
      db.Run(kSelectDue, Params(request.lane, request.now,
                                std::min(request.limit, kOutboxTakeMax))));
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<OutboxRow> due, RowsOf(found));
  if (due.empty()) return due;
  // In the order of their keys, so that two processes never wait for each
  // other's rows in a ring.
  std::vector<size_t> order(due.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&due](size_t a, size_t b) { return due[a].key < due[b].key; });
  const absl::Time leased = request.now + request.lease;
  Batch batch;
  for (const size_t i : order) {
    batch.Add(kTakeOutbox, Params(leased, due[i].key.stream,
                                  due[i].key.sequence, due[i].due));
  }
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> taken, batch.Commit(db));
  std::vector<bool> ours(due.size());
  for (size_t i = 0; i < order.size(); ++i) {
    ours[order[i]] = taken[i].changed() > 0;
  }
  std::vector<OutboxRow> rows;
  for (size_t i = 0; i < due.size(); ++i) {
    if (!ours[i]) continue;
    due[i].due = leased;
    ++due[i].attempts;
    rows.push_back(std::move(due[i]));
  }
  return rows;
}

absl::Status Settle(Connection& db, const std::vector<OutboxKey>& keys) {
  // In order, as in TakeDue.
  std::vector<OutboxKey> ordered = keys;
  std::sort(ordered.begin(), ordered.end());
  Batch batch;
  for (const OutboxKey& key : ordered) {
    batch.Add(kDeleteOutbox, Params(key.stream, key.sequence));
  }
  return batch.Commit(db).status();
}

absl::Status Reschedule(Connection& db, const RescheduleRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows,
      db.Run(kRescheduleOutbox,
             Params(request.due, request.problem, request.key.stream,
                    request.key.sequence)));
  return rows.changed() > 0 ? absl::OkStatus() : OutboxRowMissing();
}

absl::StatusOr<DueNowResult> DueNow(Connection& db,
                                    const DueNowRequest& request) {
  const PageStart start(request.after);
  const int32_t limit = std::min(request.limit, kOutboxTakeMax);
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows found,
      db.Run(kSelectWaitingInLane,
             Params(request.lane, start.stream, start.sequence, limit)));
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<OutboxRow> waiting,
                             RowsOf(found));
  DueNowResult result;
  Batch batch;
  for (const OutboxRow& row : waiting) {
    if (row.due <= request.now) continue;
    batch.Add(kHastenOutbox,
              Params(request.now, row.key.stream, row.key.sequence));
  }
  if (!batch.empty()) {
    CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> hastened,
                               batch.Commit(db));
    for (const Rows& one : hastened) {
      if (one.changed() > 0) ++result.rows;
    }
  }
  if (waiting.size() == static_cast<size_t>(limit)) {
    result.last = waiting.back().key;
  }
  return result;
}

absl::StatusOr<OutboxPage> ListOutbox(Connection& db,
                                      const ListOutboxRequest& request) {
  const PageStart start(request.after);
  const int32_t limit = PageLimit(request.limit) + 1;
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows,
      request.lane.has_value()
          ? db.Run(kSelectWaitingInLane,
                   Params(*request.lane, start.stream, start.sequence, limit))
          : db.Run(kSelectWaiting,
                   Params(start.stream, start.sequence, limit)));
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<OutboxRow> all, RowsOf(rows));
  OutboxPage page;
  PageFill fill(request.limit);
  for (OutboxRow& row : all) {
    if (!fill.Take(row.destination.size() + row.lane.size())) {
      page.more = true;
      break;
    }
    page.rows.push_back(std::move(row));
  }
  return page;
}

void AddOutbox(const AppendRequest& request, Batch& batch) {
  for (const OutboxRow& row : request.outbox) {
    batch.Add(kInsertOutbox,
              Params(request.stream, row.key.sequence, row.destination,
                     row.event_version, row.due, row.lane));
  }
}

absl::StatusOr<bool> OutboxTaken(Connection& db, const AppendRequest& request) {
  for (const OutboxRow& row : request.outbox) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const Rows rows,
        db.Run(kSelectOne, Params(request.stream, row.key.sequence)));
    if (rows.size() > 0) return true;
  }
  return false;
}

}  // namespace careroute::store::postgres

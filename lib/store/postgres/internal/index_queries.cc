#include "lib/store/postgres/internal/index_queries.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/postgres/internal/stamp.h"
#include "lib/store/request_check.h"

namespace careroute::store::postgres {
namespace {

// Every SELECT of rows gives the same columns in the same order, and begins
// with the list.
#define CAREROUTE_SELECT_ROWS                                             \
  "SELECT stream, row_id, sort, payload, stamp, deleted FROM index_rows " \
  "WHERE list_table = $1 AND list_key = $2 "

constexpr char kSelectRow[] =
    CAREROUTE_SELECT_ROWS "AND stream = $3 AND row_id = $4 AND deleted IS NULL";
constexpr char kScanUp[] = CAREROUTE_SELECT_ROWS
    "AND deleted IS NULL AND (sort, row_id, stream) > ($3, $4, $5) "
    "ORDER BY sort, row_id, stream LIMIT $6";
constexpr char kScanDown[] = CAREROUTE_SELECT_ROWS
    "AND deleted IS NULL AND (sort, row_id, stream) < ($3, $4, $5) "
    "ORDER BY sort DESC, row_id DESC, stream DESC LIMIT $6";
constexpr char kScanDownFromEnd[] = CAREROUTE_SELECT_ROWS
    "AND deleted IS NULL "
    "ORDER BY sort DESC, row_id DESC, stream DESC LIMIT $3";
constexpr char kScanFirstChanges[] = CAREROUTE_SELECT_ROWS
    "AND stamp > $3 AND stamp <> 0 ORDER BY stamp LIMIT $4";
constexpr char kScanChanged[] =
    CAREROUTE_SELECT_ROWS "AND stamp > $3 AND " CAREROUTE_UNSEEN(
        "stamp", "$5") " ORDER BY stamp LIMIT $4";
#undef CAREROUTE_SELECT_ROWS

constexpr char kSelectNow[] =
    "SELECT epoch, purged_stamp, pg_current_snapshot()::text "
    "FROM careroute_store";
constexpr char kCount[] =
    "SELECT count(*) FROM (SELECT 1 FROM index_rows WHERE list_table = $1 "
    "AND list_key = $2 AND deleted IS NULL LIMIT $3) AS counted";
#define CAREROUTE_PUT_ROW(stamp)                                          \
  "INSERT INTO index_rows (stream, list_table, list_key, row_id, sort, "  \
  "payload, stamp, deleted) VALUES ($1, $2, $3, $4, $5, $6, " stamp       \
  ", NULL) ON CONFLICT (stream, list_table, list_key, row_id) DO UPDATE " \
  "SET sort = excluded.sort, payload = excluded.payload, "                \
  "stamp = excluded.stamp, deleted = NULL"
constexpr char kPutRow[] = CAREROUTE_PUT_ROW(CAREROUTE_STAMP " | $7");
// A row that nobody follows keeps one stamp for ever: when only its payload
// changes no index is written, which is most of what a row costs.
constexpr char kPutUnfollowedRow[] = CAREROUTE_PUT_ROW("0");
#undef CAREROUTE_PUT_ROW
// No stamp stays none; what a restore has moved into the past, below 0, has
// one. A product, since Citus takes no stable function in CASE.
constexpr char kDeleteRow[] =
    "UPDATE index_rows SET sort = '', payload = '', "
    "stamp = (stamp <> 0)::int * (" CAREROUTE_STAMP
    " | $6), deleted = $5 "
    "WHERE stream = $1 AND list_table = $2 AND list_key = $3 AND row_id = $4 "
    "AND deleted IS NULL";
constexpr char kSelectOldTombstones[] =
    "SELECT stream, list_table, list_key, row_id, stamp FROM index_rows "
    "WHERE deleted IS NOT NULL AND deleted < $1 ORDER BY deleted LIMIT $2";
// Not what came back since it was found: with another stamp, or, when nobody
// follows it, with none as before.
constexpr char kForgetRow[] =
    "DELETE FROM index_rows WHERE stream = $1 AND list_table = $2 AND "
    "list_key = $3 AND row_id = $4 AND stamp = $5 AND deleted IS NOT NULL";
constexpr char kRaisePurgedStamp[] =
    "UPDATE careroute_store SET purged_stamp = greatest(purged_stamp, $1)";

absl::StatusOr<IndexRow> RowOf(const Rows& rows, int row,
                               const IndexList& list) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, rows.Stream(row, 0));
  const int64_t stamp = rows.Int(row, 4);
  return IndexRow{.list = list,
                  .sort = rows.Bytes(row, 2),
                  .id = rows.Bytes(row, 1),
                  .payload = rows.Bytes(row, 3),
                  .followed = stamp != 0,
                  .stream = stream,
                  .stamp = stamp,
                  .deleted = !rows.IsNull(row, 5)};
}

// Takes rows until the page is full; true when more follow.
absl::StatusOr<bool> FillPage(const Rows& rows, const IndexList& list,
                              int32_t limit, std::vector<IndexRow>& page) {
  PageFill fill(limit);
  for (int at = 0; at < rows.size(); ++at) {
    CAREROUTE_ASSIGN_OR_RETURN(IndexRow row, RowOf(rows, at, list));
    if (!fill.Take(row.payload.size())) return true;
    page.push_back(std::move(row));
  }
  return false;
}

// One more than the page holds tells whether more follow.
int32_t Fetched(int32_t limit) { return PageLimit(limit) + 1; }

// The store as a reader finds it now.
struct Now {
  int64_t epoch = 0;
  int64_t purged_stamp = 0;
  std::string snapshot;
};

Now NowOf(const Rows& rows) {
  return {.epoch = rows.Int(0, 0),
          .purged_stamp = rows.Int(0, 1),
          .snapshot = rows.Bytes(0, 2)};
}

// Who begins with the empty position holds no row that could have gone.
absl::Status CheckInRange(const std::optional<Place>& after, const Now& now) {
  if (!after.has_value()) return absl::OkStatus();
  const bool before_purge =
      !after->seen.empty() && now.purged_stamp >= OldestUnseen(after->seen);
  if (after->epoch != now.epoch || before_purge) return PositionOutOfRange();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<IndexRow>> GetRow(Connection& db,
                                               const GetRowRequest& request) {
  const IndexList& list = request.row.list;
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows,
      db.Run(kSelectRow,
             Params(list.table, list.key, request.stream, request.row.id)));
  if (rows.size() == 0) return std::optional<IndexRow>();
  CAREROUTE_ASSIGN_OR_RETURN(IndexRow row, RowOf(rows, 0, list));
  return std::optional<IndexRow>(std::move(row));
}

absl::StatusOr<IndexPage> Scan(Connection& db, const ScanRequest& request) {
  const IndexList& list = request.list;
  const int32_t fetched = Fetched(request.limit);
  const ScanPosition after = request.after.value_or(ScanPosition{});
  const bool up = request.order == ScanOrder::kAscending;
  absl::StatusOr<Rows> rows =
      up || request.after.has_value()
          ? db.Run(up ? kScanUp : kScanDown,
                   Params(list.table, list.key, after.sort, after.id,
                          after.stream, fetched))
          : db.Run(kScanDownFromEnd, Params(list.table, list.key, fetched));
  CAREROUTE_RETURN_IF_ERROR(rows.status());
  IndexPage page;
  CAREROUTE_ASSIGN_OR_RETURN(page.more,
                             FillPage(*rows, list, request.limit, page.rows));
  return page;
}

absl::StatusOr<ChangedPage> ScanChanged(Connection& db,
                                        const ScanChangedRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<Place> after,
                             PlaceOf(request.after));
  const IndexList& list = request.list;
  const int32_t fetched = Fetched(request.limit);
  const Place from = after.value_or(Place{});
  const Connection::Statement select =
      from.seen.empty()
          ? Connection::Statement{kScanFirstChanges,
                                  Params(list.table, list.key, from.last_stamp,
                                         fetched)}
          : Connection::Statement{kScanChanged,
                                  Params(list.table, list.key, from.last_stamp,
                                         fetched, Text{from.seen})};
  // Both see the same state, so that nothing falls between them.
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows,
                             db.RunTogether({{kSelectNow, Params()}, select}));
  const Now now = NowOf(rows[0]);
  CAREROUTE_RETURN_IF_ERROR(CheckInRange(after, now));
  ChangedPage page;
  CAREROUTE_ASSIGN_OR_RETURN(page.more,
                             FillPage(rows[1], list, request.limit, page.rows));
  // What the first page of several saw is where the next read begins: changes
  // that were made since may stand before the last stamp given.
  Place place{.epoch = now.epoch};
  const std::string reading =
      from.reading.empty() ? now.snapshot : from.reading;
  if (page.more) {
    place.seen = from.seen;
    place.reading = reading;
    place.last_stamp = page.rows.back().stamp;
  } else {
    place.seen = reading;
  }
  page.position = PositionOf(place);
  return page;
}

absl::StatusOr<ChangePosition> CurrentPosition(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows, db.Run(kSelectNow, Params()));
  const Now now = NowOf(rows);
  return PositionOf({.epoch = now.epoch, .seen = now.snapshot});
}

absl::StatusOr<int64_t> Count(Connection& db, const IndexList& list) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows, db.Run(kCount, Params(list.table, list.key, kCountMax)));
  return rows.Int(0, 0);
}

void AddRows(const AppendRequest& request, Batch& batch) {
  int64_t place = 0;
  for (const IndexRow& row : request.put_rows) {
    if (row.followed) {
      batch.Add(kPutRow, Params(request.stream, row.list.table, row.list.key,
                                row.id, row.sort, row.payload, ++place));
    } else {
      batch.Add(kPutUnfollowedRow,
                Params(request.stream, row.list.table, row.list.key, row.id,
                       row.sort, row.payload));
    }
  }
  for (const IndexRowId& row : request.delete_rows) {
    batch.Add(kDeleteRow, Params(request.stream, row.list.table, row.list.key,
                                 row.id, request.recorded_time, ++place));
  }
}

absl::StatusOr<int64_t> PurgeTombstones(Connection& db,
                                        const PurgeRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows old, db.Run(kSelectOldTombstones,
                             Params(request.before, PageLimit(request.limit))));
  if (old.size() == 0) return 0;
  int64_t newest = 0;
  std::vector<std::string> bytes;  // what the statements bind
  bytes.reserve(static_cast<size_t>(old.size()) * 3);
  Batch batch;
  for (int row = 0; row < old.size(); ++row) {
    for (const int column : {0, 2, 3}) bytes.push_back(old.Bytes(row, column));
    const size_t at = bytes.size() - 3;
    const int64_t stamp = old.Int(row, 4);
    batch.Add(kForgetRow, Params(bytes[at], old.Int(row, 1), bytes[at + 1],
                                 bytes[at + 2], stamp));
    newest = std::max(newest, stamp);
  }
  batch.Add(kRaisePurgedStamp, Params(newest));
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> rows, batch.Commit(db));
  int64_t forgotten = 0;
  for (int row = 0; row < old.size(); ++row) {
    forgotten += rows[static_cast<size_t>(row)].changed();
  }
  return forgotten;
}

}  // namespace careroute::store::postgres

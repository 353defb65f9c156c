#include "lib/store/sqlite/internal/index_queries.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/store/request_check.h"
#include "lib/store/stamp_position.h"

namespace careroute::store::internal {
namespace {

// Every SELECT of rows gives the same columns in the same order.
#define CAREROUTE_ROW_COLUMNS "stream, row_id, sort, payload, stamp, deleted"

constexpr char kSelectRow[] =
    "SELECT " CAREROUTE_ROW_COLUMNS
    " FROM index_rows "
    "WHERE stream = ? AND list_table = ? AND list_key = ? AND row_id = ? "
    "AND deleted IS NULL";
constexpr char kScanUp[] =
    "SELECT " CAREROUTE_ROW_COLUMNS
    " FROM index_rows "
    "WHERE list_table = ? AND list_key = ? AND deleted IS NULL "
    "AND (sort, row_id, stream) > (?, ?, ?) "
    "ORDER BY sort, row_id, stream LIMIT ?";
constexpr char kScanDown[] =
    "SELECT " CAREROUTE_ROW_COLUMNS
    " FROM index_rows "
    "WHERE list_table = ? AND list_key = ? AND deleted IS NULL "
    "AND (sort, row_id, stream) < (?, ?, ?) "
    "ORDER BY sort DESC, row_id DESC, stream DESC LIMIT ?";
constexpr char kScanDownFromEnd[] =
    "SELECT " CAREROUTE_ROW_COLUMNS
    " FROM index_rows "
    "WHERE list_table = ? AND list_key = ? AND deleted IS NULL "
    "ORDER BY sort DESC, row_id DESC, stream DESC LIMIT ?";
// The second word on the stamp is that of the index.
constexpr char kScanChanged[] =
    "SELECT " CAREROUTE_ROW_COLUMNS
    " FROM index_rows "
    "WHERE list_table = ? AND list_key = ? AND stamp > ? AND stamp <> 0 "
    "ORDER BY stamp LIMIT ?";
#undef CAREROUTE_ROW_COLUMNS

constexpr char kSelectStamps[] = "SELECT purged_stamp, last_stamp FROM meta";
// Most writes leave a row where it stands in its list. Naming only the
// columns that change keeps SQLite from rewriting the other indexes.
constexpr char kUpdateInPlace[] =
    "UPDATE index_rows SET payload = ?, stamp = ? WHERE stream = ? AND "
    "list_table = ? AND list_key = ? AND row_id = ? AND sort = ? AND "
    "deleted IS NULL";
constexpr char kPutRow[] =
    "INSERT INTO index_rows (stream, list_table, list_key, row_id, sort, "
    "payload, stamp, deleted) VALUES (?, ?, ?, ?, ?, ?, ?, NULL) "
    "ON CONFLICT (stream, list_table, list_key, row_id) DO UPDATE SET "
    "sort = excluded.sort, payload = excluded.payload, "
    "stamp = excluded.stamp, deleted = NULL";
constexpr char kDeleteRow[] =
    "UPDATE index_rows SET sort = x'', payload = x'', "
    "stamp = iif(stamp = 0, 0, ?), deleted = ? "
    "WHERE stream = ? AND list_table = ? AND list_key = ? AND row_id = ? AND "
    "deleted IS NULL";
constexpr char kSelectOldTombstones[] =
    "SELECT stream, list_table, list_key, row_id, stamp FROM index_rows "
    "WHERE deleted IS NOT NULL AND deleted < ? ORDER BY deleted LIMIT ?";
constexpr char kForgetRow[] =
    "DELETE FROM index_rows WHERE stream = ? AND list_table = ? AND "
    "list_key = ? AND row_id = ?";
constexpr char kRaisePurgedStamp[] =
    "UPDATE meta SET purged_stamp = max(purged_stamp, ?)";

absl::StatusOr<IndexRow> RowOf(const Query& query, const IndexList& list) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, query.Stream(0));
  return IndexRow{.list = list,
                  .sort = query.Bytes(2),
                  .id = query.Bytes(1),
                  .payload = query.Bytes(3),
                  .followed = query.Int(4) != 0,
                  .stream = stream,
                  .stamp = query.Int(4),
                  .deleted = !query.IsNull(5)};
}

// Reads rows until the page is full; true when more follow.
absl::StatusOr<bool> FillPage(Query& query, const IndexList& list,
                              PageFill fill, std::vector<IndexRow>& rows) {
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return false;
    }
    CAREROUTE_ASSIGN_OR_RETURN(IndexRow row, RowOf(query, list));
    if (!fill.Take(row.payload.size())) {
      return true;
    }
    rows.push_back(std::move(row));
  }
}

// One more than the page holds tells whether more follow.
int32_t Fetched(int32_t limit) { return PageLimit(limit) + 1; }

absl::StatusOr<StampRange> ReadStamps(Connection& db) {
  Query query(db, kSelectStamps);
  CAREROUTE_RETURN_IF_ERROR(query.Step().status());
  return StampRange{.purged = query.Int(0), .last = query.Int(1)};
}

// Whether the row stood in its place and was written there.
absl::StatusOr<bool> UpdatedInPlace(Connection& db, const StreamId& stream,
                                    const IndexRow& row, int64_t stamp) {
  Query query(db, kUpdateInPlace);
  query.Bind(row.payload, stamp, stream, row.list.table, row.list.key, row.id,
             row.sort);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return db.changed() > 0;
}

absl::Status PutRow(Connection& db, const StreamId& stream, const IndexRow& row,
                    int64_t stamp) {
  Query query(db, kPutRow);
  query.Bind(stream, row.list.table, row.list.key, row.id, row.sort,
             row.payload, stamp);
  return query.Run();
}

}  // namespace

absl::StatusOr<std::optional<IndexRow>> GetRow(Connection& db,
                                               const GetRowRequest& request) {
  Query query(db, kSelectRow);
  query.Bind(request.stream, request.row.list.table, request.row.list.key,
             request.row.id);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<IndexRow>();
  }
  CAREROUTE_ASSIGN_OR_RETURN(IndexRow row, RowOf(query, request.row.list));
  return std::optional<IndexRow>(std::move(row));
}

absl::StatusOr<IndexPage> Scan(Connection& db, const ScanRequest& request) {
  const IndexList& list = request.list;
  const int32_t fetched = Fetched(request.limit);
  const ScanPosition after = request.after.value_or(ScanPosition{});
  const bool up = request.order == ScanOrder::kAscending;
  Query query(db, up                          ? kScanUp
                  : request.after.has_value() ? kScanDown
                                              : kScanDownFromEnd);
  if (up || request.after.has_value()) {
    query.Bind(list.table, list.key, after.sort, after.id, after.stream,
               fetched);
  } else {
    query.Bind(list.table, list.key, fetched);
  }
  IndexPage page;
  CAREROUTE_ASSIGN_OR_RETURN(
      page.more, FillPage(query, list, PageFill(request.limit), page.rows));
  return page;
}

absl::StatusOr<ChangedPage> ScanChanged(Connection& db,
                                        const ScanChangedRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const StampRange range, ReadStamps(db));
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t after,
                             StampAt(request.after, range));
  Query query(db, kScanChanged);
  query.Bind(request.list.table, request.list.key, after,
             Fetched(request.limit));
  ChangedPage page;
  CAREROUTE_ASSIGN_OR_RETURN(
      page.more,
      FillPage(query, request.list, PageFill(request.limit), page.rows));
  page.position = PositionAt(page.more ? page.rows.back().stamp : range.last);
  return page;
}

absl::StatusOr<ChangePosition> CurrentPosition(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const StampRange range, ReadStamps(db));
  return PositionAt(range.last);
}

absl::StatusOr<int64_t> Count(Connection& db, const IndexList& list) {
  Query query(db, kCountRows);
  query.Bind(list.table, list.key, kCountMax);
  CAREROUTE_RETURN_IF_ERROR(query.Step().status());
  return query.Int(0);
}

absl::Status WriteRows(Connection& db, const AppendRequest& request,
                       int64_t& last_stamp) {
  // A stream that begins has no row yet to be looked for.
  const bool begins = request.expected_version == 0;
  for (const IndexRow& row : request.put_rows) {
    const int64_t stamp = row.followed ? ++last_stamp : 0;
    if (!begins) {
      CAREROUTE_ASSIGN_OR_RETURN(
          const bool updated, UpdatedInPlace(db, request.stream, row, stamp));
      if (updated) {
        continue;
      }
    }
    CAREROUTE_RETURN_IF_ERROR(PutRow(db, request.stream, row, stamp));
  }
  for (const IndexRowId& row : request.delete_rows) {
    Query query(db, kDeleteRow);
    query.Bind(++last_stamp, request.recorded_time, request.stream,
               row.list.table, row.list.key, row.id);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> PurgeTombstones(Connection& db,
                                        const PurgeRequest& request) {
  int64_t newest = 0;
  std::vector<std::pair<StreamId, IndexRowId>> old;
  {
    Query query(db, kSelectOldTombstones);
    query.Bind(request.before, PageLimit(request.limit));
    while (true) {
      CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
      if (!found) {
        break;
      }
      CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, query.Stream(0));
      old.push_back({stream,
                     {.list = {.table = static_cast<int32_t>(query.Int(1)),
                               .key = query.Bytes(2)},
                      .id = query.Bytes(3)}});
      newest = std::max(newest, query.Int(4));
    }
  }
  if (old.empty()) {
    return 0;
  }
  for (const auto& [stream, row] : old) {
    Query query(db, kForgetRow);
    query.Bind(stream, row.list.table, row.list.key, row.id);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  Query query(db, kRaisePurgedStamp);
  query.Bind(newest);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return static_cast<int64_t>(old.size());
}

}  // namespace careroute::store::internal

#include "lib/store/sqlite/internal/schema.h"

#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"

namespace careroute::store::internal {
namespace {

// A stream is the 17 bytes of StreamId::Bytes; times are microseconds since
// 1970 UTC; hashes are 32 bytes.
//
// Events, requests and snapshots are rowid tables: rows go to the end of the
// table, tightly packed, and only the small index is touched at random, which
// is what a million cases ask for. Index rows are kept by stream instead,
// because one command rewrites several rows of the same stream.
constexpr char kVersion1[] = R"sql(
-- Facts about this store; one row.
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store BLOB NOT NULL,            -- 16 bytes, drawn when created
  clock INTEGER NOT NULL,         -- ClockKind
  epoch INTEGER NOT NULL,         -- grows with each restore
  created INTEGER NOT NULL,       -- time
  last_stamp INTEGER NOT NULL,    -- the newest stamp given to an index row
  purged_stamp INTEGER NOT NULL   -- the newest tombstone forgotten
) STRICT;

-- What happened; never changed, never deleted.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  stream BLOB NOT NULL,
  version INTEGER NOT NULL,       -- 1, 2, 3, ... in each stream
  chain_hash BLOB NOT NULL,       -- SHA-256 of the hash before and bytes
  bytes BLOB NOT NULL,
  UNIQUE (stream, version)
) STRICT;

-- The newest snapshot of a stream.
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY,
  stream BLOB NOT NULL UNIQUE,
  version INTEGER NOT NULL,       -- the last event folded into it
  head_hash BLOB NOT NULL,        -- that event's chain_hash
  fold_version INTEGER NOT NULL,  -- of the fold that made it
  bytes BLOB NOT NULL
) STRICT;

-- What each request id led to.
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  stream BLOB NOT NULL,
  caller_key BLOB NOT NULL,
  request_id BLOB NOT NULL,
  body_hash BLOB NOT NULL,
  first_version INTEGER NOT NULL, -- of the events it caused
  recorded INTEGER NOT NULL,      -- time
  answer BLOB,                    -- NULL once purged, or when there was none
  UNIQUE (stream, caller_key, request_id)
) STRICT;
-- Finds old answers; shrinks as they are purged.
CREATE INDEX requests_answered ON requests (recorded)
  WHERE answer IS NOT NULL;

-- The rows of every list.
CREATE TABLE index_rows (
  stream BLOB NOT NULL,           -- whose append wrote it
  list_table INTEGER NOT NULL,    -- IndexList::table
  list_key BLOB NOT NULL,         -- IndexList::key
  row_id BLOB NOT NULL,
  sort BLOB NOT NULL,
  payload BLOB NOT NULL,
  stamp INTEGER NOT NULL,         -- grows with every write of any row
  deleted INTEGER,                -- time it left the list; NULL while in it
  PRIMARY KEY (stream, list_table, list_key, row_id)
) STRICT, WITHOUT ROWID;
-- The order of a list.
CREATE INDEX index_rows_sorted
  ON index_rows (list_table, list_key, sort, row_id, stream)
  WHERE deleted IS NULL;
-- What changed in a list, tombstones included.
CREATE INDEX index_rows_changed ON index_rows (list_table, list_key, stamp);
-- Tombstones by age.
CREATE INDEX index_rows_deleted ON index_rows (deleted)
  WHERE deleted IS NOT NULL;

-- What may exist once across streams.
CREATE TABLE claims (
  claim_key BLOB PRIMARY KEY,
  owner BLOB NOT NULL,            -- a stream
  confirmed INTEGER NOT NULL,     -- 1 when the owner's append said so
  claimed INTEGER NOT NULL        -- time; what is not confirmed lapses
) STRICT, WITHOUT ROWID;

-- What must still be told to somebody.
CREATE TABLE outbox (
  stream BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  destination BLOB NOT NULL,
  event_version INTEGER NOT NULL,
  due INTEGER NOT NULL,           -- time
  attempts INTEGER NOT NULL,
  PRIMARY KEY (stream, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (due, stream, sequence);

-- Wrapped keys of streams.
CREATE TABLE stream_keys (
  stream BLOB PRIMARY KEY,
  wrapping_key INTEGER NOT NULL,  -- key of the key-ring, as signed 64 bits
  wrapped BLOB NOT NULL,          -- empty once destroyed
  destroyed INTEGER               -- time; NULL while the key is there
) STRICT, WITHOUT ROWID;

-- Immutable bytes by their hash.
CREATE TABLE blobs (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,      -- SHA-256 of bytes
  kind INTEGER NOT NULL,
  stored INTEGER NOT NULL,        -- time
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX blobs_by_kind ON blobs (kind, hash);
)sql";

constexpr char kVersion2[] = R"sql(
-- Why the row could not be delivered when it was last tried; empty = it was
-- not tried, or its trial did not end.
ALTER TABLE outbox ADD COLUMN problem BLOB NOT NULL DEFAULT x'';
)sql";

constexpr char kVersion3[] = R"sql(
-- Who takes the row; empty = this hub itself.
ALTER TABLE outbox ADD COLUMN lane BLOB NOT NULL DEFAULT x'';
DROP INDEX outbox_due;
-- What is due in a lane.
CREATE INDEX outbox_due ON outbox (lane, due, stream, sequence);
-- What waits in a lane.
CREATE INDEX outbox_waiting ON outbox (lane, stream, sequence);
)sql";

constexpr char kVersion4[] = R"sql(
-- The stamp of a row that nobody follows is 0: its changes need no order.
DROP INDEX index_rows_changed;
CREATE INDEX index_rows_changed ON index_rows (list_table, list_key, stamp)
  WHERE stamp <> 0;
)sql";

constexpr char kVersion5[] = R"sql(
-- A count reads the index alone only if it has every column that is named,
-- though all of these are NULL.
DROP INDEX index_rows_sorted;
CREATE INDEX index_rows_sorted
  ON index_rows (list_table, list_key, sort, row_id, stream, deleted)
  WHERE deleted IS NULL;
)sql";

// The text at place n turns version n into version n+1.
constexpr const char* kMigrations[] = {kVersion1, kVersion2, kVersion3,
                                       kVersion4, kVersion5};

absl::StatusOr<int64_t> ReadNumber(Connection& db, const char* sql) {
  Query query(db, sql);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  return found ? query.Int(0) : 0;
}

// The version of a file that is ours or empty.
absl::StatusOr<int64_t> ReadVersion(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t application,
                             ReadNumber(db, "PRAGMA application_id"));
  CAREROUTE_ASSIGN_OR_RETURN(
      const int64_t tables,
      ReadNumber(db, "SELECT count(*) FROM sqlite_schema"));
  if (application != kApplicationId && (application != 0 || tables != 0)) {
    return absl::FailedPreconditionError(
        "this database was made by another program; name another file");
  }
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t version,
                             ReadNumber(db, "PRAGMA user_version"));
  if (version > SchemaVersion()) {
    return SchemaIsNewer({.stored = version, .release = SchemaVersion()});
  }
  return version;
}

absl::Status Migrate(Connection& db, int64_t from) {
  for (size_t step = static_cast<size_t>(from); step < std::size(kMigrations);
       ++step) {
    CAREROUTE_RETURN_IF_ERROR(db.Execute(kMigrations[step]));
  }
  const std::string mark =
      absl::StrCat("PRAGMA application_id = ", kApplicationId,
                   "; PRAGMA user_version = ", SchemaVersion());
  return db.Execute(mark.c_str());
}

}  // namespace

int32_t SchemaVersion() { return static_cast<int32_t>(std::size(kMigrations)); }

absl::StatusOr<std::vector<std::string>> PendingSteps(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t version, ReadVersion(db));
  return std::vector<std::string>(std::begin(kMigrations) + version,
                                  std::end(kMigrations));
}

absl::Status MigrateSchema(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t version, ReadVersion(db));
  if (version == SchemaVersion()) {
    return absl::OkStatus();
  }
  CAREROUTE_RETURN_IF_ERROR(db.Execute("BEGIN IMMEDIATE"));
  absl::Status status = Migrate(db, version);
  if (status.ok()) {
    status = db.Execute("COMMIT");
  }
  if (!status.ok() && db.in_transaction()) {
    db.Execute("ROLLBACK").IgnoreError();
  }
  return status;
}

absl::Status CheckSchema(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const int64_t version, ReadVersion(db));
  if (version != SchemaVersion()) {
    return SchemaIsOlder({.stored = version, .release = SchemaVersion()},
                         "open it for writing once");
  }
  return absl::OkStatus();
}

}  // namespace careroute::store::internal

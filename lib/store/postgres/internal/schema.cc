#include "lib/store/postgres/internal/schema.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"

namespace careroute::store::postgres {
namespace {

// A stream is the 17 bytes of StreamId::Bytes; times are microseconds since
// 1970 UTC; hashes are 32 bytes. A stamp is the transaction that wrote a row
// and the place of the row in it (stamp.h).
//
// Of the tables of streams every unique key begins with the stream, so that
// streams can lie on many machines; the tables of the store as a whole are
// small reference data. $SPLIT stands where a table may be partitioned.
constexpr char kVersion1[] = R"sql(
-- Facts about this store; one row.
CREATE TABLE careroute_store (
  id bigint PRIMARY KEY CHECK (id = 1),
  schema_version bigint NOT NULL,
  store bytea NOT NULL,            -- 16 bytes, drawn when created; empty before
  clock bigint NOT NULL,           -- ClockKind
  epoch bigint NOT NULL,           -- grows with each restore
  created bigint NOT NULL,         -- time
  purged_stamp bigint NOT NULL     -- the newest tombstone forgotten
);
INSERT INTO careroute_store VALUES (1, 1, '', 0, 1, 0, 0);

-- What happened; never changed, never deleted.
CREATE TABLE events (
  stream bytea NOT NULL,
  version bigint NOT NULL,         -- 1, 2, 3, ... in each stream
  chain_hash bytea NOT NULL,       -- SHA-256 of the hash before and bytes
  stamp bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (stream, version)
) $SPLIT;
-- What other processes have written since.
CREATE INDEX events_written ON events (stamp);
-- Every stream once.
CREATE INDEX events_first ON events (stream) WHERE version = 1;

-- The newest snapshot of a stream.
CREATE TABLE snapshots (
  stream bytea PRIMARY KEY,
  version bigint NOT NULL,         -- the last event folded into it
  head_hash bytea NOT NULL,        -- that event's chain_hash
  fold_version bigint NOT NULL,    -- of the fold that made it
  bytes bytea NOT NULL
) $SPLIT;

-- What each request id led to.
CREATE TABLE requests (
  stream bytea NOT NULL,
  caller_key bytea NOT NULL,
  request_id bytea NOT NULL,
  body_hash bytea NOT NULL,
  first_version bigint NOT NULL,   -- of the events it caused
  recorded bigint NOT NULL,        -- time
  answer bytea,                    -- NULL once purged, or when there was none
  PRIMARY KEY (stream, caller_key, request_id)
) $SPLIT;
-- Finds old answers; shrinks as they are purged.
CREATE INDEX requests_answered ON requests (recorded)
  WHERE answer IS NOT NULL;

-- The rows of every list.
CREATE TABLE index_rows (
  stream bytea NOT NULL,           -- whose append wrote it
  list_table bigint NOT NULL,      -- IndexList::table
  list_key bytea NOT NULL,         -- IndexList::key
  row_id bytea NOT NULL,
  sort bytea NOT NULL,
  payload bytea NOT NULL,
  stamp bigint NOT NULL,
  deleted bigint,                  -- time it left the list; NULL while in it
  PRIMARY KEY (stream, list_table, list_key, row_id)
) $SPLIT;
-- The order of a list.
CREATE INDEX index_rows_sorted
  ON index_rows (list_table, list_key, sort, row_id, stream)
  WHERE deleted IS NULL;
-- What changed in a list, tombstones included.
CREATE INDEX index_rows_changed ON index_rows (list_table, list_key, stamp);
-- Tombstones by age.
CREATE INDEX index_rows_deleted ON index_rows (deleted)
  WHERE deleted IS NOT NULL;

-- What must still be told to somebody.
CREATE TABLE outbox (
  stream bytea NOT NULL,
  sequence bigint NOT NULL,
  destination bytea NOT NULL,
  event_version bigint NOT NULL,
  due bigint NOT NULL,             -- time
  attempts bigint NOT NULL,
  problem bytea NOT NULL,          -- why it could not be delivered last time
  PRIMARY KEY (stream, sequence)
) $SPLIT;
CREATE INDEX outbox_due ON outbox (due, stream, sequence);

-- Wrapped keys of streams.
CREATE TABLE stream_keys (
  stream bytea PRIMARY KEY,
  wrapping_key bigint NOT NULL,    -- key of the key-ring, as signed 64 bits
  wrapped bytea NOT NULL,          -- empty once destroyed
  destroyed bigint                 -- time; NULL while the key is there
) $SPLIT;

-- What may exist once across streams.
CREATE TABLE claims (
  claim_key bytea PRIMARY KEY,
  owner bytea NOT NULL,            -- a stream
  confirmed bigint NOT NULL,       -- 1 when the owner's append said so
  claimed bigint NOT NULL          -- time; what is not confirmed lapses
);

-- Immutable bytes by their hash.
CREATE TABLE blobs (
  hash bytea PRIMARY KEY,          -- SHA-256 of bytes
  kind bigint NOT NULL,
  stored bigint NOT NULL,          -- time
  bytes bytea NOT NULL
);
CREATE INDEX blobs_by_kind ON blobs (kind, hash);
)sql";

constexpr char kVersion2[] = R"sql(
-- Who takes the row; empty = this hub itself.
ALTER TABLE outbox ADD COLUMN lane bytea NOT NULL DEFAULT '';
DROP INDEX outbox_due;
-- What is due in a lane.
CREATE INDEX outbox_due ON outbox (lane, due, stream, sequence);
-- What waits in a lane.
CREATE INDEX outbox_waiting ON outbox (lane, stream, sequence);
)sql";

// The text at place n turns version n into version n+1.
constexpr const char* kMigrations[] = {kVersion1, kVersion2};

// The tables that lie by stream, in the order of the schema.
constexpr absl::string_view kStreamTables[] = {
    "events", "snapshots", "requests", "index_rows", "outbox", "stream_keys"};

constexpr char kSelectOurTable[] =
    "SELECT count(*) FROM pg_class WHERE relname = 'careroute_store' AND "
    "pg_table_is_visible(oid)";
constexpr char kSelectVersion[] = "SELECT schema_version FROM careroute_store";

// Any constant: whoever migrates holds this lock of the database.
constexpr char kLockMigration[] = "SELECT pg_advisory_xact_lock(7303014)";

std::string PartitionsOf(absl::string_view table, int partitions) {
  std::string text;
  for (int i = 0; i < partitions; ++i) {
    absl::StrAppend(&text, "CREATE TABLE ", table, "_", i, " PARTITION OF ",
                    table, " FOR VALUES WITH (MODULUS ", partitions,
                    ", REMAINDER ", i, ");\n");
  }
  return text;
}

}  // namespace

int32_t SchemaVersion() { return static_cast<int32_t>(std::size(kMigrations)); }

absl::StatusOr<int32_t> ReadSchemaVersion(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows table,
                             db.Run(kSelectOurTable, Params()));
  if (table.Int(0, 0) == 0) return 0;
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows, db.Run(kSelectVersion, Params()));
  if (rows.size() == 0) {
    return NoStoreFacts();
  }
  const int64_t version = rows.Int(0, 0);
  if (version > SchemaVersion()) {
    return SchemaIsNewer({.stored = version, .release = SchemaVersion()});
  }
  return static_cast<int32_t>(version);
}

std::vector<std::string> MigrationSteps(int32_t from, int partitions) {
  std::vector<std::string> steps;
  for (size_t step = static_cast<size_t>(from); step < std::size(kMigrations);
       ++step) {
    steps.push_back(absl::StrReplaceAll(
        kMigrations[step],
        {{"$SPLIT", partitions > 0 ? "PARTITION BY HASH (stream)" : ""}}));
  }
  if (from == 0 && partitions > 0) {
    for (const absl::string_view table : kStreamTables) {
      absl::StrAppend(&steps.front(), PartitionsOf(table, partitions));
    }
  }
  if (!steps.empty()) {
    steps.push_back(absl::StrCat("UPDATE careroute_store SET schema_version = ",
                                 SchemaVersion(), ";\n"));
  }
  return steps;
}

absl::Status MigrateSchema(Connection& db, int partitions) {
  CAREROUTE_RETURN_IF_ERROR(db.Execute("BEGIN"));
  absl::Status status = db.Execute(kLockMigration);
  if (status.ok()) {
    // Only now: whoever held the lock may have done it.
    const absl::StatusOr<int32_t> version = ReadSchemaVersion(db);
    status = version.status();
    if (status.ok()) {
      for (const std::string& step : MigrationSteps(*version, partitions)) {
        if (status.ok()) status = db.Execute(step);
      }
    }
  }
  if (status.ok()) return db.Execute("COMMIT");
  db.Execute("ROLLBACK").IgnoreError();
  return status;
}

}  // namespace careroute::store::postgres

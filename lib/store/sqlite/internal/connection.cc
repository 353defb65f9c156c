#include "lib/store/sqlite/internal/connection.h"

#include <cerrno>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/sqlite/internal/sqlite_status.h"
#include "lib/store/stored_value.h"

namespace careroute::store::internal {
namespace {

// How long to wait for a lock. Only foreign programs ever hold one, and a
// backup tool releases it soon.
constexpr int kBusyTimeoutMs = 2000;

// WAL lets readers go on beside the writer; FULL forces the log to disk
// before a commit returns; secure_delete overwrites a destroyed key in its
// page. The rest keeps a damaged or hostile file from doing harm. The log is
// copied into the file each 32 MiB, for most of its pages are written again
// soon, and cut back to 64 MiB after a burst; no file is mapped, so that memory
// stays bounded.
constexpr char kOwnerSettings[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = FAST;"
    "PRAGMA wal_autocheckpoint = 8192;"
    "PRAGMA journal_size_limit = 67108864;"
    "PRAGMA cache_size = -32768;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;";
constexpr char kReaderSettings[] =
    "PRAGMA query_only = ON;"
    "PRAGMA cache_size = -8192;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;";

// SQLite turns a null pointer into NULL, and an empty view may hold one.
const char* NonNull(absl::string_view bytes) {
  return bytes.data() == nullptr ? "" : bytes.data();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(
    const ConnectionOptions& options) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (options.mode == OpenMode::kOwner
                         ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                         : SQLITE_OPEN_READONLY);
  sqlite3* db = nullptr;
  const int code =
      sqlite3_open_v2(options.path.c_str(), &db, flags,
                      options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) {
    sqlite3_close_v2(db);
    return StatusOfCode(code);
  }
  std::unique_ptr<Connection> connection(new Connection(db));
  CAREROUTE_RETURN_IF_ERROR(connection->ApplySettings(options.mode));
  return connection;
}

absl::Status Connection::ApplySettings(OpenMode mode) {
  sqlite3_busy_timeout(db_, kBusyTimeoutMs);
  // Nothing of ours defines functions, views or triggers in the schema.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (mode == OpenMode::kReader) {
    return Execute(kReaderSettings);
  }
  CAREROUTE_RETURN_IF_ERROR(Execute(kOwnerSettings));
  Query journal(*this, "PRAGMA journal_mode");
  CAREROUTE_RETURN_IF_ERROR(journal.Step().status());
  if (journal.Bytes(0) != "wal") {
    return absl::FailedPreconditionError(
        "the event store's disk does not support a write-ahead log; keep the "
        "store on a local disk");
  }
  return absl::OkStatus();
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) {
    sqlite3_finalize(statement);
  }
  sqlite3_close_v2(db_);
}

absl::Status Connection::Execute(const char* sql) {
  return StatusOfCode(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
}

absl::Status Connection::Remember(int code) {
  absl::Status status = StatusOfCode(code);
  if (!status.ok()) last_code_ = code;
  return status;
}

int64_t Connection::changed() const { return sqlite3_changes64(db_); }

int64_t Connection::unindexed_steps() const {
  int64_t steps = 0;
  for (const auto& [sql, statement] : statements_) {
    for (const int counter :
         {SQLITE_STMTSTATUS_FULLSCAN_STEP, SQLITE_STMTSTATUS_SORT,
          SQLITE_STMTSTATUS_AUTOINDEX}) {
      steps += sqlite3_stmt_status(statement, counter, 0);
    }
  }
  return steps;
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

absl::StatusOr<sqlite3_stmt*> Connection::Prepared(const char* sql) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr) {
    const int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    CAREROUTE_RETURN_IF_ERROR(Remember(code));
  }
  return statement;
}

Query::Query(Connection& db, const char* sql) : db_(db) {
  absl::StatusOr<sqlite3_stmt*> statement = db.Prepared(sql);
  if (statement.ok()) {
    statement_ = *statement;
  } else {
    status_ = std::move(statement).status();
  }
}

Query::~Query() { Reset(); }

void Query::Reset() {
  if (statement_ != nullptr) {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
}

absl::StatusOr<bool> Query::Step() {
  CAREROUTE_RETURN_IF_ERROR(status_);
  errno = 0;
  const int stepped = sqlite3_step(statement_);
  const int code = WithErrno(stepped, errno);
  CAREROUTE_RETURN_IF_ERROR(db_.Remember(code));
  return code == SQLITE_ROW;
}

absl::Status Query::Run() { return Step().status(); }

int64_t Query::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Query::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr) {
    return std::string();
  }
  return std::string(static_cast<const char*>(bytes),
                     static_cast<size_t>(size));
}

bool Query::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

absl::Time Query::Time(int column) const { return StoredTime(Int(column)); }

absl::StatusOr<StreamId> Query::Stream(int column) const {
  return StoredStream(Bytes(column));
}

void Query::Note(int code) {
  if (status_.ok()) {
    status_ = StatusOfCode(code);
  }
}

void Query::BindOne(int place, int64_t value) {
  Note(sqlite3_bind_int64(statement_, place, value));
}

// Not copied: the statement runs while the caller still holds the value.
void Query::BindOne(int place, absl::string_view bytes) {
  Note(sqlite3_bind_blob64(statement_, place, NonNull(bytes), bytes.size(),
                           SQLITE_STATIC));
}

void Query::BindOne(int place, absl::Time value) {
  BindOne(place, absl::ToUnixMicros(value));
}

void Query::BindOne(int place, const StreamId& value) {
  const std::string bytes = value.Bytes();
  Note(sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(),
                           SQLITE_TRANSIENT));
}

void Query::BindOne(int place, const std::optional<std::string>& value) {
  if (value.has_value()) {
    BindOne(place, absl::string_view(*value));
  } else {
    Note(sqlite3_bind_null(statement_, place));
  }
}

}  // namespace careroute::store::internal

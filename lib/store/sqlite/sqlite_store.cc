#include "lib/store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/store/erasure_list.h"
#include "lib/store/errors.h"
#include "lib/store/query_store.h"
#include "lib/store/sqlite/internal/append_writer.h"
#include "lib/store/sqlite/internal/claim_queries.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/event_queries.h"
#include "lib/store/sqlite/internal/group_writer.h"
#include "lib/store/sqlite/internal/index_queries.h"
#include "lib/store/sqlite/internal/key_queries.h"
#include "lib/store/sqlite/internal/meta_queries.h"
#include "lib/store/sqlite/internal/outbox_queries.h"
#include "lib/store/sqlite/internal/owner_lock.h"
#include "lib/store/sqlite/internal/read_pool.h"
#include "lib/store/sqlite/internal/schema.h"

namespace careroute::store {
namespace {

using internal::Connection;

using SqliteStore = QueryStore<internal::ReadPool, internal::GroupWriter>;

// A filled store touches its indexes at random: with SQLite's own 1,000 pages
// of log nearly every commit would write most of its pages twice. 512 MiB of
// pages in memory, 256 MiB of log.
constexpr char kBulkSettings[] =
    "PRAGMA cache_size = -524288;"
    "PRAGMA wal_autocheckpoint = 65536;";

// SQLite would create the file readable by everyone.
absl::Status CreateFile(const std::string& path) {
  constexpr mode_t kOwnerOnly = 0600;
  const int file =
      open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file >= 0) {
    close(file);
  } else if (errno != EEXIST) {
    return absl::ErrnoToStatus(
        errno, "the event store's database file cannot be created");
  }
  return absl::OkStatus();
}

// One name a file: by a link to it a second owner would find another lock, and
// SQLite gives names such as ":memory:" a meaning of their own.
absl::StatusOr<std::string> Resolve(const std::string& path) {
  char* const real = realpath(path.c_str(), nullptr);
  if (real == nullptr) {
    return absl::ErrnoToStatus(
        errno, "the event store's database file cannot be found");
  }
  std::string resolved(real);
  std::free(real);
  return resolved;
}

absl::StatusOr<internal::Meta> PrepareOwned(Connection& db,
                                            const SqliteStoreOptions& options) {
  CAREROUTE_RETURN_IF_ERROR(internal::MigrateSchema(db));
  CAREROUTE_RETURN_IF_ERROR(internal::CreateMeta(db, {.uid = options.new_uid,
                                                      .clock = options.clock,
                                                      .created = options.now}));
  CAREROUTE_ASSIGN_OR_RETURN(internal::Meta meta, internal::ReadMeta(db));
  CAREROUTE_RETURN_IF_ERROR(CheckClockKind(meta.info.clock, options.clock));
  if (options.restored) {
    CAREROUTE_RETURN_IF_ERROR(internal::RaiseEpoch(db));
    return internal::ReadMeta(db);
  }
  return meta;
}

internal::ReadPoolOptions ReadersOf(const SqliteReadOnlyOptions& options) {
  return {.executor = options.executor,
          .connection = {.path = options.path,
                         .mode = internal::OpenMode::kReader,
                         .vfs = options.vfs}};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(
    const SqliteStoreOptions& options) {
  CAREROUTE_RETURN_IF_ERROR(CreateFile(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string path, Resolve(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(
      std::unique_ptr<internal::OwnerLock> lock,
      internal::OwnerLock::Take({.path = path + ".owner", .now = options.now}));
  CAREROUTE_ASSIGN_OR_RETURN(
      std::unique_ptr<Connection> db,
      Connection::Open({.path = path,
                        .mode = internal::OpenMode::kOwner,
                        .vfs = options.vfs}));
  CAREROUTE_ASSIGN_OR_RETURN(internal::Meta meta, PrepareOwned(*db, options));
  if (options.bulk) {
    CAREROUTE_RETURN_IF_ERROR(db->Execute(kBulkSettings));
  }
  meta.info.exclusive = true;
  return std::make_unique<SqliteStore>(SqliteStore::Parts{
      .executor = options.executor,
      .info = meta.info,
      .writer = std::make_shared<internal::GroupWriter>(
          internal::GroupWriterOptions{.executor = options.executor,
                                       .lock = std::move(lock),
                                       .db = std::move(db),
                                       .last_stamp = meta.last_stamp,
                                       .erasure_list = ErasureListOf(path),
                                       .queue_max = options.append_queue_max}),
      .readers = std::make_shared<internal::ReadPool>(ReadersOf(
          {.executor = options.executor, .path = path, .vfs = options.vfs}))});
}

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStoreReadOnly(
    const SqliteReadOnlyOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string path, Resolve(options.path));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Connection> db,
      Connection::Open({.path = path,
                        .mode = internal::OpenMode::kReader,
                        .vfs = options.vfs}));
  CAREROUTE_RETURN_IF_ERROR(internal::CheckSchema(*db));
  CAREROUTE_ASSIGN_OR_RETURN(const internal::Meta meta,
                             internal::ReadMeta(*db));
  internal::ReadPoolOptions readers = ReadersOf(
      {.executor = options.executor, .path = path, .vfs = options.vfs});
  readers.one_view = true;
  return std::make_unique<SqliteStore>(SqliteStore::Parts{
      .executor = options.executor,
      .info = meta.info,
      .readers = std::make_shared<internal::ReadPool>(std::move(readers))});
}

absl::StatusOr<std::vector<std::string>> PlanSqliteMigration(
    const std::string& path) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string resolved, Resolve(path));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Connection> db,
      Connection::Open(
          {.path = resolved, .mode = internal::OpenMode::kReader}));
  return internal::PendingSteps(*db);
}

absl::Status MigrateSqlite(const std::string& path, absl::Time now) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string resolved, Resolve(path));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<internal::OwnerLock> lock,
      internal::OwnerLock::Take({.path = resolved + ".owner", .now = now}));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Connection> db,
      Connection::Open({.path = resolved, .mode = internal::OpenMode::kOwner}));
  return internal::MigrateSchema(*db);
}

}  // namespace careroute::store

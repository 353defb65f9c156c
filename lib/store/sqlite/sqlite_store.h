// lib/store/sqlite/sqlite_store.h: the store in one SQLite file.
//
// The default of a hub and of an embedded library. One process owns the file
// and writes; others may open it read-only beside it, for fsck and verify.
// What was answered survives kill -9 and a loss of power, as far as the disk
// keeps what it says it has written.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       std::unique_ptr<store::Store> store,
//       store::OpenSqliteStore({.executor = io, .path = path,
//                               .clock = store::ClockKind::kReal,
//                               .new_uid = base::NewUid(random),
//                               .now = clock.Now()}));

#ifndef CAREROUTE_LIB_STORE_SQLITE_SQLITE_STORE_H_
#define CAREROUTE_LIB_STORE_SQLITE_SQLITE_STORE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/base/executor.h"
#include "lib/base/uid.h"
#include "lib/store/store.h"

namespace careroute::store {

struct SqliteStoreOptions {
  // Runs every call. SQLite blocks, so it must be the I/O executor; one thread
  // writes at a time and up to four read. Must outlive the store.
  base::Executor& executor;
  // The database. Beside it lie "-wal" and "-shm" while it is open, and
  // ".owner". The directory must exist; the files are readable by their
  // owner only.
  std::string path;
  // Of a new store, and what an existing one must have.
  ClockKind clock = ClockKind::kReal;
  // The name of a new store; an existing one keeps its own.
  base::Uid new_uid;
  // The machine's time: when a new store was created, and since when this
  // process owns it, for whoever is refused.
  absl::Time now;
  // The file was put back from a backup: begin a new epoch.
  bool restored = false;
  // Writes that may wait; more are RESOURCE_EXHAUSTED.
  size_t append_queue_max = kAppendQueueMax;
  // For one process that fills the store and serves nobody: the writer keeps
  // more pages in memory and folds the log in less often. Durable as ever; a
  // crash leaves a longer log to read.
  bool bulk = false;
  // SQLite's virtual file system by its registered name; empty is the default.
  // Fault tests and encrypted disks bring their own.
  std::string vfs;
};

// Creates or opens for writing, bringing an older schema forward. Blocks, so
// main calls it before it serves. FAILED_PRECONDITION when another process
// owns the file (the text names it), when the store's clock is of another
// kind, when its schema is newer, or when the file is not a store;
// DATA_LOSS when it is damaged.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(
    const SqliteStoreOptions& options);

struct SqliteReadOnlyOptions {
  base::Executor& executor;  // as above
  std::string path;
  std::string vfs;
};

// Opens for reading only, also while an owner writes: every read sees the store
// as it was at the first one, so that what one read says of another can be
// judged. Writes are refused with FAILED_PRECONDITION. NOT_FOUND when there is
// no file, otherwise as above. While it is open the owner's log cannot be cut.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStoreReadOnly(
    const SqliteReadOnlyOptions& options);

// The statements that would bring the file to this release's schema; none when
// it is there already. Changes nothing, also beside an owner. Blocks. Failures
// as of opening.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> PlanSqliteMigration(
    const std::string& path);

// Runs them, as opening would: all or none. Blocks.
[[nodiscard]] absl::Status MigrateSqlite(const std::string& path,
                                         absl::Time now);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_SQLITE_STORE_H_

// lib/store/sqlite/backup.h: a copy of a store that is in use, and its return.
//
// The copy is one moment of the store, whoever writes meanwhile. The wrapped
// keys of persons go into a file of their own: who keeps the two files apart
// can destroy what a backup says of everybody by destroying the smaller one.
// Neither file is a store by itself, and neither is served by mistake.
//
//   BackUpSqlite({.database = "hub.db", .folder = "2026-11-29"});
//   PutBackSqlite({.folder = "2026-11-29", .database = "hub.db"});
//
// What was erased after the backup is named in the erasure list beside the
// database (erasure_list.h); whoever puts a backup back erases it again before
// anything is served.

#ifndef CAREROUTE_LIB_STORE_SQLITE_BACKUP_H_
#define CAREROUTE_LIB_STORE_SQLITE_BACKUP_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/uid.h"

namespace careroute::store {

// The files of a backup, in its folder.
inline constexpr char kBackupStore[] = "store.db";
inline constexpr char kBackupKeys[] = "keys.db";
inline constexpr char kBackupErasures[] = "erased";

// Called now and then: pages copied, and pages in all, which may grow.
using BackupProgress = std::function<void(int64_t copied, int64_t total)>;

struct BackupOptions {
  std::string database;  // may be served meanwhile
  std::string folder;    // made; must not hold a backup
  // Names the backup, so that its files are only put back together.
  base::Uid backup_uid;
  absl::Time now;
  BackupProgress progress;  // may be null
};

// Blocks. Whole once it returns OK: kBackupStore is written last.
// ALREADY_EXISTS when the folder holds a backup, NOT_FOUND when there is no
// database, FAILED_PRECONDITION when it is no store of this release.
[[nodiscard]] absl::Status BackUpSqlite(const BackupOptions& options);

struct PutBackOptions {
  std::string folder;
  std::string database;     // must not exist
  BackupProgress progress;  // may be null
};

// Blocks. Adds the backup's erasures to the list beside the database. Open the
// store with `restored` afterwards. ALREADY_EXISTS when the database exists,
// NOT_FOUND when a file of the backup is missing, FAILED_PRECONDITION when the
// files are of two backups or none.
[[nodiscard]] absl::Status PutBackSqlite(const PutBackOptions& options);

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_SQLITE_BACKUP_H_

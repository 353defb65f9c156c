#include "lib/store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/store/erasure_list.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/schema.h"
#include "lib/store/sqlite/internal/sqlite_status.h"

namespace careroute::store {
namespace {

namespace fs = std::filesystem;
using internal::StatusOfCode;

// "carb" in ASCII: a backup, which is no store until it is put back.
constexpr int64_t kBackupApplication = 0x63617262;
// Copied between two reports of progress: 4 MiB.
constexpr int kPagesAtOnce = 1024;
constexpr mode_t kOwnerOnly = 0600;

struct Closer {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Db = std::unique_ptr<sqlite3, Closer>;

absl::StatusOr<Db> Open(const std::string& path, int flags) {
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  Db owned(db);
  CAREROUTE_RETURN_IF_ERROR(StatusOfCode(code));
  return owned;
}

absl::Status Run(const Db& db, const std::string& sql) {
  return StatusOfCode(
      sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

// The first column of the first row, as bytes; empty when there is none.
absl::StatusOr<std::string> Ask(const Db& db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(db.get(), sql.c_str(), -1, &statement, nullptr);
  std::string answer;
  if (code == SQLITE_OK) {
    code = sqlite3_step(statement);
    const auto* bytes =
        static_cast<const char*>(sqlite3_column_blob(statement, 0));
    if (code == SQLITE_ROW && bytes != nullptr) {
      answer.assign(bytes,
                    static_cast<size_t>(sqlite3_column_bytes(statement, 0)));
    }
  }
  sqlite3_finalize(statement);
  CAREROUTE_RETURN_IF_ERROR(StatusOfCode(code));
  return answer;
}

// An empty file that only its owner reads.
absl::StatusOr<Db> Create(const std::string& path) {
  const int file =
      open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    return absl::ErrnoToStatus(errno, "a file of the copy cannot be made");
  }
  close(file);
  CAREROUTE_ASSIGN_OR_RETURN(Db db, Open(path, SQLITE_OPEN_READWRITE));
  // No log or journal may keep a page of keys: a copy that is cut short is
  // thrown away whole.
  CAREROUTE_RETURN_IF_ERROR(
      Run(db,
          "PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON; "
          "PRAGMA synchronous = FULL"));
  return db;
}

// One moment of `from`: the read transaction keeps it while others write.
absl::Status Copy(const Db& from, const Db& to,
                  const BackupProgress& progress) {
  CAREROUTE_RETURN_IF_ERROR(
      Run(from, "BEGIN; SELECT count(*) FROM sqlite_schema"));
  sqlite3_backup* backup =
      sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (backup == nullptr) {
    return StatusOfCode(sqlite3_extended_errcode(to.get()));
  }
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, kPagesAtOnce);
    const int64_t total = sqlite3_backup_pagecount(backup);
    if (progress != nullptr) {
      progress(total - sqlite3_backup_remaining(backup), total);
    }
  }
  sqlite3_backup_finish(backup);
  CAREROUTE_RETURN_IF_ERROR(StatusOfCode(code));
  return Run(from, "COMMIT");
}

absl::Status SyncFolder(const std::string& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0 || fsync(file) != 0) {
    return absl::ErrnoToStatus(errno, "the folder of the copy cannot be kept");
  }
  close(file);
  return absl::OkStatus();
}

// The file under its name at last.
absl::Status Finish(const std::string& made, const std::string& path) {
  std::error_code error;
  fs::rename(made, path, error);
  if (error) {
    return absl::InternalError(
        absl::StrCat("the copy cannot be renamed: ", error.message()));
  }
  const std::string folder = fs::path(path).parent_path().string();
  return SyncFolder(folder.empty() ? "." : folder);
}

std::string In(const std::string& folder, const char* name) {
  return (fs::path(folder) / name).string();
}

// "'path'" for ATTACH.
std::string Quoted(const std::string& path) {
  char* text = sqlite3_mprintf("%Q", path.c_str());
  std::string quoted(text);
  sqlite3_free(text);
  return quoted;
}

// Moves the keys out of the copy and marks both files.
absl::Status PartKeys(const Db& db, const std::string& keys,
                      const BackupOptions& options) {
  CAREROUTE_RETURN_IF_ERROR(Create(keys).status());
  const std::string mark =
      absl::StrCat("backup AS SELECT x'", options.backup_uid.Hex(),
                   "' AS uid, ", absl::ToUnixMicros(options.now), " AS made; ");
  return Run(
      db, absl::StrCat("ATTACH ", Quoted(keys),
                       " AS keys;"
                       "PRAGMA keys.journal_mode = MEMORY;"
                       "PRAGMA keys.application_id = ",
                       kBackupApplication,
                       ";"
                       "BEGIN;"
                       "CREATE TABLE keys.",
                       mark, "CREATE TABLE main.", mark,
                       "CREATE TABLE keys.stream_keys AS SELECT * FROM "
                       "main.stream_keys WHERE destroyed IS NULL;"
                       "DELETE FROM main.stream_keys WHERE destroyed IS NULL;"
                       "COMMIT;"
                       "DETACH keys;"
                       "PRAGMA application_id = ",
                       kBackupApplication));
}

absl::Status CheckIsStore(const std::string& database) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<internal::Connection> connection,
      internal::Connection::Open({.path = database}));
  return internal::CheckSchema(*connection);
}

// The erasures of one list that another lacks.
absl::Status AddErasures(const std::string& from, const std::string& to) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Erasure> all,
                             ReadErasures(from));
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Erasure> there,
                             ReadErasures(to));
  std::set<StreamId> known;
  for (const Erasure& one : there) known.insert(one.owner);
  for (const Erasure& one : all) {
    if (known.contains(one.owner)) continue;
    CAREROUTE_RETURN_IF_ERROR(AppendErasure(to, one));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IsThere(const std::string& path) {
  std::error_code error;
  const bool there = fs::exists(path, error);
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, ": cannot be looked at: ", error.message()));
  }
  return there;
}

// The backup's uid in the file, which must be one.
absl::StatusOr<std::string> BackupUid(const std::string& path) {
  CAREROUTE_ASSIGN_OR_RETURN(const bool there, IsThere(path));
  if (!there) {
    return absl::NotFoundError(absl::StrCat(path, ": there is no such file"));
  }
  CAREROUTE_ASSIGN_OR_RETURN(const Db db, Open(path, SQLITE_OPEN_READONLY));
  const absl::StatusOr<std::string> uid = Ask(db, "SELECT uid FROM backup");
  if (!uid.ok() || uid->empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": this is no file of a backup"));
  }
  return *uid;
}

absl::Status JoinKeys(const Db& db, const std::string& keys) {
  return Run(db, absl::StrCat("ATTACH ", Quoted(keys),
                              " AS keys;"
                              "BEGIN;"
                              "INSERT OR IGNORE INTO main.stream_keys "
                              "SELECT * FROM keys.stream_keys;"
                              "DROP TABLE main.backup;"
                              "COMMIT;"
                              "DETACH keys;"
                              "PRAGMA application_id = ",
                              internal::kApplicationId));
}

}  // namespace

absl::Status BackUpSqlite(const BackupOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const bool has_store, IsThere(options.database));
  if (!has_store) {
    return absl::NotFoundError(
        absl::StrCat(options.database, ": there is no such store"));
  }
  CAREROUTE_RETURN_IF_ERROR(CheckIsStore(options.database));
  const std::string path = In(options.folder, kBackupStore);
  CAREROUTE_ASSIGN_OR_RETURN(const bool has_backup, IsThere(path));
  if (has_backup) {
    return absl::AlreadyExistsError(absl::StrCat(
        options.folder, ": holds a backup already; name another folder"));
  }
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat(options.folder, ": cannot be made: ", error.message()));
  }
  const std::string made = path + ".part";
  const std::string keys = In(options.folder, kBackupKeys);
  {
    CAREROUTE_ASSIGN_OR_RETURN(const Db to, Create(made));
    CAREROUTE_ASSIGN_OR_RETURN(const Db from,
                               Open(options.database, SQLITE_OPEN_READONLY));
    CAREROUTE_RETURN_IF_ERROR(Copy(from, to, options.progress));
    // The copy says of itself that it has a log beside it; it has none.
    CAREROUTE_RETURN_IF_ERROR(Run(to,
                                  "PRAGMA journal_mode = DELETE; "
                                  "PRAGMA journal_mode = MEMORY"));
    CAREROUTE_RETURN_IF_ERROR(PartKeys(to, keys + ".part", options));
  }
  CAREROUTE_RETURN_IF_ERROR(AddErasures(ErasureListOf(options.database),
                                        In(options.folder, kBackupErasures)));
  CAREROUTE_RETURN_IF_ERROR(Finish(keys + ".part", keys));
  return Finish(made, path);
}

absl::Status PutBackSqlite(const PutBackOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const bool has_store, IsThere(options.database));
  if (has_store) {
    return absl::AlreadyExistsError(absl::StrCat(
        options.database, ": there is a store; move it away first"));
  }
  const std::string store = In(options.folder, kBackupStore);
  const std::string keys = In(options.folder, kBackupKeys);
  CAREROUTE_ASSIGN_OR_RETURN(const std::string store_uid, BackupUid(store));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string keys_uid, BackupUid(keys));
  if (store_uid != keys_uid) {
    return absl::FailedPreconditionError(
        absl::StrCat(options.folder,
                     ": the keys are of another backup; everybody it lacks "
                     "would be lost"));
  }
  const std::string made = options.database + ".part";
  {
    CAREROUTE_ASSIGN_OR_RETURN(const Db to, Create(made));
    CAREROUTE_ASSIGN_OR_RETURN(const Db from,
                               Open(store, SQLITE_OPEN_READONLY));
    CAREROUTE_RETURN_IF_ERROR(Copy(from, to, options.progress));
    CAREROUTE_RETURN_IF_ERROR(JoinKeys(to, keys));
  }
  CAREROUTE_RETURN_IF_ERROR(AddErasures(In(options.folder, kBackupErasures),
                                        ErasureListOf(options.database)));
  return Finish(made, options.database);
}

}  // namespace careroute::store

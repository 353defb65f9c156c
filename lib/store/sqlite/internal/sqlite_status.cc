#include "lib/store/sqlite/internal/sqlite_status.h"

#include <sqlite3.h>

#include <cerrno>

#include "absl/strings/str_cat.h"

namespace careroute::store::internal {
namespace {

constexpr int kPrimaryCodeMask = 0xff;

// Which file an I/O error struck, as far as its code tells.
const char* RoleOf(int code) {
  switch (code) {
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP:
      return "the shared index of the write-ahead log";
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_DIR_CLOSE:
      return "the directory of the event store";
    default:
      return "the event store's database or write-ahead log";
  }
}

absl::Status IoStatus(int code) {
  if (code == SQLITE_IOERR_CORRUPTFS || code == SQLITE_IOERR_DATA) {
    return absl::DataLossError(absl::StrCat("damaged data in ", RoleOf(code),
                                            " (SQLite code ", code,
                                            "); restore a backup"));
  }
  // Where nobody looked at errno, a lack of room looks like any failed write.
  const bool room = code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE;
  return absl::UnavailableError(absl::StrCat(
      "input or output failed on ", RoleOf(code), " (SQLite code ", code,
      "); check the disk",
      room ? ", and whether its room, a quota or a limit is used up" : ""));
}

}  // namespace

absl::Status StatusOfCode(int code) {
  switch (code & kPrimaryCodeMask) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(
          "the disk of the event store is full, or a quota or a limit on files "
          "is used up; make room and try again, reads go on");
    case SQLITE_NOMEM:
      return absl::ResourceExhaustedError(
          "the event store found no memory; try again later");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(
          "another program holds the event store's database locked; end it");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(absl::StrCat(
          "the event store's database is damaged or not a database (SQLite "
          "code ",
          code, "); restore a backup"));
    case SQLITE_IOERR:
      return IoStatus(code);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return absl::FailedPreconditionError(absl::StrCat(
          "the event store's files cannot be opened or written (SQLite code ",
          code, "); check that they exist and who may write them"));
    default:
      return absl::InternalError(
          absl::StrCat("the event store failed: ", sqlite3_errstr(code),
                       " (SQLite code ", code, ")"));
  }
}

int WithErrno(int code, int error) {
  // Only a write: the shared index grows once a commit is in the log, and what
  // fails then leaves its outcome open.
  const bool is_used_up = error == EDQUOT || error == EFBIG;
  return code == SQLITE_IOERR_WRITE && is_used_up ? SQLITE_FULL : code;
}

bool CommitCertainlyFailed(int code) {
  const int primary = code & kPrimaryCodeMask;
  // A full disk cuts the last frame short, and a short frame is never read.
  return primary == SQLITE_FULL || primary == SQLITE_BUSY ||
         primary == SQLITE_NOMEM;
}

}  // namespace careroute::store::internal

// lib/store/sqlite/internal/sqlite_status.h: SQLite's codes as statuses.
//
// The text names the part of the store that failed and what would mend it,
// never a path or a stored value: paths and keys may carry names of people.

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SQLITE_STATUS_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SQLITE_STATUS_H_

#include "absl/status/status.h"

namespace careroute::store::internal {

// `code` is an extended result code. OK for SQLITE_OK, _ROW and _DONE.
[[nodiscard]] absl::Status StatusOfCode(int code);

// The code that says of a failed call why: SQLite tells a full disk apart from
// other trouble of writing, but not a quota or a limit on the size of files
// that is used up. `error` is the errno the call left.
[[nodiscard]] int WithErrno(int code, int error);

// Whether a COMMIT that ended so certainly left nothing behind. An error while
// the log was forced to disk leaves that open: the log may be found whole
// after a crash.
[[nodiscard]] bool CommitCertainlyFailed(int code);

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_SQLITE_STATUS_H_

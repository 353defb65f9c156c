// lib/store/postgres/internal/postgres_status.h: what the server says, as a
// status.
//
// A status names the SQLSTATE and never the server's own text, which may repeat
// values of a row.

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_POSTGRES_STATUS_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_POSTGRES_STATUS_H_

#include <libpq-fe.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace careroute::store::postgres {

// OK for a result that is no error. ALREADY_EXISTS for a unique key that is
// taken; ABORTED when the server broke the transaction off for another's sake
// (nothing was done, it may be tried again at once).
[[nodiscard]] absl::Status StatusOfResult(const PGresult* result);

// The same by the five characters of the SQL standard.
[[nodiscard]] absl::Status StatusOfSqlState(absl::string_view state);

// UNAVAILABLE: the server cannot be reached, or went away.
[[nodiscard]] absl::Status ConnectionLost();

// UNAVAILABLE: the connection broke while a commit was under way.
[[nodiscard]] absl::Status UnknownOutcome();

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_POSTGRES_STATUS_H_

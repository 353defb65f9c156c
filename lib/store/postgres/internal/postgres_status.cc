#include "lib/store/postgres/internal/postgres_status.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "lib/store/errors.h"

namespace careroute::store::postgres {
namespace {

using StatusMaker = absl::Status (*)(absl::string_view message);

// The first row whose state begins the one at hand decides.
struct StateRow {
  absl::string_view state;
  StatusMaker make;
  absl::string_view message;
};

constexpr StateRow kStates[] = {
    {"22P02", absl::InvalidArgumentError,
     "a position is none this store gave; begin with an empty one"},
    {"23505", absl::AlreadyExistsError, "a unique key of the store is taken"},
    {"25006", absl::FailedPreconditionError,
     "the event store's database is read-only; name its primary server"},
    {"28", absl::FailedPreconditionError,
     "the database server refuses this user; check the store's address and "
     "the password file"},
    {"3D000", absl::FailedPreconditionError,
     "the database does not exist; create it, or name another one"},
    {"40", absl::AbortedError,
     "the database server broke the write off for another one; try again"},
    {"42501", absl::FailedPreconditionError,
     "this user may not work on the event store's tables; grant it"},
    {"42P01", absl::FailedPreconditionError,
     "the database holds no event store of this release; run careroute "
     "migrate"},
    {"53100", absl::ResourceExhaustedError,
     "the disk of the database server is full; make room and try again, "
     "reads go on"},
    {"53300", absl::UnavailableError,
     "the database server takes no more connections; raise max_connections "
     "or run fewer hubs"},
    {"53", absl::ResourceExhaustedError,
     "the database server is out of memory or room; try again later"},
    {"55P03", absl::UnavailableError,
     "another program holds a row of the event store locked; end it"},
    {"57014", absl::UnavailableError,
     "a statement took too long and was taken back; try again"},
    {"57P", absl::UnavailableError,
     "the database server stops or starts; try again"},
    {"08", absl::UnavailableError, "the connection to the database broke"},
    {"58", absl::UnavailableError,
     "input or output failed on the database server; check its disk"},
    {"XX001", absl::DataLossError,
     "the event store's database is damaged; restore a backup"},
    {"XX002", absl::DataLossError,
     "an index of the event store's database is damaged; restore a backup"}};

}  // namespace

absl::Status StatusOfSqlState(absl::string_view state) {
  for (const StateRow& row : kStates) {
    if (state.substr(0, row.state.size()) == row.state) {
      return row.make(absl::StrCat(row.message, " (SQLSTATE ", state, ")"));
    }
  }
  return absl::InternalError(
      absl::StrCat("the database refused a statement (SQLSTATE ", state, ")"));
}

absl::Status StatusOfResult(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
      return absl::OkStatus();
    case PGRES_PIPELINE_ABORTED:
      return absl::AbortedError("an earlier statement failed");
    default:
      break;
  }
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? ConnectionLost() : StatusOfSqlState(state);
}

absl::Status ConnectionLost() {
  return absl::UnavailableError(
      "the database server cannot be reached; check that it runs and where");
}

absl::Status UnknownOutcome() {
  return OutcomeUnknown("the connection to the database broke");
}

}  // namespace careroute::store::postgres

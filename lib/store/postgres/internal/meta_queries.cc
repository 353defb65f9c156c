#include "lib/store/postgres/internal/meta_queries.h"

#include <string>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/schema.h"
#include "lib/store/stored_value.h"

namespace careroute::store::postgres {
namespace {

constexpr char kNameStore[] =
    "UPDATE careroute_store SET store = $1, clock = $2, created = $3 "
    "WHERE store = ''";
constexpr char kSelectMeta[] =
    "SELECT store, clock, epoch, created FROM careroute_store";
constexpr char kRaiseEpoch[] =
    "UPDATE careroute_store SET epoch = epoch + 1, purged_stamp = 0";
// A server that was set up anew counts its transactions from the beginning, and
// stamps of the backup would lie in its future. Moved below all of them they
// keep their order.
#define CAREROUTE_INTO_THE_PAST " SET stamp = stamp - (1::bigint << 62)"
constexpr char kAgeRows[] =
    "UPDATE index_rows" CAREROUTE_INTO_THE_PAST " WHERE stamp > 0";
constexpr char kAgeEvents[] =
    "UPDATE events" CAREROUTE_INTO_THE_PAST " WHERE stamp > 0";
#undef CAREROUTE_INTO_THE_PAST

}  // namespace

absl::Status CreateMeta(Connection& db, const StoreInfo& info) {
  const std::string uid = info.uid.Bytes();
  return db
      .Run(kNameStore,
           Params(uid, static_cast<int64_t>(info.clock), info.created))
      .status();
}

absl::StatusOr<StoreInfo> ReadMeta(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows, db.Run(kSelectMeta, Params()));
  if (rows.size() != 1) return NoStoreFacts();
  if (rows.Bytes(0, 0).empty()) {
    return absl::NotFoundError("no hub has used the store yet");
  }
  CAREROUTE_ASSIGN_OR_RETURN(StoreInfo info,
                             StoreInfoOf({.uid = rows.Bytes(0, 0),
                                          .clock = rows.Int(0, 1),
                                          .epoch = rows.Int(0, 2),
                                          .created = rows.Time(0, 3)}));
  info.schema_version = SchemaVersion();
  return info;
}

absl::Status RaiseEpoch(Connection& db) {
  Batch batch;
  batch.Add(kRaiseEpoch, Params());
  batch.Add(kAgeRows, Params());
  batch.Add(kAgeEvents, Params());
  return batch.Commit(db).status();
}

}  // namespace careroute::store::postgres

#include "lib/store/postgres/internal/meta_queries.h"

#include <string>

#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/schema.h"

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

bool IsKnown(int64_t clock) {
  return clock == static_cast<int64_t>(ClockKind::kReal) ||
         clock == static_cast<int64_t>(ClockKind::kVirtual);
}

absl::Status Nameless() {
  return absl::DataLossError(
      "the event store does not say what it is; restore a backup");
}

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
  if (rows.size() != 1) return Nameless();
  const absl::StatusOr<base::Uid> uid = base::UidFromBytes(rows.Bytes(0, 0));
  if (!uid.ok() || !IsKnown(rows.Int(0, 1))) return Nameless();
  return StoreInfo{.uid = *uid,
                   .clock = static_cast<ClockKind>(rows.Int(0, 1)),
                   .schema_version = SchemaVersion(),
                   .epoch = rows.Int(0, 2),
                   .created = rows.Time(0, 3)};
}

absl::Status RaiseEpoch(Connection& db) {
  Batch batch;
  batch.Add(kRaiseEpoch, Params());
  batch.Add(kAgeRows, Params());
  batch.Add(kAgeEvents, Params());
  return batch.Commit(db).status();
}

}  // namespace careroute::store::postgres

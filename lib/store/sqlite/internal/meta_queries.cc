#include "lib/store/sqlite/internal/meta_queries.h"

#include <string>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/sqlite/internal/schema.h"
#include "lib/store/stored_value.h"

namespace careroute::store::internal {
namespace {

constexpr char kInsertMeta[] =
    "INSERT INTO meta (id, store, clock, epoch, created, last_stamp, "
    "purged_stamp) VALUES (1, ?, ?, 1, ?, 0, 0) ON CONFLICT DO NOTHING";
constexpr char kSelectMeta[] =
    "SELECT store, clock, epoch, created, last_stamp FROM meta";
// The jump puts every position a watcher may have kept from the forgotten
// time out of range: no store gives out 2^40 stamps between two backups.
constexpr char kRaiseEpoch[] =
    "UPDATE meta SET epoch = epoch + 1, last_stamp = last_stamp + (1 << 40), "
    "purged_stamp = last_stamp + (1 << 40)";

}  // namespace

absl::Status CreateMeta(Connection& db, const StoreInfo& info) {
  const std::string uid = info.uid.Bytes();
  Query query(db, kInsertMeta);
  query.Bind(uid, static_cast<int64_t>(info.clock), info.created);
  return query.Run();
}

absl::StatusOr<Meta> ReadMeta(Connection& db) {
  Query query(db, kSelectMeta);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return NoStoreFacts();
  }
  CAREROUTE_ASSIGN_OR_RETURN(StoreInfo info,
                             StoreInfoOf({.uid = query.Bytes(0),
                                          .clock = query.Int(1),
                                          .epoch = query.Int(2),
                                          .created = query.Time(3)}));
  info.schema_version = SchemaVersion();
  return Meta{.info = info, .last_stamp = query.Int(4)};
}

absl::Status RaiseEpoch(Connection& db) { return Query(db, kRaiseEpoch).Run(); }

}  // namespace careroute::store::internal

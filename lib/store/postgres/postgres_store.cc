#include "lib/store/postgres/postgres_store.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/store/postgres/internal/append_writer.h"
#include "lib/store/postgres/internal/claim_queries.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/postgres/internal/event_queries.h"
#include "lib/store/postgres/internal/feed.h"
#include "lib/store/postgres/internal/index_queries.h"
#include "lib/store/postgres/internal/key_queries.h"
#include "lib/store/postgres/internal/meta_queries.h"
#include "lib/store/postgres/internal/outbox_queries.h"
#include "lib/store/postgres/internal/readers.h"
#include "lib/store/postgres/internal/schema.h"
#include "lib/store/postgres/internal/writer.h"
#include "lib/store/query_store.h"

namespace careroute::store {
namespace {

using postgres::Connection;
using postgres::Use;

using PostgresStore = QueryStore<postgres::Readers, postgres::Writer>;

constexpr char kSelectSnapshot[] = "SELECT pg_current_snapshot()::text";

absl::StatusOr<std::unique_ptr<Connection>> OpenForUpkeep(
    const std::string& address) {
  return Connection::Open({.address = address, .use = Use::kUpkeep});
}

absl::Status CheckVersion(Connection& db) {
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t version,
                             postgres::ReadSchemaVersion(db));
  if (version == postgres::SchemaVersion()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      version == 0
          ? "the database holds no store yet"
          : absl::StrCat("the store has schema version ", version,
                         ", older than version ", postgres::SchemaVersion(),
                         " of this release"),
      "; run careroute migrate"));
}

absl::Status CheckClock(const StoreInfo& info, ClockKind kind) {
  if (info.clock == kind) return absl::OkStatus();
  return absl::FailedPreconditionError(
      info.clock == ClockKind::kVirtual
          ? "the store was made by a sandbox, under a virtual clock; open it "
            "with the sandbox, or name another database"
          : "the store was made under the real clock; a sandbox may not open "
            "it, name another database");
}

ConnectionPoolOptions<Connection> PoolOf(
    const PostgresStoreOptions& options, Use use,
    const std::shared_ptr<postgres::HeadCache>& heads) {
  const bool writes = use == Use::kWrite;
  return {.executor = options.executor,
          .open =
              [address = options.address, use, heads] {
                return Connection::Open(
                    {.address = address, .use = use, .heads = heads});
              },
          .fit = [](Connection& db) { return db.Alive(); },
          .connections_max = writes ? kPostgresWritersMax : kPostgresReadersMax,
          .queue_max = writes ? options.append_queue_max : kReadQueueMax,
          .queue_bytes_max = writes ? kAppendQueueBytesMax
                                    : std::numeric_limits<size_t>::max()};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(
    const PostgresStoreOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<Connection> db,
                             OpenForUpkeep(options.address));
  CAREROUTE_RETURN_IF_ERROR(CheckVersion(*db));
  CAREROUTE_RETURN_IF_ERROR(
      postgres::CreateMeta(*db, {.uid = options.new_uid,
                                 .clock = options.kind,
                                 .created = options.clock.Now()}));
  CAREROUTE_ASSIGN_OR_RETURN(StoreInfo info, postgres::ReadMeta(*db));
  CAREROUTE_RETURN_IF_ERROR(CheckClock(info, options.kind));
  if (options.restored) {
    CAREROUTE_RETURN_IF_ERROR(postgres::RaiseEpoch(*db));
    ++info.epoch;
  }
  CAREROUTE_ASSIGN_OR_RETURN(const postgres::Rows now,
                             db->Run(kSelectSnapshot, postgres::Params()));

  auto heads = std::make_shared<postgres::HeadCache>();
  ConnectionPoolOptions<Connection> reading =
      PoolOf(options, Use::kRead, heads);
  auto feed = std::make_shared<postgres::Feed>(
      postgres::Feed::Options{.executor = options.executor,
                              .clock = options.clock,
                              .open = reading.open,
                              .notifications = options.notifications,
                              .seen = now.Bytes(0, 0)});
  return std::make_unique<PostgresStore>(PostgresStore::Parts{
      .executor = options.executor,
      .info = info,
      .writer = std::make_shared<postgres::Writer>(
          postgres::Writer::Options{.pool = PoolOf(options, Use::kWrite, heads),
                                    .feed = std::move(feed),
                                    .erasure_list = options.erasure_list}),
      .readers = std::make_shared<postgres::Readers>(std::move(reading))});
}

absl::StatusOr<std::vector<std::string>> PlanPostgresMigration(
    const PostgresMigration& migration) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<Connection> db,
                             OpenForUpkeep(migration.address));
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t version,
                             postgres::ReadSchemaVersion(*db));
  return postgres::MigrationSteps(version, migration.partitions);
}

absl::Status MigratePostgres(const PostgresMigration& migration) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<Connection> db,
                             OpenForUpkeep(migration.address));
  return postgres::MigrateSchema(*db, migration.partitions);
}

}  // namespace careroute::store

#include "lib/store/postgres/postgres_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/postgres/internal/append_writer.h"
#include "lib/store/postgres/internal/claim_queries.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/postgres/internal/event_queries.h"
#include "lib/store/postgres/internal/feed.h"
#include "lib/store/postgres/internal/index_queries.h"
#include "lib/store/postgres/internal/key_queries.h"
#include "lib/store/postgres/internal/key_vacuum.h"
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
  constexpr char kMend[] = "run careroute migrate";
  CAREROUTE_ASSIGN_OR_RETURN(const int32_t version,
                             postgres::ReadSchemaVersion(db));
  if (version == postgres::SchemaVersion()) return absl::OkStatus();
  if (version > 0) {
    return SchemaIsOlder(
        {.stored = version, .release = postgres::SchemaVersion()}, kMend);
  }
  return absl::FailedPreconditionError(
      absl::StrCat("the database holds no store yet; ", kMend));
}

// What the two kinds of pools are made from.
struct Pools {
  base::Executor& executor;
  const std::string& address;
  std::shared_ptr<postgres::HeadCache> heads =
      std::make_shared<postgres::HeadCache>();
};

ConnectionPoolOptions<Connection> PoolOf(const Pools& pools, Use use) {
  return {.executor = pools.executor,
          .open =
              [address = pools.address, use, heads = pools.heads] {
                return Connection::Open(
                    {.address = address, .use = use, .heads = heads});
              },
          .fit = [](Connection& db) { return db.Alive(); }};
}

ConnectionPoolOptions<Connection> ReadingPool(const Pools& pools) {
  ConnectionPoolOptions<Connection> options = PoolOf(pools, Use::kRead);
  options.connections_max = kPostgresReadersMax;
  options.queue_max = kReadQueueMax;
  return options;
}

// One connection, which is the view: another one would see another moment.
ConnectionPoolOptions<Connection> ViewingPool(const Pools& pools) {
  ConnectionPoolOptions<Connection> options = PoolOf(pools, Use::kView);
  options.connections_max = 1;
  options.queue_max = kReadQueueMax;
  options.open = [open = std::move(options.open), opened = false]() mutable
      -> absl::StatusOr<std::unique_ptr<Connection>> {
    if (opened) {
      return absl::UnavailableError(
          "the connection that saw the store as it was has broken; begin "
          "again");
    }
    absl::StatusOr<std::unique_ptr<Connection>> db = open();
    opened = db.ok();
    return db;
  };
  return options;
}

ConnectionPoolOptions<Connection> WritingPool(const Pools& pools,
                                              size_t queue_max) {
  ConnectionPoolOptions<Connection> options = PoolOf(pools, Use::kWrite);
  options.connections_max = kPostgresWritersMax;
  options.queue_max = queue_max;
  options.queue_bytes_max = kAppendQueueBytesMax;
  return options;
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
  CAREROUTE_RETURN_IF_ERROR(CheckClockKind(info.clock, options.kind));
  if (options.restored) {
    CAREROUTE_RETURN_IF_ERROR(postgres::RaiseEpoch(*db));
    ++info.epoch;
  }
  CAREROUTE_ASSIGN_OR_RETURN(const postgres::Rows now,
                             db->Run(kSelectSnapshot, postgres::Params()));

  const Pools pools{.executor = options.executor, .address = options.address};
  ConnectionPoolOptions<Connection> reading = ReadingPool(pools);
  auto feed = std::make_shared<postgres::Feed>(
      postgres::Feed::Options{.executor = options.executor,
                              .clock = options.clock,
                              .open = reading.open,
                              .notifications = options.notifications,
                              .seen = now.Bytes(0, 0)});
  auto vacuum = std::make_shared<postgres::KeyVacuum>(
      postgres::KeyVacuum::Options{.executor = options.executor,
                                   .clock = options.clock,
                                   .open = [address = options.address] {
                                     return OpenForUpkeep(address);
                                   }});
  return std::make_unique<PostgresStore>(PostgresStore::Parts{
      .executor = options.executor,
      .info = info,
      .writer = std::make_shared<postgres::Writer>(postgres::Writer::Options{
          .pool = WritingPool(pools, options.append_queue_max),
          .feed = std::move(feed),
          .vacuum = std::move(vacuum),
          .erasure_list = options.erasure_list}),
      .readers = std::make_shared<postgres::Readers>(std::move(reading))});
}

absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStoreReadOnly(
    const PostgresReadOnlyOptions& options) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<Connection> db,
                             OpenForUpkeep(options.address));
  CAREROUTE_RETURN_IF_ERROR(CheckVersion(*db));
  CAREROUTE_ASSIGN_OR_RETURN(const StoreInfo info, postgres::ReadMeta(*db));
  return std::make_unique<PostgresStore>(PostgresStore::Parts{
      .executor = options.executor,
      .info = info,
      .readers = std::make_shared<postgres::Readers>(ViewingPool(
          {.executor = options.executor, .address = options.address}))});
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

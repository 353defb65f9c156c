// Every backend of the store.

#include <cstdint>
#include <memory>

#include "gtest/gtest.h"
#include "lib/store/memory/memory_store.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/postgres/test_cluster.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/fault_vfs.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "tests/contract/event_store_contract.h"

namespace careroute::tests {
namespace {

class MemoryBackend final : public StoreBackend {
 public:
  absl::StatusOr<std::unique_ptr<store::Store>> Open(
      const StoreOpening& opening) override {
    return std::make_unique<store::MemoryStore>(store::MemoryStoreOptions{
        .executor = opening.executor,
        .clock = opening.clock,
        .append_queue_max = opening.append_queue_max});
  }
  void LoseNextAnswer(store::Store& store) override {
    static_cast<store::MemoryStore&>(store).FailNextAppend(
        {.status = absl::UnavailableError("the answer was lost"),
         .point = store::FaultPoint::kAfterEffect});
  }
  void Heal() override {}
};

class SqliteBackend final : public StoreBackend {
 public:
  absl::StatusOr<std::unique_ptr<store::Store>> Open(
      const StoreOpening& opening) override {
    return store::OpenSqliteStore({.executor = opening.executor,
                                   .path = scratch_.File("hub.db"),
                                   .clock = opening.clock,
                                   .new_uid = {.low = ++opened_},
                                   .restored = opening.restored,
                                   .append_queue_max = opening.append_queue_max,
                                   .vfs = faults_.name()});
  }
  void LoseNextAnswer(store::Store&) override {
    faults_.FailSyncs(store::DiskFault::kInputOutput);
  }
  void Heal() override { faults_.Heal(); }

 private:
  store::ScratchDirectory scratch_;
  store::FaultVfs faults_{"store_contract_faults"};
  uint64_t opened_ = 0;
};

// A server for all tests, each of which has a place of its own in it.
store::TestCluster& Cluster() {
  static store::TestCluster cluster;
  return cluster;
}

// Without notifications: the suite's one thread may not wait for any.
class PostgresBackend final : public StoreBackend {
 public:
  explicit PostgresBackend(int partitions) {
    const absl::Status migrated =
        store::MigratePostgres({.address = address_, .partitions = partitions});
    EXPECT_TRUE(migrated.ok()) << migrated;
  }
  absl::StatusOr<std::unique_ptr<store::Store>> Open(
      const StoreOpening& opening) override {
    return store::OpenPostgresStore(
        {.executor = opening.executor,
         .clock = clock_,
         .address = address_,
         .kind = opening.clock,
         .new_uid = {.low = ++opened_},
         .restored = opening.restored,
         .append_queue_max = opening.append_queue_max,
         .notifications = false});
  }
  void LoseNextAnswer(store::Store&) override { Cluster().Kill(); }
  void Heal() override { Cluster().Start(); }

 private:
  const base::VirtualClock clock_{absl::FromUnixSeconds(1735689600)};
  const std::string address_ = Cluster().NewAddress();
  uint64_t opened_ = 0;
};

const StoreBackendParam kMemory{
    .name = "Memory", .make = [] { return std::make_unique<MemoryBackend>(); }};
const StoreBackendParam kSqlite{
    .name = "Sqlite", .make = [] { return std::make_unique<SqliteBackend>(); }};

const StoreBackendParam kPostgres{.name = "Postgres", .make = [] {
                                    return std::make_unique<PostgresBackend>(0);
                                  }};
// As a distributed database would cut the tables.
const StoreBackendParam kPostgresSplit{
    .name = "PostgresSplit",
    .make = [] { return std::make_unique<PostgresBackend>(4); }};

INSTANTIATE_TEST_SUITE_P(Backends, EventStoreContract,
                         testing::Values(kMemory, kSqlite, kPostgres,
                                         kPostgresSplit),
                         BackendName);
INSTANTIATE_TEST_SUITE_P(Backends, IndexStoreContract,
                         testing::Values(kMemory, kSqlite, kPostgres,
                                         kPostgresSplit),
                         BackendName);
INSTANTIATE_TEST_SUITE_P(Backends, PersistentStoreContract,
                         testing::Values(kSqlite, kPostgres, kPostgresSplit),
                         BackendName);

}  // namespace
}  // namespace careroute::tests

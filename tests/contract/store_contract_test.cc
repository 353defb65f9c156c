// The backends that need nothing but this process.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "gtest/gtest.h"
#include "lib/store/memory/memory_store.h"
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

// A directory of its own, removed with the backend.
class SqliteBackend final : public StoreBackend {
 public:
  SqliteBackend()
      : directory_(testing::TempDir() + "store_contract_XXXXXX"),
        faults_("store_contract_faults") {
    if (mkdtemp(directory_.data()) == nullptr) {
      ADD_FAILURE() << "no temporary directory";
    }
  }
  ~SqliteBackend() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  absl::StatusOr<std::unique_ptr<store::Store>> Open(
      const StoreOpening& opening) override {
    return store::OpenSqliteStore({.executor = opening.executor,
                                   .path = directory_ + "/hub.db",
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
  std::string directory_;
  store::FaultVfs faults_;
  uint64_t opened_ = 0;
};

const StoreBackendParam kMemory{
    .name = "Memory", .make = [] { return std::make_unique<MemoryBackend>(); }};
const StoreBackendParam kSqlite{
    .name = "Sqlite", .make = [] { return std::make_unique<SqliteBackend>(); }};

INSTANTIATE_TEST_SUITE_P(Backends, EventStoreContract,
                         testing::Values(kMemory, kSqlite), BackendName);
INSTANTIATE_TEST_SUITE_P(Backends, IndexStoreContract,
                         testing::Values(kMemory, kSqlite), BackendName);
INSTANTIATE_TEST_SUITE_P(Backends, PersistentStoreContract,
                         testing::Values(kSqlite), BackendName);

}  // namespace
}  // namespace careroute::tests

#include "services/core/open_store.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/store/erasure_list.h"
#include "lib/store/memory/memory_store.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/sqlite/backup.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "services/core/hub_rules.h"

namespace careroute::services {
namespace {

using StoreOr = absl::StatusOr<std::unique_ptr<store::Store>>;

constexpr int kIoThreadsDefault = 2;

// Its address may hold a password.
constexpr char kDatabase[] = "the database";

StoreOr Naming(const std::string& what, StoreOr opened) {
  if (opened.ok()) return opened;
  return absl::Status(opened.status().code(),
                      absl::StrCat(what, ": ", opened.status().message()));
}

}  // namespace

int IoThreadsOf(const config::v1::HubConfig& config) {
  if (config.io_threads() > 0) return config.io_threads();
  return PostgresAddressOf(config).empty() ? kIoThreadsDefault
                                           : store::kPostgresThreads;
}

StoreOr OpenStore(const OpenStoreOptions& options) {
  const std::string address = PostgresAddressOf(options.config);
  if (!address.empty()) {
    // A database outlives its backups as a file does, so whoever was erased is
    // named beside the keys.
    return Naming(
        kDatabase,
        store::OpenPostgresStore(
            {.executor = options.executor,
             .clock = options.clock,
             .address = address,
             .kind = options.kind,
             .new_uid = options.new_uid,
             .restored = options.restored,
             .erasure_list = store::ErasureListOf(options.config.key_ring())}));
  }
  const std::string path = SqlitePathOf(options.config);
  if (!path.empty()) {
    return Naming(path, store::OpenSqliteStore({.executor = options.executor,
                                                .path = path,
                                                .clock = options.kind,
                                                .new_uid = options.new_uid,
                                                .now = options.clock.Now(),
                                                .restored = options.restored,
                                                .bulk = options.bulk}));
  }
  return std::make_unique<store::MemoryStore>(
      store::MemoryStoreOptions{.executor = options.executor,
                                .uid = options.new_uid,
                                .clock = options.kind,
                                .created = options.clock.Now()});
}

config::v1::HubConfig ConfigOfStore(const std::string& name) {
  config::v1::HubConfig config;
  config.set_store(name);
  if (IsDurable(config)) return config;
  std::error_code ignored;
  const bool is_folder = std::filesystem::is_directory(name, ignored);
  config.set_store(
      absl::StrCat("sqlite:", name,
                   is_folder ? absl::StrCat("/", store::kBackupStore) : ""));
  return config;
}

StoreOr OpenStoreToRead(const ReadStoreOptions& options) {
  const std::string address = PostgresAddressOf(options.config);
  if (!address.empty()) {
    return Naming(kDatabase,
                  store::OpenPostgresStoreReadOnly(
                      {.executor = options.executor, .address = address}));
  }
  const std::string path = SqlitePathOf(options.config);
  if (path.empty()) return absl::NotFoundError("the store is in memory");
  return Naming(path, store::OpenSqliteStoreReadOnly(
                          {.executor = options.executor, .path = path}));
}

}  // namespace careroute::services

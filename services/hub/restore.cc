#include "services/hub/restore.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "lib/base/problems.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine.h"
#include "lib/registry/key_ring_file.h"
#include "lib/store/erasure_list.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "services/hub/await.h"
#include "services/hub/catalogue.h"
#include "services/hub/hub_config.h"
#include "services/hub/thread_pool.h"

namespace careroute::services {
namespace {

// One for what waits, one for what it waits for.
constexpr int kThreads = 2;

absl::StatusOr<store::ClockKind> ClockOf(const std::string& path,
                                         ThreadPool& pool) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<store::Store> store,
      store::OpenSqliteStoreReadOnly({.executor = pool, .path = path}));
  return store->info().clock;
}

absl::StatusOr<int> EraseAgain(engine::Engine& engine, const std::string& path,
                               absl::Time now) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<store::Erasure> erasures,
                             store::ReadErasures(store::ErasureListOf(path)));
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  int count = 0;
  for (const store::Erasure& one : erasures) {
    if (one.owner.kind != store::StreamKind::kPerson) continue;
    CAREROUTE_RETURN_IF_ERROR(AwaitStatus([&](base::DoneStatus done) {
      engine.erasures().EraseAgain({.person = one.owner.id, .today = today},
                                   std::move(done));
    }));
    ++count;
  }
  return count;
}

// With an engine over the store that was put back, and nothing served.
absl::StatusOr<Restored> Replay(const config::v1::HubConfig& config,
                                ThreadPool& pool) {
  const base::RealClock clock;
  base::RealRandom random;
  const std::string path = SqlitePathOf(config);
  base::Problems problems;
  const calendar::CalendarSet calendars =
      LoadCalendarFolder(CatalogueFolder(config.catalogue()), problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  CAREROUTE_ASSIGN_OR_RETURN(const registry::KeyRing keys,
                             registry::LoadKeyRingFile(config.key_ring()));
  CAREROUTE_ASSIGN_OR_RETURN(const store::ClockKind kind, ClockOf(path, pool));
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<store::Store> store,
      store::OpenSqliteStore({.executor = pool,
                              .path = path,
                              .clock = kind,
                              .new_uid = base::NewUid(random),
                              .now = clock.Now(),
                              .restored = true}));
  engine::Engine engine({.store = *store,
                         .clock = clock,
                         .random = random,
                         .executor = pool,
                         .keys = keys,
                         .calendars = calendars});
  CAREROUTE_RETURN_IF_ERROR(AwaitStatus(
      [&engine](base::DoneStatus done) { engine.Start(std::move(done)); }));
  absl::StatusOr<int> erased = EraseAgain(engine, path, clock.Now());
  engine.Stop();
  pool.Stop();
  CAREROUTE_RETURN_IF_ERROR(erased.status());
  return Restored{.erased_again = *erased, .epoch = store->info().epoch};
}

}  // namespace

absl::StatusOr<Restored> RestoreHub(const RestoreOptions& options) {
  const std::string path = SqlitePathOf(options.config);
  CAREROUTE_RETURN_IF_ERROR(
      store::PutBackSqlite({.folder = options.folder,
                            .database = path,
                            .progress = options.progress}));
  const base::RealClock clock;
  ThreadPool pool({.clock = clock, .threads = kThreads});
  absl::StatusOr<Restored> restored = Replay(options.config, pool);
  pool.Stop();
  if (!restored.ok()) {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) {
      std::filesystem::remove(absl::StrCat(path, end), ignored);
    }
  }
  return restored;
}

}  // namespace careroute::services

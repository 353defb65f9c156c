#include "services/hub/restore.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine.h"
#include "lib/store/erasure_list.h"
#include "services/core/await.h"
#include "services/hub/hub_config.h"
#include "services/hub/offline_engine.h"

namespace careroute::services {
namespace {

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
absl::StatusOr<Restored> Replay(const config::v1::HubConfig& config) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const std::unique_ptr<OfflineEngine> offline,
      OfflineEngine::Open(
          {.config = config, .any_clock = true, .restored = true}));
  engine::Engine& engine = offline->engine();
  CAREROUTE_ASSIGN_OR_RETURN(
      const int erased,
      EraseAgain(engine, SqlitePathOf(config), offline->Now()));
  return Restored{.erased_again = erased, .epoch = engine.store().info().epoch};
}

}  // namespace

absl::StatusOr<Restored> RestoreHub(const RestoreOptions& options) {
  const std::string path = SqlitePathOf(options.config);
  CAREROUTE_RETURN_IF_ERROR(
      store::PutBackSqlite({.folder = options.folder,
                            .database = path,
                            .progress = options.progress}));
  absl::StatusOr<Restored> restored = Replay(options.config);
  if (!restored.ok()) {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) {
      std::filesystem::remove(absl::StrCat(path, end), ignored);
    }
  }
  return restored;
}

}  // namespace careroute::services

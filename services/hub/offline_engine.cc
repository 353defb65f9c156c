#include "services/hub/offline_engine.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "lib/base/problems.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/base/status_macros.h"
#include "lib/registry/key_ring_file.h"
#include "services/core/await.h"
#include "services/core/catalogue.h"
#include "services/core/log.h"
#include "services/core/open_store.h"
#include "services/core/thread_pool.h"

namespace careroute::services {
namespace {

// One for what waits, one for what it waits for.
constexpr int kThreadsMin = 2;
// Of a file: one writes while others read pages that are not in memory.
constexpr int kIoThreadsMin = 4;

int Threads() {
  return std::max(kThreadsMin,
                  static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

// In the order they are made; taken down in reverse.
struct OfflineEngine::Parts {
  explicit Parts(int io_threads)
      : io_pool({.clock = clock, .threads = io_threads}) {}

  absl::Status LoadData(const config::v1::HubConfig& config);
  absl::Status OpenStore(const Options& options);
  absl::Status Start(const Options& options);
  void Stop();

  base::RealClock clock;
  base::RealRandom random;
  const Log log{clock, /*quiet=*/true};
  std::string catalogue;
  calendar::CalendarSet calendars;
  scoring::InstrumentSet instruments;
  measures::MeasureSets measures;
  std::optional<registry::KeyRing> keys;
  ThreadPool io_pool;
  ThreadPool pool{{.clock = clock, .threads = Threads()}};
  std::unique_ptr<store::Store> store;
  std::unique_ptr<engine::Engine> engine;
};

absl::Status OfflineEngine::Parts::LoadData(
    const config::v1::HubConfig& config) {
  base::Problems problems;
  catalogue = CatalogueFolder(config.catalogue());
  calendars = LoadCalendarFolder(catalogue, problems);
  instruments = LoadInstrumentFolder(catalogue, problems);
  measures = LoadMeasureFolder(catalogue, problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  CAREROUTE_ASSIGN_OR_RETURN(registry::KeyRing ring,
                             registry::LoadKeyRingFile(config.key_ring()));
  keys.emplace(std::move(ring));
  return absl::OkStatus();
}

absl::Status OfflineEngine::Parts::OpenStore(const Options& options) {
  store::ClockKind kind = store::ClockKind::kReal;
  if (options.any_clock) {
    CAREROUTE_ASSIGN_OR_RETURN(
        const std::unique_ptr<store::Store> beside,
        OpenStoreToRead({.config = options.config, .executor = io_pool}));
    kind = beside->info().clock;
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      store, services::OpenStore({.config = options.config,
                                  .executor = io_pool,
                                  .clock = clock,
                                  .kind = kind,
                                  .new_uid = base::NewUid(random),
                                  .restored = options.restored,
                                  .bulk = options.bulk}));
  return absl::OkStatus();
}

absl::Status OfflineEngine::Parts::Start(const Options& options) {
  engine = std::make_unique<engine::Engine>(
      engine::Engine::Options{.store = *store,
                              .clock = clock,
                              .random = random,
                              .executor = pool,
                              .keys = *keys,
                              .hub_id = options.config.hub_id(),
                              .calendars = calendars,
                              .measures = &measures,
                              .instruments = &instruments});
  return AwaitStatus(
      [this](base::DoneStatus done) { engine->Start(std::move(done)); });
}

void OfflineEngine::Parts::Stop() {
  if (engine != nullptr) engine->Stop();
  pool.Stop();
  io_pool.Stop();
}

OfflineEngine::OfflineEngine(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}

OfflineEngine::~OfflineEngine() { parts_->Stop(); }

engine::Engine& OfflineEngine::engine() { return *parts_->engine; }

base::Executor& OfflineEngine::executor() { return parts_->pool; }

absl::Time OfflineEngine::Now() const { return parts_->clock.Now(); }

absl::Status OfflineEngine::Publish(const std::string& overlay) {
  return PublishOverlay({.engine = *parts_->engine,
                         .folder = parts_->catalogue,
                         .overlay = overlay,
                         .log = parts_->log});
}

absl::StatusOr<std::unique_ptr<OfflineEngine>> OfflineEngine::Open(
    const Options& options) {
  auto parts = std::make_unique<Parts>(
      std::max(kIoThreadsMin, IoThreadsOf(options.config)));
  Parts& opened = *parts;
  // Stops what was started, should a later step fail.
  std::unique_ptr<OfflineEngine> offline(new OfflineEngine(std::move(parts)));
  CAREROUTE_RETURN_IF_ERROR(opened.LoadData(options.config));
  CAREROUTE_RETURN_IF_ERROR(opened.OpenStore(options));
  CAREROUTE_RETURN_IF_ERROR(opened.Start(options));
  return offline;
}

}  // namespace careroute::services

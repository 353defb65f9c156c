#include "tests/bench/bench_hub.h"

#include <filesystem>
#include <string>
#include <utility>

#include "lib/api/methods.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "services/core/await.h"
#include "services/core/catalogue.h"
#include "tests/bench/sure.h"
#include "tests/hub/program.h"

namespace careroute::bench {
namespace {

// As a hub has them on two cores.
constexpr int kThreads = 2;

int IoThreadsOf(const BenchHub::Options& options) {
  return options.postgres.empty() ? kThreads : store::kPostgresThreads;
}

// Where the program of this build finds its own.
std::string Catalogue() {
  const std::filesystem::path program = tests::CareroutePath();
  return (program.parent_path().parent_path() / "share/careroute/catalogue")
      .string();
}

}  // namespace

BenchHub::BenchHub(Options options)
    : calendars_(services::LoadCalendarFolder(Catalogue(), problems_)),
      instruments_(services::LoadInstrumentFolder(Catalogue(), problems_)),
      measures_(services::LoadMeasureFolder(Catalogue(), problems_)),
      keys_(std::move(options.keys)),
      io_pool_({.clock = clock_, .threads = IoThreadsOf(options)}),
      pool_({.clock = clock_, .threads = kThreads}),
      store_(OpenStore(options)),
      counted_(std::make_unique<CountingStore>(*store_)),
      engine_(std::make_unique<engine::Engine>(
          engine::Engine::Options{.store = *counted_,
                                  .clock = clock_,
                                  .random = random_,
                                  .executor = pool_,
                                  .keys = keys_,
                                  .hub_id = options.hub_id,
                                  .calendars = calendars_,
                                  .measures = &measures_,
                                  .instruments = &instruments_,
                                  .cached_cases = options.cached_cases,
                                  .on_commit = std::move(options.on_commit)})),
      actors_(std::make_unique<api::DevelopmentActor>(
          api::DevelopmentActor::Options{.engine = *engine_})),
      pipeline_(std::make_unique<api::Pipeline>(api::Pipeline::Options{
          .engine = *engine_, .actors = *actors_, .table = table_})) {
  Sure(problems_.ToStatus());
  counted_->set_on_settled(std::move(options.on_settled));
  Sure(services::AwaitStatus(
      [this](base::DoneStatus done) { engine_->Start(std::move(done)); }));
  api::AddAllMethods(*pipeline_);
}

std::unique_ptr<store::Store> BenchHub::OpenStore(const Options& options) {
  const base::Uid uid = base::NewUid(random_);
  if (options.postgres.empty()) {
    return Sure(store::OpenSqliteStore({.executor = io_pool_,
                                        .path = options.sqlite,
                                        .new_uid = uid,
                                        .now = clock_.Now()}));
  }
  return Sure(store::OpenPostgresStore({.executor = io_pool_,
                                        .clock = clock_,
                                        .address = options.postgres,
                                        .new_uid = uid}));
}

BenchHub::~BenchHub() { Stop(); }

void BenchHub::Stop() {
  if (std::exchange(stopped_, true)) return;
  engine_->Stop();
  pool_.Stop();
  io_pool_.Stop();
}

void BenchHub::RunInBackground() {
  Sure(services::Await<int>([this](base::Done<int> done) {
    engine_->RunDue(clock_.Now(), std::move(done));
  }));
  engine_->RunInBackground();
}

}  // namespace careroute::bench

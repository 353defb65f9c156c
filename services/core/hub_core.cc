#include "services/core/hub_core.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/api/methods.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "lib/registry/key_ring_file.h"
#include "services/core/await.h"
#include "services/core/catalogue.h"
#include "services/core/hub_rules.h"
#include "services/core/open_store.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;

constexpr int kCachedCasesDefault = 10000;

int ThreadsOf(const HubConfig& config) {
  if (config.threads() > 0) return config.threads();
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

size_t CachedCasesOf(const HubConfig& config) {
  return static_cast<size_t>(config.cached_cases() > 0 ? config.cached_cases()
                                                       : kCachedCasesDefault);
}

}  // namespace

HubCore::HubCore(Options options)
    : options_(std::move(options)),
      virtual_clock_(options_.sandbox_start.has_value()
                         ? *options_.sandbox_start
                         : absl::UnixEpoch()),
      log_(real_clock_, options_.quiet),
      complaints_(log_, real_clock_) {}

HubCore::~HubCore() { Stop(); }

const base::Clock& HubCore::clock() const {
  if (sandbox()) return virtual_clock_;
  return real_clock_;
}

absl::StatusOr<std::unique_ptr<HubCore>> HubCore::Open(Options options) {
  // Stops what was started, should a later step fail.
  std::unique_ptr<HubCore> core(new HubCore(std::move(options)));
  CAREROUTE_RETURN_IF_ERROR(core->LoadData());
  core->StartThreads();
  CAREROUTE_RETURN_IF_ERROR(core->OpenStore());
  CAREROUTE_RETURN_IF_ERROR(core->LoadClock());
  CAREROUTE_RETURN_IF_ERROR(core->StartEngine());
  CAREROUTE_RETURN_IF_ERROR(core->PublishOverlays());
  return core;
}

absl::Status HubCore::LoadData() {
  base::Problems problems;
  catalogue_ = CatalogueFolder(options_.config.catalogue());
  calendars_ = LoadCalendarFolder(catalogue_, problems);
  instruments_ = LoadInstrumentFolder(catalogue_, problems);
  measures_ = LoadMeasureFolder(catalogue_, problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  if (!IsDurable(options_.config)) {
    keys_ = std::make_unique<registry::KeyRing>(
        registry::KeyRing::Generate(random_, real_clock_.Now()));
    return absl::OkStatus();
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      registry::KeyRing ring,
      registry::LoadKeyRingFile(options_.config.key_ring()));
  keys_ = std::make_unique<registry::KeyRing>(std::move(ring));
  return absl::OkStatus();
}

void HubCore::StartThreads() {
  io_pool_ = std::make_unique<ThreadPool>(ThreadPool::Options{
      .clock = real_clock_, .threads = IoThreadsOf(options_.config)});
  pool_ = std::make_unique<ThreadPool>(ThreadPool::Options{
      .clock = clock(), .threads = ThreadsOf(options_.config)});
}

absl::Status HubCore::OpenStore() {
  if (sandbox() && !PostgresAddressOf(options_.config).empty()) {
    return absl::InvalidArgumentError(
        "store: a sandbox keeps its clock beside its store, which must be a "
        "file or in memory; name sqlite:PATH or memory:");
  }
  const store::ClockKind kind =
      sandbox() ? store::ClockKind::kVirtual : store::ClockKind::kReal;
  CAREROUTE_ASSIGN_OR_RETURN(
      store_, services::OpenStore({.config = options_.config,
                                   .executor = *io_pool_,
                                   .clock = real_clock_,
                                   .kind = kind,
                                   .new_uid = base::NewUid(random_)}));
  if (!IsDurable(options_.config)) {
    log_.Line("the store is in memory: nothing outlives this process");
    return absl::OkStatus();
  }
  log_.Line("opened the store");
  if (sandbox()) {
    clock_path_ = absl::StrCat(SqlitePathOf(options_.config), ".clock");
  }
  return absl::OkStatus();
}

absl::Status HubCore::LoadClock() {
  if (clock_path_.empty()) return absl::OkStatus();
  absl::StatusOr<ClockState> state = LoadClockFile(clock_path_);
  if (absl::IsNotFound(state.status())) return absl::OkStatus();
  CAREROUTE_RETURN_IF_ERROR(state.status());
  clock_state_ = *std::move(state);
  // Also back: a sandbox goes on where it was, wherever it was asked to start.
  virtual_clock_.SetForTest(clock_state_.now);
  log_.Line(absl::StrCat("the sandbox's clock goes on at ",
                         absl::FormatTime(absl::RFC3339_sec, clock_state_.now,
                                          absl::UTCTimeZone())));
  return absl::OkStatus();
}

absl::Status HubCore::StartEngine() {
  engine_ = std::make_unique<engine::Engine>(engine::Engine::Options{
      .store = *store_,
      .clock = clock(),
      .random = random_,
      .executor = *pool_,
      .keys = *keys_,
      .hub_id = options_.config.hub_id(),
      .calendars = calendars_,
      .measures = &measures_,
      .instruments = &instruments_,
      .cached_cases = CachedCasesOf(options_.config),
      .monotonic = sandbox() ? nullptr : &monotonic_,
      .on_clocks = [this](absl::Duration ahead) { TellOfClocks(ahead); },
      .on_commit = options_.on_commit});
  return AwaitStatus(
      [this](base::DoneStatus done) { engine_->Start(std::move(done)); });
}

void HubCore::TellOfClocks(absl::Duration ahead) const {
  if (absl::AbsDuration(ahead) <= engine::kClocksPartMax) {
    log_.Line("the clock agrees again: what fell due is raised");
    return;
  }
  log_.Line(absl::StrCat(
      "the clock was set ",
      absl::FormatDuration(
          absl::Trunc(absl::AbsDuration(ahead), absl::Seconds(1))),
      ahead > absl::ZeroDuration() ? " forward" : " back",
      " while the hub ran: nothing is raised until it is set right; if it is "
      "right now, start the hub again"));
}

absl::Status HubCore::PublishOverlays() {
  for (const std::string& overlay : options_.config.overlays()) {
    CAREROUTE_RETURN_IF_ERROR(PublishOverlay({.engine = *engine_,
                                              .folder = catalogue_,
                                              .overlay = overlay,
                                              .log = log_}));
  }
  return absl::OkStatus();
}

void HubCore::Serve(const Serving& serving) {
  CAREROUTE_CHECK(!serves_);
  serves_ = true;
  MakePipeline(serving);
  KeepTime();
  WitnessLeftBehind();
}

void HubCore::MakePipeline(const Serving& serving) {
  const int calls_per_second = CallsPerSecondOf(options_.config);
  if (calls_per_second > 0) {
    limits_ = std::make_unique<api::CallLimits>(api::CallLimits::Options{
        .clock = monotonic_, .calls_per_second = calls_per_second});
  }
  pipeline_ = std::make_unique<api::Pipeline>(
      api::Pipeline::Options{.engine = *engine_,
                             .actors = serving.actors,
                             .table = table_,
                             .peers = serving.peers,
                             .limits = limits_.get()});
  api::AddAllMethods(*pipeline_);
}

void HubCore::KeepTime() {
  if (!sandbox()) {
    engine_->RunInBackground();
    return;
  }
  clock_state_.now = virtual_clock_.Now();
  sandbox_clock_ = std::make_unique<SandboxClock>(
      SandboxClock::Options{.engine = *engine_,
                            .clock = virtual_clock_,
                            .executor = *pool_,
                            .io_executor = *io_pool_,
                            .file = clock_path_,
                            .state = clock_state_});
  sandbox_clock_->AddMethods(*pipeline_);
  if (!options_.still) sandbox_clock_->RunInBackground();
}

void HubCore::WitnessLeftBehind() {
  engine_->WitnessLeftBehind([this](absl::StatusOr<int64_t> streams) {
    if (!streams.ok()) {
      log_.Line("could not read what the checkpoints witnessed");
    } else {
      log_.Line(absl::StrCat("witnesses ", *streams,
                             " streams that no checkpoint names yet"));
    }
  });
}

void HubCore::Stop() {
  if (std::exchange(stopped_, true)) return;
  if (sandbox_clock_ != nullptr) sandbox_clock_->Stop();
  if (engine_ != nullptr) engine_->Stop();
  if (serves_) {
    const absl::Status flushed = AwaitStatus([this](base::DoneStatus done) {
      engine_->access_log().Flush(std::move(done));
    });
    if (!flushed.ok()) log_.Line("the access log's end could not be written");
  }
  // The rounds in flight end before the last checkpoint is signed.
  if (pool_ != nullptr) pool_->Stop();
  if (serves_) WriteLastWords();
  if (io_pool_ != nullptr) io_pool_->Stop();
}

void HubCore::WriteLastWords() {
  const absl::Status handed_over = AwaitStatus(
      [this](base::DoneStatus done) { engine_->HandOver(std::move(done)); });
  if (!handed_over.ok()) {
    log_.Line(
        "the timers could not be handed over: if there is another hub, "
        "it takes them in a few seconds");
  }
  const absl::Status signed_last = AwaitStatus([this](base::DoneStatus done) {
    engine_->checkpoints().Sign(std::move(done));
  });
  if (!signed_last.ok()) log_.Line("no last checkpoint could be written");
}

}  // namespace careroute::services

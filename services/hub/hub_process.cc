#include "services/hub/hub_process.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/api/actor_sources.h"
#include "lib/api/call_limits.h"
#include "lib/api/certificate_actor.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/methods.h"
#include "lib/api/pipeline.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine.h"
#include "lib/registry/key_ring_file.h"
#include "services/grpc/door.h"
#include "services/hub/await.h"
#include "services/hub/catalogue.h"
#include "services/hub/clock_file.h"
#include "services/hub/hub_config.h"
#include "services/hub/hub_exchange.h"
#include "services/hub/log.h"
#include "services/hub/open_store.h"
#include "services/hub/protobuf_log.h"
#include "services/hub/sandbox_clock.h"
#include "services/hub/thread_pool.h"
#include "services/hub/token_callers.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;

constexpr int kCachedCasesDefault = 10000;

int ThreadsOf(const HubConfig& config) {
  if (config.threads() > 0) return config.threads();
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// Where anybody may act as anybody, a limit for each would hold nobody up: 0,
// unless one is asked for.
int CallsPerSecondOf(const HubConfig& config) {
  if (config.calls_per_second() > 0) return config.calls_per_second();
  return config.development() ? 0 : api::kCallsPerSecondDefault;
}

size_t CachedCasesOf(const HubConfig& config) {
  return static_cast<size_t>(config.cached_cases() > 0 ? config.cached_cases()
                                                       : kCachedCasesDefault);
}

}  // namespace

// In the order they are made; taken down in reverse.
struct HubProcess::Parts {
  explicit Parts(Options from)
      : options(std::move(from)),
        virtual_clock(options.sandbox_start.has_value() ? *options.sandbox_start
                                                        : absl::UnixEpoch()),
        log(real_clock, options.quiet),
        complaints(log, real_clock) {}

  [[nodiscard]] bool sandbox() const {
    return options.sandbox_start.has_value();
  }
  [[nodiscard]] const base::Clock& clock() const {
    if (sandbox()) return virtual_clock;
    return real_clock;
  }

  absl::Status LoadData();
  absl::Status OpenCertificates();
  absl::Status OpenStore();
  absl::Status LoadClock();
  absl::Status StartEngine();
  void TellOfClocks(absl::Duration ahead) const;
  absl::Status PublishOverlays();
  void MakeActors();
  void MakeMethods();
  absl::Status OpenDoor();
  absl::Status Serve();
  void WitnessLeftBehind();
  void Stop();

  const Options options;
  base::RealClock real_clock;
  base::RealMonotonicClock monotonic;
  base::VirtualClock virtual_clock;
  base::RealRandom random;
  const Log log;
  const ProtobufLog complaints;
  std::string clock_path;
  ClockState clock_state;
  std::string catalogue;
  calendar::CalendarSet calendars;
  scoring::InstrumentSet instruments;
  measures::MeasureSets measures;
  std::unique_ptr<registry::KeyRing> keys;
  std::unique_ptr<HubCertificates> certificates;
  std::unique_ptr<ThreadPool> io_pool;
  std::unique_ptr<ThreadPool> pool;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<HubExchange> exchange;
  // The same, for commits, which may come before it is made.
  std::atomic<HubExchange*> woken{nullptr};
  std::unique_ptr<SandboxClock> sandbox_clock;
  std::unique_ptr<TokenCallers> token_callers;
  std::unique_ptr<api::CertificateActor> certificate_actor;
  std::unique_ptr<api::DevelopmentActor> development_actor;
  std::unique_ptr<api::ActorSources> actors;
  std::unique_ptr<api::CallLimits> limits;
  api::MethodTable table;
  std::unique_ptr<api::Pipeline> pipeline;
  std::unique_ptr<GrpcDoor> door;
  bool stopped = false;
};

absl::Status HubProcess::Parts::LoadData() {
  base::Problems problems;
  catalogue = CatalogueFolder(options.config.catalogue());
  calendars = LoadCalendarFolder(catalogue, problems);
  instruments = LoadInstrumentFolder(catalogue, problems);
  measures = LoadMeasureFolder(catalogue, problems);
  CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());
  if (!IsDurable(options.config)) {
    keys = std::make_unique<registry::KeyRing>(
        registry::KeyRing::Generate(random, real_clock.Now()));
    return absl::OkStatus();
  }
  CAREROUTE_ASSIGN_OR_RETURN(
      registry::KeyRing ring,
      registry::LoadKeyRingFile(options.config.key_ring()));
  keys = std::make_unique<registry::KeyRing>(std::move(ring));
  return absl::OkStatus();
}

absl::Status HubProcess::Parts::OpenCertificates() {
  if (!options.config.has_tls()) return absl::OkStatus();
  CAREROUTE_ASSIGN_OR_RETURN(
      certificates,
      HubCertificates::Open({.config = options.config.tls(),
                             .hub_id = options.config.hub_id(),
                             .on_problem = [this](absl::string_view problem) {
                               log.Line(absl::StrCat("tls: ", problem));
                             }}));
  return absl::OkStatus();
}

absl::Status HubProcess::Parts::OpenStore() {
  if (sandbox() && !PostgresAddressOf(options.config).empty()) {
    return absl::InvalidArgumentError(
        "store: a sandbox keeps its clock beside its store, which must be a "
        "file or in memory; name sqlite:PATH or memory:");
  }
  const store::ClockKind kind =
      sandbox() ? store::ClockKind::kVirtual : store::ClockKind::kReal;
  CAREROUTE_ASSIGN_OR_RETURN(
      store, services::OpenStore({.config = options.config,
                                  .executor = *io_pool,
                                  .clock = real_clock,
                                  .kind = kind,
                                  .new_uid = base::NewUid(random)}));
  if (!IsDurable(options.config)) {
    log.Line("the store is in memory: nothing outlives this process");
    return absl::OkStatus();
  }
  log.Line("opened the store");
  if (sandbox()) {
    clock_path = absl::StrCat(SqlitePathOf(options.config), ".clock");
  }
  return absl::OkStatus();
}

absl::Status HubProcess::Parts::LoadClock() {
  if (clock_path.empty()) return absl::OkStatus();
  absl::StatusOr<ClockState> state = LoadClockFile(clock_path);
  if (absl::IsNotFound(state.status())) return absl::OkStatus();
  CAREROUTE_RETURN_IF_ERROR(state.status());
  clock_state = *std::move(state);
  // Also back: a sandbox goes on where it was, wherever it was asked to start.
  virtual_clock.SetForTest(clock_state.now);
  log.Line(absl::StrCat("the sandbox's clock goes on at ",
                        absl::FormatTime(absl::RFC3339_sec, clock_state.now,
                                         absl::UTCTimeZone())));
  return absl::OkStatus();
}

absl::Status HubProcess::Parts::StartEngine() {
  engine = std::make_unique<engine::Engine>(engine::Engine::Options{
      .store = *store,
      .clock = clock(),
      .random = random,
      .executor = *pool,
      .keys = *keys,
      .hub_id = options.config.hub_id(),
      .calendars = calendars,
      .measures = &measures,
      .instruments = &instruments,
      .cached_cases = CachedCasesOf(options.config),
      .monotonic = sandbox() ? nullptr : &monotonic,
      .on_clocks = [this](absl::Duration ahead) { TellOfClocks(ahead); },
      .on_commit =
          [this](const store::Commit& commit) {
            if (HubExchange* const told = woken.load()) told->Wake(commit);
          }});
  return AwaitStatus(
      [this](base::DoneStatus done) { engine->Start(std::move(done)); });
}

void HubProcess::Parts::TellOfClocks(absl::Duration ahead) const {
  if (absl::AbsDuration(ahead) <= engine::kClocksPartMax) {
    log.Line("the clock agrees again: what fell due is raised");
    return;
  }
  log.Line(absl::StrCat(
      "the clock was set ",
      absl::FormatDuration(
          absl::Trunc(absl::AbsDuration(ahead), absl::Seconds(1))),
      ahead > absl::ZeroDuration() ? " forward" : " back",
      " while the hub ran: nothing is raised until it is set right; if it is "
      "right now, start the hub again"));
}

absl::Status HubProcess::Parts::PublishOverlays() {
  for (const std::string& overlay : options.config.overlays()) {
    CAREROUTE_RETURN_IF_ERROR(PublishOverlay({.engine = *engine,
                                              .folder = catalogue,
                                              .overlay = overlay,
                                              .log = log}));
  }
  return absl::OkStatus();
}

void HubProcess::Parts::MakeActors() {
  std::vector<const api::ActorSource*> sources;
  // A token says who calls even where a certificate says from which machine.
  if (options.config.issuers_size() > 0) {
    token_callers = std::make_unique<TokenCallers>(TokenCallers::Options{
        .config = options.config,
        .engine = *engine,
        .io_executor = *io_pool,
        .clock = real_clock,
        .on_problem = [this](absl::string_view problem) {
          log.Line(std::string(problem.data(), problem.size()));
        }});
    sources.push_back(&token_callers->actor());
  }
  if (certificates != nullptr) {
    certificate_actor =
        std::make_unique<api::CertificateActor>(api::CertificateActor::Options{
            .engine = *engine, .own_subject = certificates->own().subject});
    sources.push_back(certificate_actor.get());
  }
  if (options.config.development()) {
    development_actor = std::make_unique<api::DevelopmentActor>(
        api::DevelopmentActor::Options{.engine = *engine});
    sources.push_back(development_actor.get());
  }
  actors = std::make_unique<api::ActorSources>(std::move(sources));
}

void HubProcess::Parts::MakeMethods() {
  exchange = std::make_unique<HubExchange>(
      HubExchange::Options{.config = options.config,
                           .store = *store,
                           .engine = *engine,
                           .clock = clock(),
                           .random = random,
                           .executor = *pool,
                           .keys = *keys,
                           .certificates = certificates.get()});
  const int calls_per_second = CallsPerSecondOf(options.config);
  if (calls_per_second > 0) {
    limits = std::make_unique<api::CallLimits>(api::CallLimits::Options{
        .clock = monotonic, .calls_per_second = calls_per_second});
  }
  pipeline = std::make_unique<api::Pipeline>(
      api::Pipeline::Options{.engine = *engine,
                             .actors = *actors,
                             .table = table,
                             .peers = &exchange->desk(),
                             .limits = limits.get()});
  api::AddAllMethods(*pipeline);
  exchange->AddMethods(table);
}

absl::Status HubProcess::Parts::OpenDoor() {
  const HubConfig& config = options.config;
  // Who has no certificate says who it is, or brings a token.
  const bool others = config.development() || config.issuers_size() > 0;
  door = std::make_unique<GrpcDoor>(
      table,
      GrpcDoor::Options{
          .address = config.grpc_address(),
          .loopback_only = config.development() || certificates == nullptr,
          .certificates = certificates.get(),
          .clients = others ? HubCertificates::Clients::kMayPresent
                            : HubCertificates::Clients::kMustPresent,
          .peers = PeersOf(config)});
  CAREROUTE_RETURN_IF_ERROR(door->Start());
  log.Line(absl::StrCat(
      "hub ", config.hub_id(), " serves gRPC on port ", door->port(),
      certificates != nullptr ? " with certificates" : "",
      sandbox() ? " on a virtual clock" : "",
      config.development()
          ? "; development mode: every local process may act as anybody"
          : ""));
  return absl::OkStatus();
}

absl::Status HubProcess::Parts::Serve() {
  MakeActors();
  MakeMethods();
  if (sandbox()) {
    clock_state.now = virtual_clock.Now();
    sandbox_clock = std::make_unique<SandboxClock>(
        SandboxClock::Options{.engine = *engine,
                              .clock = virtual_clock,
                              .executor = *pool,
                              .io_executor = *io_pool,
                              .file = clock_path,
                              .state = clock_state});
    sandbox_clock->AddMethods(*pipeline);
    sandbox_clock->RunInBackground();
  } else {
    engine->RunInBackground();
  }
  CAREROUTE_RETURN_IF_ERROR(OpenDoor());
  // First: what is committed while it starts is to be sent too.
  woken = exchange.get();
  CAREROUTE_RETURN_IF_ERROR(exchange->Start());
  WitnessLeftBehind();
  return absl::OkStatus();
}

void HubProcess::Parts::WitnessLeftBehind() {
  engine->WitnessLeftBehind([this](absl::StatusOr<int64_t> streams) {
    if (!streams.ok()) {
      log.Line("could not read what the checkpoints witnessed");
    } else {
      log.Line(absl::StrCat("witnesses ", *streams,
                            " streams that no checkpoint names yet"));
    }
  });
}

void HubProcess::Parts::Stop() {
  if (std::exchange(stopped, true)) return;
  const bool served = door != nullptr && door->port() != 0;
  if (served) {
    log.Line("stopping: no new calls");
    door->Stop(real_clock.Now() + kDrainTime);
  }
  woken = nullptr;
  // After the door: what came last may have something to send, which waits in
  // the outbox for the next start.
  if (exchange != nullptr) exchange->Stop();
  if (sandbox_clock != nullptr) sandbox_clock->Stop();
  if (engine != nullptr) engine->Stop();
  if (served) {
    const absl::Status flushed = AwaitStatus([this](base::DoneStatus done) {
      engine->access_log().Flush(std::move(done));
    });
    if (!flushed.ok()) log.Line("the access log's end could not be written");
  }
  // The rounds in flight end before the last checkpoint is signed.
  if (pool != nullptr) pool->Stop();
  if (served) {
    const absl::Status handed_over = AwaitStatus(
        [this](base::DoneStatus done) { engine->HandOver(std::move(done)); });
    if (!handed_over.ok()) {
      log.Line(
          "the timers could not be handed over: if there is another hub, "
          "it takes them in a few seconds");
    }
    const absl::Status signed_last = AwaitStatus([this](base::DoneStatus done) {
      engine->checkpoints().Sign(std::move(done));
    });
    if (!signed_last.ok()) log.Line("no last checkpoint could be written");
  }
  if (io_pool != nullptr) io_pool->Stop();
  if (served) log.Line("stopped");
}

HubProcess::HubProcess(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}

HubProcess::~HubProcess() { Stop(); }

int HubProcess::port() const { return parts_->door->port(); }

void HubProcess::Stop() { parts_->Stop(); }

absl::StatusOr<std::unique_ptr<HubProcess>> HubProcess::Start(Options options) {
  auto parts = std::make_unique<Parts>(std::move(options));
  Parts& hub = *parts;
  // Stops what was started, should a later step fail.
  std::unique_ptr<HubProcess> process(new HubProcess(std::move(parts)));
  hub.io_pool = std::make_unique<ThreadPool>(ThreadPool::Options{
      .clock = hub.real_clock, .threads = IoThreadsOf(hub.options.config)});
  hub.pool = std::make_unique<ThreadPool>(ThreadPool::Options{
      .clock = hub.clock(), .threads = ThreadsOf(hub.options.config)});
  CAREROUTE_RETURN_IF_ERROR(hub.LoadData());
  CAREROUTE_RETURN_IF_ERROR(hub.OpenCertificates());
  CAREROUTE_RETURN_IF_ERROR(hub.OpenStore());
  CAREROUTE_RETURN_IF_ERROR(hub.LoadClock());
  CAREROUTE_RETURN_IF_ERROR(hub.StartEngine());
  CAREROUTE_RETURN_IF_ERROR(hub.PublishOverlays());
  CAREROUTE_RETURN_IF_ERROR(hub.Serve());
  return process;
}

}  // namespace careroute::services

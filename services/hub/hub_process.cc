#include "services/hub/hub_process.h"

#include <atomic>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/api/actor_sources.h"
#include "lib/api/call_limits.h"
#include "lib/api/certificate_actor.h"
#include "lib/api/development_actor.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "services/core/hub_core.h"
#include "services/core/hub_rules.h"
#include "services/core/live_calls.h"
#include "services/core/log.h"
#include "services/grpc/door.h"
#include "services/hub/hub_exchange.h"
#include "services/hub/token_callers.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {

using config::v1::HubConfig;

// In the order they are made; taken down in reverse.
struct HubProcess::Parts {
  explicit Parts(Options from)
      : options(std::move(from)), log(real_clock, options.quiet) {}

  absl::Status OpenCertificates();
  absl::Status OpenCore();
  void MakeActors();
  void Serve();
  absl::Status OpenDoor();
  void Stop();

  const Options options;
  base::RealClock real_clock;
  const Log log;
  std::unique_ptr<HubCertificates> certificates;
  const base::RealMonotonicClock monotonic;
  // Told of commits, which may come before there is an exchange.
  std::atomic<HubExchange*> woken{nullptr};
  std::unique_ptr<HubCore> core;
  std::unique_ptr<api::CallLimits> peer_limits;
  std::unique_ptr<HubExchange> exchange;
  std::unique_ptr<TokenCallers> token_callers;
  std::unique_ptr<api::CertificateActor> certificate_actor;
  std::unique_ptr<api::DevelopmentActor> development_actor;
  std::unique_ptr<api::ActorSources> actors;
  std::unique_ptr<GrpcDoor> door;
  bool stopped = false;
};

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

absl::Status HubProcess::Parts::OpenCore() {
  CAREROUTE_ASSIGN_OR_RETURN(
      core, HubCore::Open({.config = options.config,
                           .sandbox_start = options.sandbox_start,
                           .quiet = options.quiet,
                           .on_commit = [this](const store::Commit& commit) {
                             HubExchange* const told = woken.load();
                             if (told != nullptr) told->Wake(commit);
                           }}));
  return absl::OkStatus();
}

void HubProcess::Parts::MakeActors() {
  std::vector<const api::ActorSource*> sources;
  // A token says who calls even where a certificate says from which machine.
  if (options.config.issuers_size() > 0) {
    token_callers = std::make_unique<TokenCallers>(TokenCallers::Options{
        .config = options.config,
        .engine = core->engine(),
        .io_executor = core->io_executor(),
        .clock = real_clock,
        .on_problem = [this](absl::string_view problem) {
          log.Line(std::string(problem.data(), problem.size()));
        }});
    sources.push_back(&token_callers->actor());
  }
  if (certificates != nullptr) {
    certificate_actor =
        std::make_unique<api::CertificateActor>(api::CertificateActor::Options{
            .engine = core->engine(),
            .own_subject = certificates->own().subject});
    sources.push_back(certificate_actor.get());
  }
  if (options.config.development()) {
    development_actor = std::make_unique<api::DevelopmentActor>(
        api::DevelopmentActor::Options{.engine = core->engine()});
    sources.push_back(development_actor.get());
  }
  actors = std::make_unique<api::ActorSources>(std::move(sources));
}

void HubProcess::Parts::Serve() {
  const int calls_per_second = CallsPerSecondOf(options.config);
  if (calls_per_second > 0) {
    peer_limits = std::make_unique<api::CallLimits>(api::CallLimits::Options{
        .clock = monotonic,
        .calls_per_second = kPeerCallsPerCall * calls_per_second});
  }
  exchange = std::make_unique<HubExchange>(
      HubExchange::Options{.config = options.config,
                           .store = core->store(),
                           .engine = core->engine(),
                           .clock = core->clock(),
                           .random = core->random(),
                           .executor = core->executor(),
                           .keys = core->keys(),
                           .certificates = certificates.get(),
                           .limits = peer_limits.get()});
  core->Serve({.actors = *actors, .peers = &exchange->desk()});
  exchange->AddMethods(core->table());
}

absl::Status HubProcess::Parts::OpenDoor() {
  const HubConfig& config = options.config;
  // Who has no certificate says who it is, or brings a token.
  const bool others = config.development() || config.issuers_size() > 0;
  door = std::make_unique<GrpcDoor>(
      core->table(),
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
      core->sandbox() ? " on a virtual clock" : "",
      config.development()
          ? "; development mode: every local process may act as anybody"
          : ""));
  return absl::OkStatus();
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
  if (core != nullptr) core->Stop();
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
  CAREROUTE_RETURN_IF_ERROR(hub.OpenCertificates());
  CAREROUTE_RETURN_IF_ERROR(hub.OpenCore());
  hub.MakeActors();
  hub.Serve();
  CAREROUTE_RETURN_IF_ERROR(hub.OpenDoor());
  // First: what is committed while it starts is to be sent too.
  hub.woken = hub.exchange.get();
  CAREROUTE_RETURN_IF_ERROR(hub.exchange->Start());
  return process;
}

}  // namespace careroute::services

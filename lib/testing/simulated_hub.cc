#include "lib/testing/simulated_hub.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"

namespace careroute::testing {
namespace {

using exchange::v1::CompareRequest;
using exchange::v1::CompareResponse;
using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;

// Answers of other hubs come through the life that asked.
class LifeTransport final : public exchange::Transport {
 public:
  struct Options {
    exchange::Transport& network;
    HubLife& life;
    absl::Duration ahead;
  };
  explicit LifeTransport(const Options& options) : options_(options) {}

  void Deliver(absl::string_view peer, const DeliverRequest& request,
               absl::Time deadline, base::Done<DeliverResponse> done) override {
    options_.network.Deliver(
        peer, request, deadline - options_.ahead,
        options_.life.Wrap<DeliverResponse>(std::move(done)));
  }
  void Compare(absl::string_view peer, const CompareRequest& request,
               absl::Time deadline, base::Done<CompareResponse> done) override {
    options_.network.Compare(
        peer, request, deadline - options_.ahead,
        options_.life.Wrap<CompareResponse>(std::move(done)));
  }

 private:
  const Options options_;
};

}  // namespace

SimulatedHub::SimulatedHub(const Options& options)
    : options_(options),
      clock_(options.clock, options.ahead),
      random_(options.number),
      keys_(registry::KeyRing::Generate(random_, options.clock.Now())),
      signer_(keys_),
      disk_({.executor = options.executor,
             .clock = options.clock,
             .random = random_,
             .uid = {.high = 1, .low = options.number}}) {
  options_.network.Join(
      id(),
      [this](const std::string& from, DeliverRequest request,
             base::Done<DeliverResponse> done) {
        Arrive(from, std::move(request), std::move(done));
      },
      [this](const std::string& from, CompareRequest request,
             base::Done<CompareResponse> done) {
        Compare(from, std::move(request), std::move(done));
      });
}

SimulatedHub::~SimulatedHub() {
  if (process_ != nullptr) process_->life->End();
}

exchange::Peer SimulatedHub::AsPeer() const {
  const registry::Key& key = keys_.Active(registry::KeyUse::kSigning);
  return {.hub_id = id(),
          .address = absl::StrCat(id(), ":7400"),
          .keys = {{.id = key.id, .public_key = key.public_key}}};
}

// --- Its process ------------------------------------------------------------

void SimulatedHub::Start() {
  CAREROUTE_CHECK(process_ == nullptr);
  process_ = std::make_unique<Process>();
  Make(*process_);
  Begin(*process_);
}

void SimulatedHub::Make(Process& process) {
  process.life =
      std::make_shared<HubLife>(HubLife::Options{.executor = options_.executor,
                                                 .clock = options_.clock,
                                                 .ahead = options_.ahead});
  process.store = disk_.Mount(process.life);
  process.transport = std::make_unique<LifeTransport>(
      LifeTransport::Options{.network = options_.network.From(id()),
                             .life = *process.life,
                             .ahead = options_.ahead});
  process.engine = std::make_unique<engine::Engine>(engine::Engine::Options{
      .store = *process.store,
      .clock = clock_,
      .random = random_,
      .executor = *process.life,
      .keys = keys_,
      .hub_id = id(),
      .calendars = options_.calendars,
      .measures = options_.measures,
      .instruments = options_.instruments,
      .on_commit = [this, &process](const store::Commit& commit) {
        process.exchange->Wake(commit);
        Nudge(process);
      }});
  process.exchange = std::make_unique<exchange::Exchange>(
      exchange::Exchange::Options{.store = *process.store,
                                  .engine = *process.engine,
                                  .clock = clock_,
                                  .random = random_,
                                  .executor = *process.life,
                                  .signer = signer_,
                                  .hub_id = id(),
                                  .peers = peers_,
                                  .transport = *process.transport,
                                  .understands = understands_});
}

void SimulatedHub::Begin(Process& process) {
  process.engine->Start([this, &process](absl::Status ready) {
    CAREROUTE_CHECK(ready.ok());
    process.ready = true;
    // What could not be taken again is tried with the next start.
    process.exchange->Start([](absl::Status) {});
    process.engine->WitnessLeftBehind([](absl::StatusOr<int64_t>) {});
    Sweep(process);
    SweepLater(process);
  });
}

void SimulatedHub::Crash() {
  if (process_ == nullptr) return;
  process_->life->End();
  disk_.LosePower();
  process_->ready = false;
  ended_.push_back(std::move(process_));
}

// --- What it does by itself -------------------------------------------------

void SimulatedHub::Nudge(Process& process) {
  if (std::exchange(process.nudged, true)) return;
  process.life->PostAt(clock_.Now() + kSimulatedNudgeAfter, [this, &process] {
    process.nudged = false;
    Sweep(process);
  });
}

void SimulatedHub::SweepLater(Process& process) {
  process.life->PostAt(clock_.Now() + kSimulatedSweepEvery, [this, &process] {
    Sweep(process);
    SweepLater(process);
  });
}

// What failed is due still, and tried in the next round.
void SimulatedHub::Sweep(Process& process) {
  if (!process.ready) return;
  if (std::exchange(process.sweeping, true)) {
    process.again = true;
    return;
  }
  process.engine->RunDue(clock_.Now(), [this, &process](absl::StatusOr<int>) {
    process.engine->checkpoints().Sign([this, &process](absl::Status) {
      process.sweeping = false;
      if (std::exchange(process.again, false)) Sweep(process);
    });
  });
}

void SimulatedHub::Arrive(const std::string& from, DeliverRequest request,
                          base::Done<DeliverResponse> done) {
  if (!serves()) return;
  if (tap_) tap_(from, request);
  Look([&exchange = *process_->exchange, from, request = std::move(request),
        done = std::move(done)]() mutable {
    exchange.Deliver(from, std::move(request), std::move(done));
  });
}

void SimulatedHub::Compare(const std::string& from, CompareRequest request,
                           base::Done<CompareResponse> done) {
  if (!serves()) return;
  Look([&exchange = *process_->exchange, from, request = std::move(request),
        done = std::move(done)]() mutable {
    exchange.Compare(from, std::move(request), std::move(done));
  });
}

void SimulatedHub::Look(base::Task look) {
  process_->life->PostAt(clock_.Now() + slow_by_, std::move(look));
}

}  // namespace careroute::testing

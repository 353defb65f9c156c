// lib/testing/simulated_hub.h: one hub of production code that can be killed.
//
// Engine, store, keys and exchange are those of a real hub; clock, disk and
// network are the world's. What the disk has and the key-ring outlive the
// process. Between Start and Crash it sweeps timers and messages, sends when
// something was written, and signs checkpoints, as a hub does.
//
//   hub.Crash();                      // kill -9, and the power is gone
//   world.Run(absl::Minutes(3));      // the others notice
//   hub.Start();
//
// Usually made by SimulatedWorld.

#ifndef CAREROUTE_LIB_TESTING_SIMULATED_HUB_H_
#define CAREROUTE_LIB_TESTING_SIMULATED_HUB_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/engine.h"
#include "lib/exchange/exchange.h"
#include "lib/exchange/testing/faulty_network.h"
#include "lib/measures/measure_sets.h"
#include "lib/registry/key_ring.h"
#include "lib/registry/signer.h"
#include "lib/scoring/instrument_set.h"
#include "lib/testing/hub_life.h"
#include "lib/testing/simulated_disk.h"
#include "lib/testing/skewed_clock.h"

namespace careroute::testing {

// How often a hub looks for what is due when nothing was written: a real one
// does twice a second, which in a simulated year is all it would do.
inline constexpr absl::Duration kSimulatedSweepEvery = absl::Minutes(1);
// From a commit to the sweep of what it left to be done within the hub.
inline constexpr absl::Duration kSimulatedNudgeAfter = absl::Milliseconds(200);

// Not thread-safe: for a ManualExecutor.
class SimulatedHub {
 public:
  struct Options {
    std::string id;
    uint64_t number = 1;   // makes its keys and ids others than its peers'
    absl::Duration ahead;  // of its clock; below zero = behind
    base::ManualExecutor& executor;
    const base::Clock& clock;  // the right one
    const calendar::CalendarSet& calendars;
    // Null = none.
    const measures::MeasureSets* measures = nullptr;
    const scoring::InstrumentSet* instruments = nullptr;
    exchange::testing::FaultyNetwork& network;
  };
  explicit SimulatedHub(const Options& options);
  ~SimulatedHub();
  SimulatedHub(const SimulatedHub&) = delete;
  SimulatedHub& operator=(const SimulatedHub&) = delete;

  [[nodiscard]] const std::string& id() const { return options_.id; }
  // As the others have it configured.
  [[nodiscard]] exchange::Peer AsPeer() const;
  // Before the first start.
  void set_peers(std::vector<exchange::Peer> peers) {
    peers_ = std::move(peers);
  }

  // --- Its process ----------------------------------------------------------
  // Begins to run; it serves once the executor has run what that takes.
  void Start();
  // Ends between two tasks. What was not synced is lost.
  void Crash();
  // Whether it takes requests.
  [[nodiscard]] bool serves() const {
    return process_ != nullptr && process_->ready;
  }
  // Only while it runs.
  [[nodiscard]] engine::Engine& engine() { return *process_->engine; }
  [[nodiscard]] exchange::Exchange& exchange() { return *process_->exchange; }
  [[nodiscard]] HubLife& life() { return *process_->life; }

  // --- What is around it ----------------------------------------------------
  [[nodiscard]] const base::Clock& clock() const { return clock_; }
  [[nodiscard]] SimulatedDisk& disk() { return disk_; }
  [[nodiscard]] const registry::Signer& signer() const { return signer_; }
  // Takes effect with the next start: an older release, or all there is (null).
  void set_understands(exchange::Understands understands) {
    understands_ = std::move(understands);
  }
  // How long what comes waits before it is looked at.
  void set_slow_by(absl::Duration by) { slow_by_ = by; }
  // Sees every batch that reached this hub, from whom.
  using Tap = std::function<void(const std::string& from,
                                 const exchange::v1::DeliverRequest& batch)>;
  void set_tap(Tap tap) { tap_ = std::move(tap); }

 private:
  struct Process {
    std::shared_ptr<HubLife> life;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<exchange::Transport> transport;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<exchange::Exchange> exchange;
    bool ready = false;
    bool nudged = false;
    bool sweeping = false;
    bool again = false;
  };

  void Make(Process& process);
  void Begin(Process& process);
  void Arrive(const std::string& from, exchange::v1::DeliverRequest request,
              base::Done<exchange::v1::DeliverResponse> done);
  void Compare(const std::string& from, exchange::v1::CompareRequest request,
               base::Done<exchange::v1::CompareResponse> done);
  // At what came, once it is its turn.
  void Look(base::Task look);
  void Nudge(Process& process);
  void Sweep(Process& process);
  void SweepLater(Process& process);

  const Options options_;
  const SkewedClock clock_;
  base::SeededRandom random_;
  const registry::KeyRing keys_;
  const registry::Signer signer_;
  SimulatedDisk disk_;
  std::vector<exchange::Peer> peers_;
  exchange::Understands understands_;
  absl::Duration slow_by_ = absl::ZeroDuration();
  Tap tap_;
  std::unique_ptr<Process> process_;
  // Callbacks of a process may lie in the network for minutes after its end.
  std::vector<std::unique_ptr<Process>> ended_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_SIMULATED_HUB_H_

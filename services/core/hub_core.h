// services/core/hub_core.h: a hub without a door.
//
// Everything below the doors is put together here, once, for whoever opens a
// hub: HubProcess with its gRPC door, and the C ABI inside another program.
// What a door adds (who calls, the other hubs) is handed to Serve.
//
//   CAREROUTE_ASSIGN_OR_RETURN(std::unique_ptr<HubCore> core,
//                              HubCore::Open({.config = config}));
//   core->Serve({.actors = actors});
//   ... core->table() ...
//   core->Stop();

#ifndef CAREROUTE_SERVICES_CORE_HUB_CORE_H_
#define CAREROUTE_SERVICES_CORE_HUB_CORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/api/call_limits.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/engine.h"
#include "lib/engine/peer_desk.h"
#include "lib/measures/measure_sets.h"
#include "lib/registry/key_ring.h"
#include "lib/scoring/instrument_set.h"
#include "lib/store/store.h"
#include "services/core/clock_file.h"
#include "services/core/log.h"
#include "services/core/protobuf_log.h"
#include "services/core/sandbox_clock.h"
#include "services/core/thread_pool.h"

namespace careroute::services {

// Open, Serve and Stop are for one thread; what the accessors give is as
// thread-safe as it says itself. Destroying it stops it.
class HubCore {
 public:
  struct Options {
    // Checked with CheckHubRules at least.
    config::v1::HubConfig config;
    // A sandbox: a virtual clock that starts here, and ClockService. A store
    // that was a sandbox before goes on at its own time.
    std::optional<absl::Time> sandbox_start;
    // A sandbox that does nothing by itself between two moves of its clock, so
    // that the same calls give the same course: for tests.
    bool still = false;
    // Writes no log.
    bool quiet = false;
    // What was committed, on any thread, also while it opens; must not wait.
    std::function<void(const store::Commit& commit)> on_commit = nullptr;
  };

  // Opens the store, publishes the catalogue's overlays. Blocks.
  // INVALID_ARGUMENT for a catalogue or configuration with problems,
  // FAILED_PRECONDITION for a store that another process owns or that has the
  // other kind of clock, NOT_FOUND for a key-ring that is not there.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<HubCore>> Open(
      Options options);
  ~HubCore();
  HubCore(const HubCore&) = delete;
  HubCore& operator=(const HubCore&) = delete;

  struct Serving {
    const api::ActorSource& actors;
    // Null = it exchanges with no other hub.
    engine::PeerDesk* peers = nullptr;
  };
  // Fills the table and begins to do what falls due. What is handed in must
  // live until Stop. Once.
  void Serve(const Serving& serving);

  // Once nobody calls any more: makes the access log and a last checkpoint
  // durable, stops the threads. Blocks; a second call does nothing.
  void Stop();

  // Whoever adds to it does so before anybody calls.
  [[nodiscard]] api::MethodTable& table() { return table_; }
  [[nodiscard]] engine::Engine& engine() { return *engine_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] const registry::KeyRing& keys() const { return *keys_; }
  [[nodiscard]] base::Random& random() { return random_; }
  // The hub's time, which a sandbox moves.
  [[nodiscard]] const base::Clock& clock() const;
  [[nodiscard]] bool sandbox() const {
    return options_.sandbox_start.has_value();
  }
  [[nodiscard]] base::Executor& executor() { return *pool_; }
  // May block.
  [[nodiscard]] base::Executor& io_executor() { return *io_pool_; }

 private:
  explicit HubCore(Options options);

  void StartThreads();
  absl::Status LoadData();
  absl::Status OpenStore();
  absl::Status LoadClock();
  absl::Status StartEngine();
  absl::Status PublishOverlays();
  void TellOfClocks(absl::Duration ahead) const;
  void MakePipeline(const Serving& serving);
  void KeepTime();
  void WitnessLeftBehind();
  void WriteLastWords();

  // In the order they are made; taken down in reverse.
  const Options options_;
  base::RealClock real_clock_;
  base::RealMonotonicClock monotonic_;
  base::VirtualClock virtual_clock_;
  base::RealRandom random_;
  const Log log_;
  const ProtobufLog complaints_;
  std::string clock_path_;
  ClockState clock_state_;
  std::string catalogue_;
  calendar::CalendarSet calendars_;
  scoring::InstrumentSet instruments_;
  measures::MeasureSets measures_;
  std::unique_ptr<registry::KeyRing> keys_;
  std::unique_ptr<ThreadPool> io_pool_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<SandboxClock> sandbox_clock_;
  std::unique_ptr<api::CallLimits> limits_;
  api::MethodTable table_;
  std::unique_ptr<api::Pipeline> pipeline_;
  bool serves_ = false;
  bool stopped_ = false;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_HUB_CORE_H_

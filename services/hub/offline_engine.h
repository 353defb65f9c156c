// services/hub/offline_engine.h: the engine of a hub that nobody serves.
//
// For commands that write to a hub's store while no hub serves it: they open it
// with the hub's keys and catalogue, wait for what they ask, and close it
// again. There is no door, and no timer fires.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const std::unique_ptr<OfflineEngine> offline,
//                              OfflineEngine::Open({.config = config}));
//   Await<T>([&](base::Done<T> done) {
//     offline->engine().erasures().EraseAgain(request, std::move(done));
//   });

#ifndef CAREROUTE_SERVICES_HUB_OFFLINE_ENGINE_H_
#define CAREROUTE_SERVICES_HUB_OFFLINE_ENGINE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/base/executor.h"
#include "lib/engine/engine.h"

namespace careroute::services {

// For one thread, which waits. Destroying it closes the store.
class OfflineEngine {
 public:
  struct Options {
    // Checked with CheckHubConfig; its store outlives the command.
    const config::v1::HubConfig& config;
    // Whatever the store is: a hub's or a sandbox's. Without it only that of
    // a hub, under the real clock.
    bool any_clock = false;
    // As in OpenStoreOptions.
    bool restored = false;
    bool bulk = false;
  };

  // Blocks. FAILED_PRECONDITION, and who it is, when a hub or another command
  // owns the file, or that a database is to be migrated; INVALID_ARGUMENT for
  // a catalogue with problems.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<OfflineEngine>> Open(
      const Options& options);
  ~OfflineEngine();

  [[nodiscard]] engine::Engine& engine();
  // The engine's.
  [[nodiscard]] base::Executor& executor();
  // The machine's.
  [[nodiscard]] absl::Time Now() const;

  // Publishes an overlay of the catalogue, unless that is published.
  [[nodiscard]] absl::Status Publish(const std::string& overlay);

 private:
  struct Parts;
  explicit OfflineEngine(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_OFFLINE_ENGINE_H_

// services/hub/hub_process.h: one running hub, built and taken down.
//
// The composition root of the programs: opens a core (services/core) and puts
// the gRPC door, the callers and the exchange with other hubs around it.
//
//   CAREROUTE_ASSIGN_OR_RETURN(std::unique_ptr<HubProcess> hub,
//                              HubProcess::Start({.config = config}));
//   ... hub->port() ...
//   hub->Stop();

#ifndef CAREROUTE_SERVICES_HUB_HUB_PROCESS_H_
#define CAREROUTE_SERVICES_HUB_HUB_PROCESS_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/config/v1/hub.pb.h"

namespace careroute::services {

// Not thread-safe: for main. Destroying it stops it.
class HubProcess {
 public:
  struct Options {
    // Checked with CheckHubConfig.
    config::v1::HubConfig config;
    // A sandbox: a virtual clock that starts here, and ClockService. A store
    // that was a sandbox before goes on at its own time.
    std::optional<absl::Time> sandbox_start;
    // Writes no log.
    bool quiet = false;
  };

  // Opens the store, publishes the catalogue's overlays, serves. Blocks.
  // Fails as HubCore::Open and HubCertificates::Open do; UNAVAILABLE for an
  // address that cannot be bound.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<HubProcess>> Start(
      Options options);

  ~HubProcess();

  // Of the gRPC door.
  [[nodiscard]] int port() const;

  // Takes no new calls, lets running ones end, makes the access log and a last
  // checkpoint durable, stops the threads. Blocks; a second call does nothing.
  void Stop();

 private:
  struct Parts;
  explicit HubProcess(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_HUB_PROCESS_H_

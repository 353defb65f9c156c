// services/hub/story/hubs.h: the three hubs of the story.
//
// Two regions and an interregional centre, each a sandbox with a store, a
// key-ring and a certificate of its own. They exchange referrals with each
// other over mutual TLS. Those who call show no certificate and are who they
// say they are: the hubs are in development mode, on this machine alone.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       const std::unique_ptr<Hubs> hubs,
//       Hubs::Start({.folder = ".careroute", .beginning = beginning}));
//   hubs->Halt(kKhabarovskHub);
//   CAREROUTE_RETURN_IF_ERROR(hubs->StartAgain(kKhabarovskHub));

#ifndef CAREROUTE_SERVICES_HUB_STORY_HUBS_H_
#define CAREROUTE_SERVICES_HUB_STORY_HUBS_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/config/v1/hub.pb.h"
#include "services/client/client.h"
#include "services/hub/hub_process.h"
#include "services/hub/story/free_ports.h"

namespace careroute::services {

// Ids of the hubs. Khabarovsk's is where most families of the story live.
inline constexpr char kKhabarovskHub[] = "khabarovsk";
inline constexpr char kPrimoryeHub[] = "primorye";
inline constexpr char kCentreHub[] = "interregional-centre";
inline constexpr const char* kHubs[] = {kKhabarovskHub, kPrimoryeHub,
                                        kCentreHub};

// For one thread. Destroying it stops the hubs. A hub that is named must be one
// of kHubs; who calls a hub finds it serving, or fails.
class Hubs {
 public:
  struct Options {
    // Of the stores, keys and certificates; what an earlier story left there
    // goes.
    std::string folder;
    // Where Khabarovsk's hub serves; port 0 = any free one, as the others do.
    std::string address = "127.0.0.1:0";
    absl::Time beginning;
  };
  // Makes keys and certificates and starts the hubs. Blocks. UNAVAILABLE for a
  // folder that cannot be written or an address that cannot be bound.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Hubs>> Start(
      const Options& options);

  // Stops a hub; its store stays.
  void Halt(const std::string& hub);
  // Starts it again, at the time and the address it had.
  [[nodiscard]] absl::Status StartAgain(const std::string& hub);
  // Stops those that serve.
  void Stop();
  [[nodiscard]] bool Serves(const std::string& hub) const;

  // Says which hub hosts an organisation, without "organisations/"; of one
  // nobody was told of it is Khabarovsk's.
  void Settle(const std::string& organisation, const std::string& hub);
  [[nodiscard]] std::string HostOf(const std::string& organisation) const;

  [[nodiscard]] const Client& ClientOf(const std::string& hub) const;
  // As it was started.
  [[nodiscard]] const config::v1::HubConfig& ConfigOf(
      const std::string& hub) const;

 private:
  struct Hub {
    config::v1::HubConfig config;
    std::unique_ptr<HubProcess> process;  // null = it is stopped
    std::unique_ptr<Client> client;
  };

  explicit Hubs(const Options& options) : options_(options) {}

  [[nodiscard]] absl::Status Prepare();
  [[nodiscard]] absl::Status Introduce();

  const Options options_;
  FreePorts ports_;
  std::string authorities_;  // PEM
  std::map<std::string, Hub> hubs_;
  std::map<std::string, std::string> hosts_;  // by organisation
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_HUBS_H_

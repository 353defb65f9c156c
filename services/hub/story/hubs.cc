#include "services/hub/story/hubs.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "lib/registry/key_ring_file.h"
#include "services/core/catalogue.h"
#include "services/core/hub_rules.h"
#include "services/hub/hub_config.h"
#include "services/hub/make_certificates.h"
#include "services/hub/show_keys.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

using config::v1::HubConfig;

constexpr char kCertificates[] = "story.certificates";
// The only pathway whose cases Primorye keeps.
constexpr char kPrimoryeOverlay[] =
    "overlays/demo-region.congenital-pathology.textproto";

std::string StoreOf(const std::string& folder, const std::string& hub) {
  return (fs::path(folder) / absl::StrCat("story.", hub, ".db")).string();
}

// What an earlier story left there goes.
absl::Status ClearFolder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const char* hub : kHubs) {
    for (const char* suffix :
         {"", "-wal", "-shm", ".owner", ".keys", ".clock"}) {
      fs::remove(absl::StrCat(StoreOf(folder, hub), suffix), error);
    }
  }
  fs::remove_all(fs::path(folder) / kCertificates, error);
  if (!fs::is_directory(folder, error)) {
    return absl::UnavailableError(absl::StrCat(
        "the folder ", folder, " cannot be made; name another with --folder"));
  }
  return absl::OkStatus();
}

// Whoever keeps no cases needs no pathway: a referral brings what its performer
// has to know.
std::vector<std::string> OverlaysFor(const std::string& hub) {
  if (hub == kKhabarovskHub) return OverlaysIn(CatalogueFolder(""));
  if (hub == kPrimoryeHub) return {kPrimoryeOverlay};
  return {};
}

HubConfig MakeConfig(const std::string& hub, const std::string& folder,
                     const std::string& address) {
  HubConfig config;
  const std::string store = StoreOf(folder, hub);
  config.set_hub_id(hub);
  config.set_store(absl::StrCat("sqlite:", store));
  config.set_key_ring(KeyRingBeside(store));
  config.set_grpc_address(address);
  config.set_development(true);
  for (std::string& overlay : OverlaysFor(hub)) {
    config.add_overlays(std::move(overlay));
  }
  *config.mutable_tls() =
      TlsConfigOf((fs::path(folder) / kCertificates).string(), hub);
  return config;
}

absl::StatusOr<config::v1::PeerConfig> AsPeer(const HubConfig& config) {
  CAREROUTE_ASSIGN_OR_RETURN(const registry::KeyRing keys,
                             registry::LoadKeyRingFile(config.key_ring()));
  config::v1::PeerConfig peer;
  peer.set_hub_id(config.hub_id());
  peer.set_address(config.grpc_address());
  peer.add_signing_keys(SigningKeyLine(keys));
  return peer;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Hubs>> Hubs::Start(const Options& options) {
  CAREROUTE_RETURN_IF_ERROR(ClearFolder(options.folder));
  std::unique_ptr<Hubs> hubs(new Hubs(options));
  CAREROUTE_RETURN_IF_ERROR(hubs->Prepare());
  CAREROUTE_RETURN_IF_ERROR(hubs->Introduce());
  for (const char* hub : kHubs) {
    CAREROUTE_RETURN_IF_ERROR(hubs->StartAgain(hub));
  }
  return hubs;
}

absl::Status Hubs::Prepare() {
  for (const std::string hub : kHubs) {
    std::string address = options_.address;
    if (hub != kKhabarovskHub || absl::EndsWith(address, ":0")) {
      CAREROUTE_ASSIGN_OR_RETURN(address, ports_.Take());
    }
    HubConfig& config = hubs_[hub].config;
    config = MakeConfig(hub, options_.folder, address);
    CAREROUTE_RETURN_IF_ERROR(MakeMissingKeyRing(config));
  }
  // Certificates are judged by the machine's time, whatever a sandbox's is.
  const std::string folder =
      (fs::path(options_.folder) / kCertificates).string();
  CAREROUTE_RETURN_IF_ERROR(
      MakeCertificates({.folder = folder,
                        .hubs = {std::begin(kHubs), std::end(kHubs)},
                        .now = base::RealClock().Now()}));
  std::ifstream stream(fs::path(folder) / kAuthorityFile);
  authorities_.assign(std::istreambuf_iterator<char>(stream), {});
  return absl::OkStatus();
}

absl::Status Hubs::Introduce() {
  base::Problems problems;
  for (auto& [id, hub] : hubs_) {
    for (const auto& [other_id, other] : hubs_) {
      if (other_id == id) continue;
      CAREROUTE_ASSIGN_OR_RETURN(*hub.config.add_peers(), AsPeer(other.config));
    }
    CheckHubConfig(hub.config, problems);
  }
  return problems.ToStatus();
}

void Hubs::Halt(const std::string& hub) {
  hubs_.at(hub).client = nullptr;
  hubs_.at(hub).process = nullptr;
}

absl::Status Hubs::StartAgain(const std::string& hub) {
  Hub& started = hubs_.at(hub);
  CAREROUTE_ASSIGN_OR_RETURN(
      started.process, HubProcess::Start({.config = started.config,
                                          .sandbox_start = options_.beginning,
                                          .quiet = true}));
  started.client = std::make_unique<Client>(Client::Options{
      .address = started.config.grpc_address(),
      .tls = ClientTls{.authorities = authorities_, .hub_id = hub},
      .actor = {}});
  return absl::OkStatus();
}

void Hubs::Stop() {
  for (const char* hub : kHubs) Halt(hub);
}

bool Hubs::Serves(const std::string& hub) const {
  return hubs_.at(hub).process != nullptr;
}

void Hubs::Settle(const std::string& organisation, const std::string& hub) {
  hosts_[organisation] = hub;
}

std::string Hubs::HostOf(const std::string& organisation) const {
  const auto host = hosts_.find(organisation);
  return host == hosts_.end() ? kKhabarovskHub : host->second;
}

const Client& Hubs::ClientOf(const std::string& hub) const {
  CAREROUTE_CHECK(Serves(hub));
  return *hubs_.at(hub).client;
}

const HubConfig& Hubs::ConfigOf(const std::string& hub) const {
  return hubs_.at(hub).config;
}

}  // namespace careroute::services

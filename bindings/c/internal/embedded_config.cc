#include "bindings/c/internal/embedded_config.h"

#include <dlfcn.h>

#include <filesystem>
#include <system_error>

#include "careroute/careroute.h"
#include "lib/api/request_check.h"
#include "services/core/hub_rules.h"
#include "services/core/installed.h"

namespace careroute::bindings {
namespace {

namespace fs = std::filesystem;

using config::v1::EmbeddedConfig;
using config::v1::HubConfig;

constexpr absl::string_view kInstalled = "share/careroute/catalogue";
// 1900-01-01 and 2200-01-01, as dates in requests are bounded.
constexpr int64_t kEarliestSeconds = -2208988800;
constexpr int64_t kLatestSeconds = 7258118400;
constexpr int32_t kNanosMax = 999'999'999;

void RefuseDoor(const HubConfig& config, base::Problems& problems) {
  const auto refuse = [&problems](absl::string_view field, bool present) {
    if (!present) return;
    problems.Error(field, "NO_DOOR", "an embedded hub has no door",
                   "leave it out; run `careroute hub` for a hub that others "
                   "reach");
  };
  refuse("grpc_address", !config.grpc_address().empty());
  refuse("peers", config.peers_size() > 0);
  refuse("tls", config.has_tls());
  refuse("issuers", config.issuers_size() > 0);
}

void FillDefaults(HubConfig& config) {
  if (config.hub_id().empty()) config.set_hub_id("hub");
  if (config.store().empty()) config.set_store("memory:");
  const std::string path = services::SqlitePathOf(config);
  if (config.key_ring().empty() && !path.empty()) {
    config.set_key_ring(services::KeyRingBeside(path));
  }
  if (config.catalogue().empty()) {
    config.set_catalogue(CatalogueBesideLibrary());
  }
  // The program names the actor of each call.
  config.set_development(true);
}

}  // namespace

EmbeddedConfig ReadEmbeddedConfig(const std::string& bytes,
                                  base::Problems& problems) {
  EmbeddedConfig config;
  if (!config.ParseFromString(bytes)) {
    api::RequestCheck::ExplainUnparsable(*EmbeddedConfig::descriptor(), bytes,
                                         problems);
    return config;
  }
  HubConfig& hub = *config.mutable_hub();
  {
    const auto scope = problems.Enter("hub");
    RefuseDoor(hub, problems);
    FillDefaults(hub);
    // The rules ask for an address that this hub must not have.
    HubConfig with_door = hub;
    with_door.set_grpc_address("none");
    with_door.clear_peers();
    with_door.clear_tls();
    with_door.clear_issuers();
    services::CheckHubRules(with_door, problems);
  }
  if (config.has_virtual_start_time()) {
    static_cast<void>(
        TimeOf(config.virtual_start_time(), "virtual_start_time", problems));
  }
  return config;
}

std::optional<absl::Time> TimeOf(const google::protobuf::Timestamp& timestamp,
                                 const std::string& field,
                                 base::Problems& problems) {
  if (timestamp.seconds() < kEarliestSeconds ||
      timestamp.seconds() >= kLatestSeconds || timestamp.nanos() < 0 ||
      timestamp.nanos() > kNanosMax) {
    problems.Error(field, "OUT_OF_RANGE", "is not between 1900 and 2200",
                   "give the seconds since 1970, in UTC");
    return std::nullopt;
  }
  return absl::FromUnixSeconds(timestamp.seconds()) +
         absl::Nanoseconds(timestamp.nanos());
}

std::string CatalogueBesideLibrary() {
  Dl_info library;
  if (dladdr(reinterpret_cast<const void*>(&careroute_version), &library) !=
          0 &&
      library.dli_fname != nullptr) {
    // lib/libcareroute.so, or lib/TRIPLET/libcareroute.so.
    std::error_code error;
    fs::path folder = fs::canonical(library.dli_fname, error).parent_path();
    for (int up = 0; up < 2 && !error; ++up) {
      folder = folder.parent_path();
      const fs::path catalogue = folder / std::string(kInstalled);
      if (fs::is_directory(catalogue, error)) return catalogue.string();
      error.clear();
    }
  }
  return services::InstalledCatalogue();
}

}  // namespace careroute::bindings

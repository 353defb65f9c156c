#include "services/hub/sandbox_config.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/registry/key_ring_file.h"
#include "services/hub/catalogue.h"
#include "services/hub/hub_config.h"

namespace careroute::services {

void FillSandboxConfig(config::v1::HubConfig& config) {
  if (config.hub_id().empty()) config.set_hub_id("sandbox");
  if (config.store().empty()) config.set_store("memory:");
  if (config.grpc_address().empty()) config.set_grpc_address("127.0.0.1:7400");
  config.set_development(true);
  const std::string path = SqlitePathOf(config);
  if (config.key_ring().empty() && !path.empty()) {
    config.set_key_ring(absl::StrCat(path, ".keys"));
  }
  if (config.overlays().empty()) {
    for (std::string& overlay :
         OverlaysIn(CatalogueFolder(config.catalogue()))) {
      config.add_overlays(std::move(overlay));
    }
  }
}

absl::Status MakeMissingKeyRing(const config::v1::HubConfig& config) {
  // What cannot be looked at cannot be made either, which is said then.
  std::error_code ignored;
  if (SqlitePathOf(config).empty() ||
      std::filesystem::exists(config.key_ring(), ignored)) {
    return absl::OkStatus();
  }
  base::RealRandom random;
  return registry::CreateKeyRingFile(
      config.key_ring(),
      registry::KeyRing::Generate(random, base::RealClock().Now()));
}

}  // namespace careroute::services

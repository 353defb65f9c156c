#include "services/hub/sandbox_config.h"

#include <string>
#include <utility>

#include "services/core/catalogue.h"
#include "services/core/hub_rules.h"

namespace careroute::services {

void FillSandboxConfig(config::v1::HubConfig& config) {
  if (config.hub_id().empty()) config.set_hub_id("sandbox");
  if (config.store().empty()) config.set_store("memory:");
  if (config.grpc_address().empty()) config.set_grpc_address("127.0.0.1:7400");
  config.set_development(true);
  const std::string path = SqlitePathOf(config);
  if (config.key_ring().empty() && !path.empty()) {
    config.set_key_ring(KeyRingBeside(path));
  }
  if (config.overlays().empty()) {
    for (std::string& overlay :
         OverlaysIn(CatalogueFolder(config.catalogue()))) {
      config.add_overlays(std::move(overlay));
    }
  }
}

}  // namespace careroute::services

// services/hub/sandbox_config.h: a sandbox runs without a configuration.
//
//   FillSandboxConfig(config);

#ifndef CAREROUTE_SERVICES_HUB_SANDBOX_CONFIG_H_
#define CAREROUTE_SERVICES_HUB_SANDBOX_CONFIG_H_

#include "careroute/config/v1/hub.pb.h"

namespace careroute::services {

// What is not said: in memory, on 127.0.0.1:7400, in development mode, with
// every overlay of the catalogue, the key-ring beside the store's file.
void FillSandboxConfig(config::v1::HubConfig& config);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_SANDBOX_CONFIG_H_

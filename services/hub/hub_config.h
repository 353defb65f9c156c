// services/hub/hub_config.h: how a hub is told what to be.
//
// A HubConfig in a textproto file; every field is a flag of the same name,
// which wins, a message as textproto. All problems are found at once, each with
// file and line or with the name of the flag.
//
//   base::Problems problems;
//   const config::v1::HubConfig config = LoadHubConfig(
//       {.file = "hub.textproto",
//        .flags = {{"grpc_address", {"127.0.0.1:7401"}}}}, problems);
//   CheckHubConfig(config, problems);
//   CAREROUTE_RETURN_IF_ERROR(problems.ToStatus());

#ifndef CAREROUTE_SERVICES_HUB_HUB_CONFIG_H_
#define CAREROUTE_SERVICES_HUB_HUB_CONFIG_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/base/problems.h"
#include "services/core/hub_rules.h"

namespace careroute::services {

// A thousand peers take a quarter of it.
inline constexpr size_t kConfigBytesMax = size_t{1} << 20;

// A flag as it was given; a repeated field takes several values.
struct HubFlag {
  std::string name;  // of a field of HubConfig
  std::vector<std::string> values;
};

// One field of HubConfig, for whoever makes the flags.
struct HubFlagHelp {
  std::string name;
  std::string help;
};

// In the order of the fields; a field without help does not exist (a test
// holds to that).
[[nodiscard]] const std::vector<HubFlagHelp>& HubFlags();

struct LoadHubConfigOptions {
  std::string file;  // empty = none
  std::vector<HubFlag> flags;
};

// Reads the file and lays the flags over it. Paths in the file are relative to
// its folder, those of flags to where the command was started.
[[nodiscard]] config::v1::HubConfig LoadHubConfig(
    const LoadHubConfigOptions& options, base::Problems& problems);

// What no hub with a door may be started with: what CheckHubRules finds,
// neither certificates nor development mode, an address that others can reach
// where anybody may act as anybody, a peer that is none. Files are not looked
// at.
void CheckHubConfig(const config::v1::HubConfig& config,
                    base::Problems& problems);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_HUB_CONFIG_H_

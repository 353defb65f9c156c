// services/core/hub_rules.h: what every hub is held to, with or without a door.
//
//   CheckHubRules(config, problems);
//   if (!SqlitePathOf(config).empty()) ...

#ifndef CAREROUTE_SERVICES_CORE_HUB_RULES_H_
#define CAREROUTE_SERVICES_CORE_HUB_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "careroute/config/v1/hub.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// A field that breaks the rule beside it, a store of an unknown kind. Files are
// not looked at.
void CheckHubRules(const config::v1::HubConfig& config,
                   base::Problems& problems);

// The file of "sqlite:PATH"; empty for another store.
[[nodiscard]] std::string SqlitePathOf(const config::v1::HubConfig& config);

// "postgresql://..." as libpq reads it; empty for another store.
[[nodiscard]] std::string PostgresAddressOf(
    const config::v1::HubConfig& config);

// Whether the store outlives the hub, so that its keys must.
[[nodiscard]] bool IsDurable(const config::v1::HubConfig& config);

// How often one caller may call. Where anybody may act as anybody, a limit for
// each would hold nobody up: 0, unless one is asked for.
[[nodiscard]] int CallsPerSecondOf(const config::v1::HubConfig& config);

// The key-ring of "sqlite:PATH" unless another is named.
[[nodiscard]] std::string KeyRingBeside(const std::string& sqlite_path);

// Makes the key-ring of a new SQLite store, mode 0600, unless it is there. None
// is made for a store that is there already: another ring would open nothing in
// it. Blocks.
[[nodiscard]] absl::Status MakeMissingKeyRing(
    const config::v1::HubConfig& config);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_HUB_RULES_H_

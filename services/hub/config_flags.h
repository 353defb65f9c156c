// services/hub/config_flags.h: the flags of a command that needs a HubConfig.
//
//   ConfigFlags flags(*command);       // adds --config and one flag a field
//   config::v1::HubConfig config = flags.Load(problems);   // after parsing

#ifndef CAREROUTE_SERVICES_HUB_CONFIG_FLAGS_H_
#define CAREROUTE_SERVICES_HUB_CONFIG_FLAGS_H_

#include <deque>
#include <string>

#include "CLI/CLI.hpp"
#include "careroute/config/v1/hub.pb.h"
#include "lib/base/problems.h"
#include "services/hub/hub_config.h"

namespace careroute::services {

// Must outlive the parsing of `command`.
class ConfigFlags {
 public:
  explicit ConfigFlags(CLI::App& command);

  ConfigFlags(const ConfigFlags&) = delete;
  ConfigFlags& operator=(const ConfigFlags&) = delete;

  // The file with the flags laid over it.
  [[nodiscard]] config::v1::HubConfig Load(base::Problems& problems) const;

 private:
  std::string file_;
  // A deque: CLI11 keeps pointers to the values.
  std::deque<HubFlag> flags_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_CONFIG_FLAGS_H_

// services/hub/init.h: a new hub's files.
//
//   status = InitHub({.folder = ".", .hub_id = "khabarovsk"});

#ifndef CAREROUTE_SERVICES_HUB_INIT_H_
#define CAREROUTE_SERVICES_HUB_INIT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/random.h"

namespace careroute::services {

struct InitOptions {
  base::Random& random;  // the operating system's
  absl::Time now;
  std::string folder = ".";  // made when it does not exist
  std::string hub_id = "hub";
  std::string grpc_address = "127.0.0.1:7400";
  bool development = false;
  std::vector<std::string> overlays;
};

inline constexpr char kConfigName[] = "hub.textproto";
inline constexpr char kKeyRingName[] = "hub.keys";

// Writes hub.textproto and hub.keys. ALREADY_EXISTS when either is there, and
// then neither is touched: a key-ring that is lost is lost with all it locked.
[[nodiscard]] absl::Status InitHub(const InitOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_INIT_H_

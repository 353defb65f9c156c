#include "services/command/request_id.h"

#include "absl/strings/str_cat.h"
#include "lib/base/real_random.h"
#include "lib/base/uid.h"

namespace careroute::services {

std::string NewRequestId() {
  base::RealRandom random;
  const std::string hex = base::NewUid(random).Hex();
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-",
                      hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

void AddRequestIdFlag(CLI::App& sub, std::string& request_id) {
  sub.add_option("--request-id", request_id,
                 "Go on with a call that was cut short; a UUID");
}

std::string RequestIdOr(const std::string& given) {
  return given.empty() ? NewRequestId() : given;
}

}  // namespace careroute::services

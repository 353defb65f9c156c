#include "services/command/request_id.h"

#include "lib/base/real_random.h"
#include "lib/base/uid.h"
#include "services/command/import/uuid.h"

namespace careroute::services {

std::string NewRequestId() {
  base::RealRandom random;
  return UuidOf(base::NewUid(random));
}

void AddRequestIdFlag(CLI::App& sub, std::string& request_id) {
  sub.add_option("--request-id", request_id,
                 "Go on with a call that was cut short; a UUID");
}

std::string RequestIdOr(const std::string& given) {
  return given.empty() ? NewRequestId() : given;
}

}  // namespace careroute::services

#include "lib/base/loopback.h"

#include <arpa/inet.h>

#include "absl/strings/match.h"

namespace careroute::base {

bool IsLoopback(const std::string& address) {
  const size_t colon = address.rfind(':');
  const std::string host = address.substr(0, colon);
  if (host == "localhost" || host == "[::1]") return true;
  in_addr numbers{};
  return absl::StartsWith(host, "127.") &&
         inet_pton(AF_INET, host.c_str(), &numbers) == 1;
}

}  // namespace careroute::base

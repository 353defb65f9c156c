// services/identity/fetch_url.h: what stands at an address.
//
//   const absl::StatusOr<std::string> keys = FetchHttps(url);
//
// Only https, with the machine's certificate authorities, and only so much in
// so long: whoever answers there is somebody else's machine. A redirect is not
// followed; the address in the configuration is the one that is trusted.

#ifndef CAREROUTE_SERVICES_IDENTITY_FETCH_URL_H_
#define CAREROUTE_SERVICES_IDENTITY_FETCH_URL_H_

#include <string>

#include "absl/status/statusor.h"

namespace careroute::services {

// Longer is not worth a thread.
inline constexpr int kFetchSecondsMax = 10;

// Blocks. UNAVAILABLE saying why when nothing usable came. Thread-safe.
[[nodiscard]] absl::StatusOr<std::string> FetchHttps(const std::string& url);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_IDENTITY_FETCH_URL_H_

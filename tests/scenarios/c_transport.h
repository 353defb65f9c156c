// tests/scenarios/c_transport.h: scenarios through the C ABI.

#ifndef CAREROUTE_TESTS_SCENARIOS_C_TRANSPORT_H_
#define CAREROUTE_TESTS_SCENARIOS_C_TRANSPORT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// A hub that careroute_hub_open opened, in memory, on a virtual clock.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Transport>> StartC(
    const Opening& opening);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_C_TRANSPORT_H_

// tests/scenarios/in_process_transport.h: straight to the method table.
//
// One thread, the caller's, and a store in memory: quick, and the same each
// time.
//
//   absl::StatusOr<std::unique_ptr<Transport>> transport =
//       StartInProcess({.start = start, .pathway = "early-help"});

#ifndef CAREROUTE_TESTS_SCENARIOS_IN_PROCESS_TRANSPORT_H_
#define CAREROUTE_TESTS_SCENARIOS_IN_PROCESS_TRANSPORT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

[[nodiscard]] absl::StatusOr<std::unique_ptr<Transport>> StartInProcess(
    const Opening& opening);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_IN_PROCESS_TRANSPORT_H_

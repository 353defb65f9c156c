// tests/scenarios/grpc_transport.h: through the real gRPC door.
//
// The same hub in memory, on threads, behind services/grpc on a loopback port;
// asked by services/client, its clock moved by ClockService.
//
//   absl::StatusOr<std::unique_ptr<Transport>> transport =
//       StartGrpc({.start = start, .pathway = "early-help"});

#ifndef CAREROUTE_TESTS_SCENARIOS_GRPC_TRANSPORT_H_
#define CAREROUTE_TESTS_SCENARIOS_GRPC_TRANSPORT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

[[nodiscard]] absl::StatusOr<std::unique_ptr<Transport>> StartGrpc(
    const Opening& opening);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_GRPC_TRANSPORT_H_

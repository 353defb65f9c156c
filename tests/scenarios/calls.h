// tests/scenarios/calls.h: a call as a door hands it to the method table.
//
//   method.unary(MakeCall(target), bytes, done);

#ifndef CAREROUTE_TESTS_SCENARIOS_CALLS_H_
#define CAREROUTE_TESTS_SCENARIOS_CALLS_H_

#include "lib/api/call.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// With the actor as request metadata, as in development mode.
[[nodiscard]] api::CallPtr MakeCall(const Transport::Target& target);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_CALLS_H_

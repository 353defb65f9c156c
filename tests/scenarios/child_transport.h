// tests/scenarios/child_transport.h: through a binding of another language.
//
// A child process opens hubs by its binding and is asked over its standard
// input and output. One child plays all scenarios of a test, a hub after
// another, since it takes longer to start than most of them.
//
//   const TransportFactory start = ChildFactory({"node", "door.js"});
//
// A message is a number of parts and then each of them behind its size, all
// numbers of four bytes, the lowest first. Asked is a verb and what it needs;
// times are milliseconds since 1970, in decimal digits:
//
//   open   when its virtual clock starts, overlays of the catalogue...
//   call   full name, serialised careroute.model.v1.Actor, request
//   clock  the time to move it to, also when it stands there already
//   close
//
// The answer is the response alone, empty but for calls; or an empty part and a
// serialised careroute.api.v1.ErrorStatus. A child that ends is INTERNAL.

#ifndef CAREROUTE_TESTS_SCENARIOS_CHILD_TRANSPORT_H_
#define CAREROUTE_TESTS_SCENARIOS_CHILD_TRANSPORT_H_

#include <string>
#include <vector>

#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// The child is started with the first hub and ends with the last copy of what
// is returned; one hub at a time.
[[nodiscard]] TransportFactory ChildFactory(std::vector<std::string> command);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_CHILD_TRANSPORT_H_

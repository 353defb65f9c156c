// tests/scenarios/transport.h: the door a scenario goes through.
//
// A scenario names methods and actors and knows nothing of doors. Whoever can
// call a method by its full proto name and move the clock can play all files:
// the method table itself, a gRPC door, a binding.
//
//   absl::StatusOr<std::string> reply = transport.Call(
//       {.method = "careroute.api.v1.CaseService.GetCase", .actor = actor},
//       request);

#ifndef CAREROUTE_TESTS_SCENARIOS_TRANSPORT_H_
#define CAREROUTE_TESTS_SCENARIOS_TRANSPORT_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "google/protobuf/message.h"

namespace careroute::scenarios {

// An empty hub on a virtual clock. Blocking; for one thread.
class Transport {
 public:
  virtual ~Transport() = default;

  struct Target {
    std::string method;  // full proto name
    model::v1::Actor actor;
  };
  // The serialised response. The status of a refusal carries it: see RefusalOf
  // in lib/api/status.h.
  [[nodiscard]] virtual absl::StatusOr<std::string> Call(
      const Target& target, const google::protobuf::Message& request) = 0;

  // Fires what falls due on the way and delivers messages, also when the clock
  // stands there already.
  [[nodiscard]] virtual absl::Status MoveClock(absl::Time to) = 0;
};

// How a new hub begins.
struct Opening {
  absl::Time start;
  // Id of the shipped pathway that is published, with those it opens cases of.
  std::string pathway;
};
using TransportFactory =
    std::function<absl::StatusOr<std::unique_ptr<Transport>>(const Opening&)>;

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_TRANSPORT_H_

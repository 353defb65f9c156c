// services/command/mock/mock_hub.h: what a mock agency needs of a hub.
//
// The hub of a running process is in ../mock_client_hub.h; tests have one of
// their own.

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_MOCK_HUB_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_MOCK_HUB_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "careroute/model/v1/referral.pb.h"
#include "services/command/mock/act_call.h"

namespace careroute::services {

// For one thread.
class MockHub {
 public:
  virtual ~MockHub() = default;

  // By the hub's clock.
  [[nodiscard]] virtual absl::StatusOr<absl::Time> Now() = 0;
  // All that waits for the agency, most urgent first.
  [[nodiscard]] virtual absl::StatusOr<std::vector<model::v1::Referral>>
  Queue() = 0;
  // A refusal is a status that carries it; see lib/api/status.h.
  [[nodiscard]] virtual absl::Status Send(const ActCall& call) = 0;
  // Returns once the queue may have changed or that time may have come; early
  // is allowed.
  [[nodiscard]] virtual absl::Status WaitUntil(absl::Time time) = 0;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_MOCK_HUB_H_

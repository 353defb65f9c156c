// services/command/mock_client_hub.h: a running hub, for a mock agency.
//
//   CAREROUTE_ASSIGN_OR_RETURN(
//       ClientHub hub, ClientHub::Open({.client = client,
//                                       .organisation = "organisations/clinic",
//                                       .moves_clock = true}));

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_CLIENT_HUB_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_CLIENT_HUB_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/client/client.h"
#include "services/command/mock/mock_hub.h"

namespace careroute::services {

// How often a sandbox is asked what time it is, where somebody else moves its
// clock: no watch tells of that.
inline constexpr absl::Duration kClockLook = absl::Milliseconds(100);

// For one thread. Movable.
class ClientHub final : public MockHub {
 public:
  struct Options {
    Client client;
    std::string organisation;  // whose queue
    // Time is not waited for: the sandbox's clock is moved to the next act.
    bool moves_clock = false;
  };
  // Asks the hub whether its clock is virtual. FAILED_PRECONDITION when it is
  // to be moved and is not.
  [[nodiscard]] static absl::StatusOr<ClientHub> Open(Options options);

  [[nodiscard]] absl::StatusOr<absl::Time> Now() override;
  [[nodiscard]] absl::StatusOr<std::vector<model::v1::Referral>> Queue()
      override;
  [[nodiscard]] absl::Status Send(const ActCall& call) override;
  // Waits in a watch of the queue.
  [[nodiscard]] absl::Status WaitUntil(absl::Time time) override;

 private:
  explicit ClientHub(Options options) : options_(std::move(options)) {}

  [[nodiscard]] absl::StatusOr<absl::Time> VirtualNow() const;
  [[nodiscard]] absl::Status MoveTo(absl::Time time) const;
  [[nodiscard]] absl::Status Watch(absl::Duration timeout);

  Options options_;
  bool virtual_ = false;
  // What the watch has told of; empty before the first.
  std::string resume_token_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_CLIENT_HUB_H_

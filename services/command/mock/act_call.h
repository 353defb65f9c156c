// services/command/mock/act_call.h: an act of a script as a call of a hub.
//
//   const ActCall call = CallOf(act, {.referral = name, .request_id = uuid});
//   const absl::Status answer = hub.Send(call);

#ifndef CAREROUTE_SERVICES_COMMAND_MOCK_ACT_CALL_H_
#define CAREROUTE_SERVICES_COMMAND_MOCK_ACT_CALL_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/testing/v1/mock_script.pb.h"
#include "google/protobuf/message.h"
#include "services/client/client.h"

namespace careroute::services {

// Movable. `send` calls the method with the request; it is null for an act
// that calls nobody.
struct ActCall {
  std::string method;  // "careroute.api.v1.ReferralService.AcceptReferral"
  std::unique_ptr<google::protobuf::Message> request;
  absl::Status (*send)(const Client& client, const ActCall& call) = nullptr;
};

struct CallNames {
  std::string referral;
  std::string request_id;
};

[[nodiscard]] ActCall CallOf(const testing::v1::MockAct& act,
                             const CallNames& names);
[[nodiscard]] ActCall CallOf(const command::v1::AnswerCancel& answer,
                             const CallNames& names);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_MOCK_ACT_CALL_H_

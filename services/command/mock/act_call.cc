#include "services/command/mock/act_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_messages.pb.h"

namespace careroute::services {
namespace {

using testing::v1::MockAct;

template <typename Response>
absl::Status Send(const Client& client, const ActCall& call) {
  return client.Call<Response>(call.method, *call.request).status();
}

template <typename Request, typename Response, typename Command>
ActCall Make(absl::string_view method, const Command& command,
             const CallNames& names) {
  auto request = std::make_unique<Request>();
  request->set_name(names.referral);
  request->set_request_id(names.request_id);
  *request->mutable_command() = command;
  return {.method = absl::StrCat("careroute.api.v1.ReferralService.", method),
          .request = std::move(request),
          .send = &Send<Response>};
}

}  // namespace

ActCall CallOf(const MockAct& act, const CallNames& names) {
  switch (act.act_case()) {
    case MockAct::kReceive:
      return Make<api::v1::ReceiveReferralRequest,
                  api::v1::ReceiveReferralResponse>("ReceiveReferral",
                                                    act.receive(), names);
    case MockAct::kAccept:
      return Make<api::v1::AcceptReferralRequest,
                  api::v1::AcceptReferralResponse>("AcceptReferral",
                                                   act.accept(), names);
    case MockAct::kReject:
      return Make<api::v1::RejectReferralRequest,
                  api::v1::RejectReferralResponse>("RejectReferral",
                                                   act.reject(), names);
    case MockAct::kBegin:
      return Make<api::v1::BeginReferralRequest,
                  api::v1::BeginReferralResponse>("BeginReferral", act.begin(),
                                                  names);
    case MockAct::kHold:
      return Make<api::v1::HoldReferralRequest, api::v1::HoldReferralResponse>(
          "HoldReferral", act.hold(), names);
    case MockAct::kResume:
      return Make<api::v1::ResumeReferralRequest,
                  api::v1::ResumeReferralResponse>("ResumeReferral",
                                                   act.resume(), names);
    case MockAct::kAskInformation:
      return Make<api::v1::AskInformationRequest,
                  api::v1::AskInformationResponse>(
          "AskInformation", act.ask_information(), names);
    case MockAct::kComplete:
      return Make<api::v1::CompleteReferralRequest,
                  api::v1::CompleteReferralResponse>("CompleteReferral",
                                                     act.complete(), names);
    case MockAct::kFail:
      return Make<api::v1::FailReferralRequest, api::v1::FailReferralResponse>(
          "FailReferral", act.fail(), names);
    case MockAct::kForget:
    case MockAct::kSilence:
    case MockAct::ACT_NOT_SET:
      return {};
  }
  return {};
}

ActCall CallOf(const command::v1::AnswerCancel& answer,
               const CallNames& names) {
  return Make<api::v1::AnswerCancelRequest, api::v1::AnswerCancelResponse>(
      "AnswerCancel", answer, names);
}

}  // namespace careroute::services

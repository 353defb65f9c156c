#include "tests/torture/exchange_moves.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"

namespace careroute::tests {
namespace {

template <typename Request, typename Response>
absl::Status Send(const services::Client& performer, const Move& move,
                  const std::string& referral, const std::string& request_id) {
  Request request;
  request.set_name(referral);
  request.set_request_id(request_id);
  CAREROUTE_CHECK(google::protobuf::TextFormat::ParseFromString(
      move.command, request.mutable_command()));
  return performer
      .Call<Response>(
          absl::StrCat("careroute.api.v1.ReferralService.", move.method),
          request)
      .status();
}

constexpr Move kMoves[] = {
    {.method = "AcceptReferral",
     .command = "can_meet_needs: true",
     .send =
         Send<api::v1::AcceptReferralRequest, api::v1::AcceptReferralResponse>},
    {.method = "RejectReferral",
     .command = "reason: REFERRAL_REASON_NO_PLACES",
     .send =
         Send<api::v1::RejectReferralRequest, api::v1::RejectReferralResponse>},
    {.method = "BeginReferral",
     .command = "",
     .send =
         Send<api::v1::BeginReferralRequest, api::v1::BeginReferralResponse>},
    {.method = "HoldReferral",
     .command = "reason: REFERRAL_REASON_NO_STAFF",
     .send = Send<api::v1::HoldReferralRequest, api::v1::HoldReferralResponse>},
    {.method = "ResumeReferral",
     .command = "",
     .send =
         Send<api::v1::ResumeReferralRequest, api::v1::ResumeReferralResponse>},
    {.method = kComplete,
     .command = "outcome: 'done'",
     .send = Send<api::v1::CompleteReferralRequest,
                  api::v1::CompleteReferralResponse>},
    {.method = "FailReferral",
     .command = "reason: REFERRAL_REASON_NOT_REACHED",
     .send = Send<api::v1::FailReferralRequest, api::v1::FailReferralResponse>},
    {.method = "AnswerCancel",
     .command = "answer: CANCEL_ANSWER_CANCELLED note: 'two visits'",
     .send = Send<api::v1::AnswerCancelRequest, api::v1::AnswerCancelResponse>},
    {.method = "AnswerCancel",
     .command = "answer: CANCEL_ANSWER_GOES_ON",
     .send = Send<api::v1::AnswerCancelRequest, api::v1::AnswerCancelResponse>},
    {.method = "AskInformation",
     .command = "question: 'which floor?'",
     .send =
         Send<api::v1::AskInformationRequest, api::v1::AskInformationResponse>},
};

}  // namespace

std::vector<const Move*> OpenMoves(const model::v1::Referral& referral) {
  std::vector<const Move*> open;
  for (const Move& move : kMoves) {
    const auto& named = referral.open_to_caller();
    if (std::find(named.begin(), named.end(), move.method) != named.end()) {
      open.push_back(&move);
    }
  }
  return open;
}

}  // namespace careroute::tests

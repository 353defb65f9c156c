// What a performer of this hub sees and does of a referral whose case lives at
// another hub, by the same methods as of any other.

#include <string>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"
#include "lib/engine/testing/performed_bench.h"

namespace careroute::api {
namespace {

using engine::testing::kCancelAsked;
using engine::testing::kOffice;
using engine::testing::kPerformedUid;
using engine::testing::PerformedBench;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kRequestId[] = "0192f0c1-2a3b-7c4d-8e5f-001122334455";

class PerformedReferralMethodsTest : public ::testing::Test {
 protected:
  PerformedReferralMethodsTest() {
    east_.Take(1, PerformedBench::Sent());
    bench_.SpeakFor("office", model::v1::ACTOR_ROLE_PERFORMER);
  }

  v1::GetReferralRequest Getting() const {
    v1::GetReferralRequest request;
    request.set_name(name_);
    return request;
  }
  model::v1::Referral Get() {
    return bench_
        .Ask<v1::GetReferralResponse>("ReferralService.GetReferral", Getting())
        .referral();
  }
  model::v1::Refusal GetRefused() {
    return bench_.AskRefused("ReferralService.GetReferral", Getting());
  }
  v1::ListReferralsResponse Queue() {
    v1::ListReferralsRequest request;
    request.set_organisation(kOffice);
    return bench_.Ask<v1::ListReferralsResponse>(
        "ReferralService.ListReferrals", request);
  }
  template <typename Request>
  Request Asking() const {
    Request request;
    request.set_name(name_);
    request.set_request_id(kRequestId);
    request.mutable_command();
    return request;
  }

  CaseBench bench_;
  PerformedBench east_{&bench_.made()};
  const std::string name_ = absl::StrCat("referrals/", kPerformedUid.Hex());
};

TEST_F(PerformedReferralMethodsTest, ShowThePerformerWhatWasDisclosed) {
  const model::v1::Referral referral = Get();
  EXPECT_EQ(referral.name(), name_);
  EXPECT_EQ(referral.state(), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(referral.other_hub(), "east");
  EXPECT_THAT(referral.outcomes(), ElementsAre("helped", "not_needed"));
  EXPECT_THAT(referral.open_to_caller(), Contains("AcceptReferral"));
  EXPECT_THAT(referral.open_to_caller(), Not(Contains("AskCancel")));
  EXPECT_EQ(referral.disclosed().identity().given_name(), "Вера");
  ASSERT_THAT(referral.disclosed().texts(), SizeIs(1));
  EXPECT_THAT(referral.request(), SizeIs(2));
  EXPECT_THAT(referral.performance(), SizeIs(1));
  EXPECT_THAT(referral.withheld(), Contains(model::v1::DATA_CLASS_MEDICAL));
}

TEST_F(PerformedReferralMethodsTest, StandInTheQueueOfThePerformer) {
  const v1::ListReferralsResponse queue = Queue();
  ASSERT_THAT(queue.referrals(), SizeIs(1));
  EXPECT_EQ(queue.total(), 1);
  EXPECT_EQ(queue.referrals(0).name(), name_);
  EXPECT_EQ(queue.referrals(0).disclosed().identity().given_name(), "Вера");
  EXPECT_THAT(queue.referrals(0).request(), IsEmpty());
}

// Nor does the number of rows tell of them.
TEST_F(PerformedReferralMethodsTest, AreNotCountedForWhoMayNotSeeThem) {
  model::v1::Actor caller = bench_.speaker();
  caller.set_purpose("audit");
  bench_.SpeakAs(caller);
  const v1::ListReferralsResponse queue = Queue();
  EXPECT_THAT(queue.referrals(), IsEmpty());
  EXPECT_EQ(queue.total(), 0);
}

TEST_F(PerformedReferralMethodsTest, DoNotMoveOnceTheCallerHasGone) {
  const absl::Status answer = bench_.AskAndGo(
      "ReferralService.AcceptReferral", Asking<v1::AcceptReferralRequest>());
  EXPECT_TRUE(absl::IsCancelled(answer)) << answer;
  EXPECT_EQ(Get().state(), model::v1::REFERRAL_STATE_RECEIVED);
}

TEST_F(PerformedReferralMethodsTest, AreNotFoundByAnybodyElse) {
  bench_.SpeakFor("clinic", model::v1::ACTOR_ROLE_PERFORMER);
  EXPECT_EQ(GetRefused().reason(), model::v1::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(bench_
                .AskRefused("ReferralService.AcceptReferral",
                            Asking<v1::AcceptReferralRequest>())
                .reason(),
            model::v1::ERROR_REASON_NOT_FOUND);
}

TEST_F(PerformedReferralMethodsTest, MoveByTheMethodsOfAnyReferral) {
  const auto accepted = bench_.Ask<v1::AcceptReferralResponse>(
      "ReferralService.AcceptReferral", Asking<v1::AcceptReferralRequest>());
  EXPECT_EQ(accepted.referral().name(), name_);
  EXPECT_EQ(accepted.referral().state(), model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_EQ(Get().state(), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST_F(PerformedReferralMethodsTest, RefuseTheMovesOfTheRequester) {
  auto request = Asking<v1::AskCancelRequest>();
  request.mutable_command()->set_reason(model::v1::REFERRAL_REASON_DIED);
  EXPECT_EQ(bench_.AskRefused("ReferralService.AskCancel", request).reason(),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
}

TEST_F(PerformedReferralMethodsTest, SayThatACancelIsAsked) {
  east_.Do("accept {}");
  east_.Do("begin {}");
  east_.Take(2, PerformedBench::Grew(kCancelAsked));
  const model::v1::Referral referral = Get();
  EXPECT_THAT(referral.open_loops(),
              ElementsAre(model::v1::REFERRAL_LOOP_CANCEL));
  EXPECT_THAT(referral.open_to_caller(), Contains("AnswerCancel"));
  EXPECT_EQ(referral.request().rbegin()->note(), "they moved");
}

TEST_F(PerformedReferralMethodsTest, ShowNothingThatWasRecalled) {
  east_.Take(2, engine::RecallWord{.classes = {model::v1::DATA_CLASS_IDENTITY},
                                   .why = "consent_withdrawn"});
  const model::v1::Referral referral = Get();
  EXPECT_FALSE(referral.disclosed().has_identity());
  EXPECT_THAT(referral.withheld(), Contains(model::v1::DATA_CLASS_IDENTITY));
  EXPECT_THAT(referral.disclosed().texts(), SizeIs(1));
  EXPECT_FALSE(Queue().referrals(0).disclosed().has_identity());
}

TEST_F(PerformedReferralMethodsTest, ShowNothingToWhoLetItGo) {
  east_.Do("reject { reason: REFERRAL_REASON_NO_PLACES }");
  EXPECT_EQ(Get().disclosed().identity().ByteSizeLong(), 0U);
  EXPECT_THAT(Queue().referrals(), IsEmpty());
}

}  // namespace
}  // namespace careroute::api

// Posts of many cases, as callers hand them over.

#include "lib/api/post_methods.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/case_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/case_bench.h"
#include "lib/casework/view.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRequest[] = "5ce70000-0000-4000-8000-000000000001";

std::string Member(const std::string& member) {
  return absl::StrCat("organisations/clinic/members/", member);
}

class PostMethodsTest : public ::testing::Test {
 protected:
  void SpeakAs(const std::string& organisation, const std::string& member) {
    bench_.SpeakAs(EngineBench::Actor(organisation, member));
  }

  static v1::HandOverCasesRequest Asking(const std::string& to) {
    v1::HandOverCasesRequest request;
    request.set_request_id(kRequest);
    request.set_from(Member("anna"));
    request.set_post(model::v1::POST_COORDINATOR);
    request.add_to(to);
    return request;
  }

  v1::HandOverCasesResponse HandOver(const v1::HandOverCasesRequest& request) {
    return bench_.Ask<v1::HandOverCasesResponse>("CaseService.HandOverCases",
                                                 request);
  }

  // "path reason" of each problem.
  std::vector<std::string> Problems(const v1::HandOverCasesRequest& request) {
    const std::optional<model::v1::Refusal> refusal =
        RefusalOf(bench_.AskInVain("CaseService.HandOverCases", request));
    std::vector<std::string> problems;
    if (!refusal.has_value()) return problems;
    for (const model::v1::Problem& one : refusal->problems()) {
      problems.push_back(absl::StrCat(one.path(), " ", one.reason()));
    }
    return problems;
  }

  CaseBench bench_;
};

TEST_F(PostMethodsTest, OffersAndAcceptsPageByPage) {
  const base::Uid first = bench_.made().Open({});
  const base::Uid second = bench_.made().Open({.snils = "00000000202"});
  SpeakAs("clinic", "anna");
  v1::HandOverCasesRequest request = Asking(Member("hanna"));
  request.set_page_size(1);
  const auto page = HandOver(request);
  ASSERT_THAT(page.cases(), SizeIs(1));
  EXPECT_EQ(page.cases(0).to(), Member("hanna"));
  request.set_page_token(page.next_page_token());
  EXPECT_THAT(HandOver(request).cases(), SizeIs(1));
  SpeakAs("clinic", "hanna");
  v1::AcceptPostsRequest accept;
  accept.set_request_id(kRequest);
  EXPECT_THAT(
      bench_.Ask<v1::AcceptPostsResponse>("CaseService.AcceptPosts", accept)
          .posts(),
      SizeIs(2));
  for (const base::Uid& uid : {first, second}) {
    EXPECT_EQ(bench_.made().Read(uid).state->coordinator, Member("hanna"));
  }
}

TEST_F(PostMethodsTest, ARepeatedPageAnswersTheSame) {
  bench_.made().Open({});
  SpeakAs("clinic", "anna");
  const auto request = Asking(Member("hanna"));
  EXPECT_EQ(HandOver(request).SerializeAsString(),
            HandOver(request).SerializeAsString());
}

TEST_F(PostMethodsTest, SaysThatAReceiverIsAbsent) {
  bench_.made().Open({});
  bench_.made().Change(
      "clinic", absl::StrCat("add_absence { member: '", Member("hanna"),
                             "' absence { from: '2026-03-01' to: '2026-03-09' "
                             "} }"));
  SpeakAs("clinic", "anna");
  EXPECT_EQ(HandOver(Asking(Member("hanna"))).cases(0).absent_until(),
            "2026-03-09");
}

TEST_F(PostMethodsTest, SaysSoOfASingleOfferToo) {
  const base::Uid uid = bench_.made().Open({});
  bench_.made().Change(
      "clinic", absl::StrCat("add_absence { member: '", Member("hanna"),
                             "' absence { from: '2026-03-01' to: '2026-03-09' "
                             "} }"));
  SpeakAs("clinic", "anna");
  v1::OfferPostRequest request;
  request.set_name(casework::CaseName(uid));
  request.set_request_id(kRequest);
  request.mutable_command()->set_post(model::v1::POST_COORDINATOR);
  request.mutable_command()->set_to(Member("hanna"));
  const auto reply =
      bench_.Ask<v1::OfferPostResponse>("CaseService.OfferPost", request);
  EXPECT_EQ(reply.absent_until(), "2026-03-09");
  EXPECT_THAT(reply.case_().hand_overs(), SizeIs(1));
}

TEST_F(PostMethodsTest, NamesWhatIsWrongWithTheReceivers) {
  SpeakAs("clinic", "anna");
  v1::HandOverCasesRequest request = Asking(Member("anna"));
  request.add_to("organisations/office/members/anna");
  request.add_to(Member("nobody"));
  EXPECT_THAT(Problems(request),
              ElementsAre("to[0] SAME_MEMBER", "to[1] OTHER_ORGANISATION",
                          "to[2] NOT_IN_SERVICE"));
}

TEST_F(PostMethodsTest, OfAnotherOrganisationNothingIsHandedOver) {
  bench_.made().Open({});
  SpeakAs("office", "hanna");
  EXPECT_THAT(Problems(Asking(Member("hanna"))),
              ElementsAre("from OTHER_ORGANISATION"));
  v1::AcceptPostsRequest accept;
  accept.set_request_id(kRequest);
  EXPECT_THAT(
      bench_.Ask<v1::AcceptPostsResponse>("CaseService.AcceptPosts", accept)
          .posts(),
      IsEmpty());
}

}  // namespace
}  // namespace careroute::api

// What the queue of a performer shows of a referral, beside what the referral
// itself shows.

#include "lib/api/referral_methods.h"

#include <memory>
#include <string>

#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/referral_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "lib/api/testing/case_bench.h"

namespace careroute::api {
namespace {

using engine::testing::EngineBench;
using google::protobuf::util::MessageDifferencer;
using ::testing::Contains;
using ::testing::SizeIs;

// The clinic refers a child to the office, which takes it into its queue.
class ReferralMethodsTest : public ::testing::Test {
 protected:
  ReferralMethodsTest() {
    model::v1::Organisation office =
        EngineBench::Describe("office", model::v1::AGENCY_KIND_SOCIAL);
    office.add_services()->set_service("care");
    made_.Put(office);
    made_.Publish(Lawful());
    engine::Report report = made_.ReportOf({.pathway = "lawful"});
    report.person.mutable_needs()->set_language("rsl");
    const absl::StatusOr<engine::ReportTaken> taken =
        made_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    uid_ = made_.AllCases().at(0);
    made_.Do(uid_, "start_step { step: 'help' }");
    bench_.SpeakFor("office", model::v1::ACTOR_ROLE_PERFORMER);
  }

  // Ways to help that a law opens: for how to speak, and for who it is as well.
  static model::v1::Pathway Lawful() {
    model::v1::Pathway pathway = EngineBench::Route("lawful");
    for (model::v1::Step& step : *pathway.mutable_steps()) {
      if (step.id() != "help") continue;
      for (const char* id : {"needs_alone", "by_law"}) {
        model::v1::Way& way = *step.add_disclosure();
        way.set_id(id);
        way.add_classes(model::v1::DATA_CLASS_NEEDS);
        way.mutable_law()->set_act("an act");
      }
      step.mutable_disclosure()->rbegin()->add_classes(
          model::v1::DATA_CLASS_IDENTITY);
    }
    return pathway;
  }

  void Refer(const std::string& way) {
    made_.Do(uid_, "referral { make { occurrence: " +
                       std::to_string(made_.Number(uid_, "help")) +
                       " performer: 'organisations/office' way: '" + way +
                       "' send: true } }");
  }

  v1::ListReferralsResponse Queue() {
    v1::ListReferralsRequest request;
    request.set_organisation(bench_.speaker().organisation());
    return bench_.Ask<v1::ListReferralsResponse>(
        "ReferralService.ListReferrals", request);
  }

  model::v1::Referral Get(const std::string& name) {
    v1::GetReferralRequest request;
    request.set_name(name);
    return bench_
        .Ask<v1::GetReferralResponse>("ReferralService.GetReferral", request)
        .referral();
  }

  CaseBench bench_;
  EngineBench& made_ = bench_.made();
  base::Uid uid_;
};

TEST_F(ReferralMethodsTest, QueueShowsThePerformerWhoAndHowToSpeak) {
  Refer("by_law");
  const v1::ListReferralsResponse queue = Queue();
  ASSERT_THAT(queue.referrals(), SizeIs(1));
  const model::v1::Referral& row = queue.referrals(0);
  EXPECT_EQ(row.disclosed().identity().given_name(), "Вера");
  EXPECT_EQ(row.disclosed().needs().language(), "rsl");
  const model::v1::Referral whole = Get(row.name());
  EXPECT_TRUE(MessageDifferencer::Equals(row.disclosed().identity(),
                                         whole.disclosed().identity()));
  EXPECT_TRUE(MessageDifferencer::Equals(row.disclosed().needs(),
                                         whole.disclosed().needs()));
  EXPECT_EQ(row.withheld_size(), whole.withheld_size());
}

TEST_F(ReferralMethodsTest, ListsSayWhatTheClockOfTheCallerShows) {
  EXPECT_EQ(Queue().utc_offset_minutes(), 600);
  EXPECT_EQ(bench_
                .Ask<v1::ListCasesResponse>("CaseService.ListCases",
                                            v1::ListCasesRequest())
                .utc_offset_minutes(),
            600);
}

TEST_F(ReferralMethodsTest, QueueFindsTheReferralBehindManyEvents) {
  for (int i = 0; i < 50; ++i) {
    made_.Do(uid_, "record_contact { mode: CONTACT_MODE_TELEPHONE }");
  }
  Refer("by_law");
  const v1::ListReferralsResponse queue = Queue();
  ASSERT_THAT(queue.referrals(), SizeIs(1));
  EXPECT_EQ(queue.referrals(0).disclosed().identity().given_name(), "Вера");
}

TEST_F(ReferralMethodsTest, QueueWithholdsWhatTheReferralWithholds) {
  Refer("needs_alone");
  const v1::ListReferralsResponse queue = Queue();
  ASSERT_THAT(queue.referrals(), SizeIs(1));
  const model::v1::Referral& row = queue.referrals(0);
  EXPECT_FALSE(row.disclosed().has_identity());
  EXPECT_EQ(row.disclosed().needs().language(), "rsl");
  EXPECT_THAT(row.withheld(), Contains(model::v1::DATA_CLASS_IDENTITY));
  EXPECT_THAT(Get(row.name()).withheld(),
              Contains(model::v1::DATA_CLASS_IDENTITY));
}

}  // namespace
}  // namespace careroute::api

// What the queue of a performer shows of a referral, beside what the referral
// itself shows.

#include "lib/api/referral_methods.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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
using ::testing::Le;
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

  // Other children, as many, referred to the office in the same way.
  void ReferOthers(int count) {
    for (int i = 0; i < count; ++i) {
      engine::Report report = made_.ReportOf(
          {.pathway = "lawful", .snils = absl::StrFormat("%011d", 500 + i)});
      model::v1::Identity& identity = *report.person.mutable_identity();
      identity.set_given_name(
          absl::StrCat("Надя-", std::string(1, static_cast<char>('a' + i))));
      identity.set_birth_date(absl::StrFormat("2023-06-%02d", 1 + i));
      const absl::StatusOr<engine::ReportTaken> taken =
          made_.Take(std::move(report));
      ASSERT_TRUE(taken.ok()) << taken.status();
      ASSERT_FALSE(taken->refusal.has_value())
          << taken->refusal->ShortDebugString();
      uid_ = *engine::ParseName("reports/", taken->report);
      made_.Do(uid_, "start_step { step: 'help' }");
      Refer("by_law");
    }
  }

  v1::ListReferralsResponse Queue(int32_t page_size = 0,
                                  const std::string& page_token = {}) {
    v1::ListReferralsRequest request;
    request.set_organisation(bench_.speaker().organisation());
    request.set_page_size(page_size);
    request.set_page_token(page_token);
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

TEST_F(ReferralMethodsTest, QueueIsTheSameHoweverLongItsPages) {
  ReferOthers(20);
  const v1::ListReferralsResponse whole = Queue();
  ASSERT_THAT(whole.referrals(), SizeIs(20));
  EXPECT_EQ(whole.total(), 20);
  v1::ListReferralsResponse paged;
  std::string token;
  do {
    const v1::ListReferralsResponse page = Queue(3, token);
    ASSERT_THAT(page.referrals(), SizeIs(Le(3)));
    paged.mutable_referrals()->MergeFrom(page.referrals());
    token = page.next_page_token();
  } while (!token.empty());
  ASSERT_THAT(paged.referrals(), SizeIs(20));
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(
        MessageDifferencer::Equals(whole.referrals(i), paged.referrals(i)));
  }
}

// The list, keys and events of two parts, the count and the trace.
TEST_F(ReferralMethodsTest, PageOfTheQueueAsksTheStoreAFewTimes) {
  ReferOthers(20);
  const int64_t before = made_.store().calls();
  ASSERT_THAT(Queue().referrals(), SizeIs(20));
  EXPECT_LE(made_.store().calls() - before, 7);
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

#include "services/command/render_peers.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

api::v1::ListPeersResponse MakePeers() {
  api::v1::ListPeersResponse all;
  model::v1::Peer& east = *all.add_peers();
  east.set_name("peers/east");
  east.set_paused(true);
  east.set_waiting(1000);
  east.set_stuck(2);
  east.mutable_answer_time()->set_seconds(1744120800);
  east.set_problem("nobody answers");
  all.add_peers()->set_name("peers/west");
  return all;
}

api::v1::ListWaitingEnvelopesResponse MakeWaiting() {
  api::v1::ListWaitingEnvelopesResponse page;
  model::v1::WaitingEnvelope& refused = *page.add_envelopes();
  refused.set_referral("cases/1/referrals/2");
  refused.set_attempts(3);
  refused.set_problem("refused");
  model::v1::WaitingEnvelope& fresh = *page.add_envelopes();
  fresh.set_referral("referrals/1");
  fresh.mutable_due_time()->set_seconds(1744120800);
  return page;
}

TEST(RenderPeers, ShowsOneLineAHub) {
  EXPECT_EQ(RenderPeers(MakePeers(), Wall("en", 600), {}),
            "hub   sending  waiting  stuck  last answer       problem\n"
            "east  paused   1000+    2      2025-04-09 00:00  nobody answers\n"
            "west\n");
}

TEST(RenderPeers, SpeaksRussian) {
  EXPECT_THAT(RenderPeers(MakePeers(), Wall("ru", 600), {}),
              AllOf(HasSubstr("последний ответ"), HasSubstr("остановлена"),
                    HasSubstr("09.04.2025 00:00")));
  EXPECT_THAT(RenderPeers({}, Wall("ru", 0), {}),
              HasSubstr("ни с кем направлениями не обменивается"));
}

TEST(RenderWaiting, SaysWhenEachIsTriedAgain) {
  EXPECT_EQ(RenderWaiting(MakeWaiting(), Wall("en", 600), {}),
            "referral             attempts  next try          problem\n"
            "cases/1/referrals/2  3         only when asked   refused\n"
            "referrals/1                    2025-04-09 00:00\n");
}

TEST(RenderWaiting, SaysThatMoreWaitsAndThatNothingDoes) {
  api::v1::ListWaitingEnvelopesResponse page = MakeWaiting();
  EXPECT_THAT(RenderWaiting(page, Wall("en", 0), {}),
              Not(HasSubstr("--first")));
  page.set_next_page_token("more");
  EXPECT_THAT(RenderWaiting(page, Wall("en", 0), {}),
              HasSubstr("2 are shown and more wait"));
  EXPECT_THAT(RenderWaiting(page, Wall("ru", 0), {}), HasSubstr("Показано 2"));
  EXPECT_EQ(RenderWaiting({}, Wall("en", 0), {}), "Nothing.\n");
}

}  // namespace
}  // namespace careroute::services

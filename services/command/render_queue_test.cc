#include "services/command/render_queue.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

api::v1::ListReferralsResponse MakePage() {
  api::v1::ListReferralsResponse page;
  model::v1::Referral& one = *page.add_referrals();
  one.set_name("cases/1/referrals/2");
  one.set_step("issue_referral");
  one.set_state(model::v1::REFERRAL_STATE_RECEIVED);
  one.set_requester("organisations/clinic");
  one.mutable_create_time()->set_seconds(1744016400);
  one.mutable_disclosed()->mutable_identity()->set_family_name("Иванов");
  one.mutable_disclosed()->mutable_needs()->add_access(
      model::v1::ACCESS_NEED_WHEELCHAIR);
  one.add_open_loops(model::v1::REFERRAL_LOOP_INFORMATION);
  model::v1::Deadline& later = *one.add_deadlines();
  later.mutable_due_time()->set_seconds(1744120800);
  later.set_level(-1);
  model::v1::Deadline& nearest = *one.add_deadlines();
  nearest.mutable_due_time()->set_seconds(1744034400);
  nearest.set_level(0);
  page.set_total(1);
  return page;
}

TEST(RenderQueue, ShowsTheNearestLimitWhatIsAskedAndTheNeeds) {
  EXPECT_EQ(RenderQueue(MakePage(), {.wall = Wall("en", 600)}),
            "state     step            who     from                  made     "
            "   when\n"
            "received  issue_referral  Иванов  organisations/clinic  2025-04-07"
            "  due 2025-04-07  cases/1/referrals/2\n"
            "          information asked\n"
            "          wheelchair\n"
            "In all: 1.\n");
}

TEST(RenderQueue, NamesWhomAnOutgoingReferralAsks) {
  api::v1::ListReferralsResponse page = MakePage();
  page.mutable_referrals(0)->set_performer("organisations/centre");
  const std::string shown =
      RenderQueue(page, {.wall = Wall("en", 600), .outgoing = true});
  EXPECT_THAT(shown, HasSubstr("organisations/centre"));
  EXPECT_THAT(shown, Not(HasSubstr("organisations/clinic")));
}

TEST(RenderQueue, MakesWhatIsOverdueStandOut) {
  EXPECT_THAT(RenderQueue(MakePage(), {.wall = Wall("ru", 600),
                                       .screen = {.colour = true}}),
              HasSubstr("\x1b[1;31mполучено"));
}

}  // namespace
}  // namespace careroute::services

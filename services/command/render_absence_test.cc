// A coordinator who is away: whom to turn to meanwhile.

#include "gmock/gmock.h"
#include "services/command/render_route.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

model::v1::Route MakeRoute(const std::string& language) {
  model::v1::Route route;
  route.set_language(language);
  model::v1::RouteContact& coordinator =
      *route.mutable_header()->mutable_coordinator();
  coordinator.set_name("organisations/a/members/anna");
  coordinator.set_title("Anna");
  coordinator.set_phone("111");
  coordinator.set_absent_until("2025-04-20");
  model::v1::RouteContact& deputy = *route.mutable_header()->mutable_deputy();
  deputy.set_name("organisations/a/members/boris");
  deputy.set_title("Boris");
  deputy.set_phone("222");
  return route;
}

TEST(RenderRoute, SendsToTheDeputyWhileTheCoordinatorIsAway) {
  EXPECT_THAT(RenderRoute(MakeRoute("en"), {}),
              HasSubstr("absent until 2025-04-20, turn to the deputy"));
}

TEST(RenderRoute, SendsToNobodyWhoIsAwayToo) {
  model::v1::Route route = MakeRoute("en");
  route.mutable_header()->mutable_deputy()->set_absent_until("2025-04-19");
  EXPECT_THAT(RenderRoute(route, {}),
              AllOf(HasSubstr("absent until 2025-04-19"),
                    Not(HasSubstr("turn to the deputy"))));
}

TEST(RenderFamilySheet, GivesTheDeputysTelephoneInsteadOfTheCoordinators) {
  const std::string sheet = RenderFamilySheet(MakeRoute("en"), {});
  EXPECT_THAT(
      sheet,
      AllOf(HasSubstr("The coordinator is away until 2025-04-20"),
            HasSubstr("Until then call: Boris, 222."), Not(HasSubstr("111"))));
}

TEST(RenderFamilySheet, SaysSoInRussian) {
  EXPECT_THAT(
      RenderFamilySheet(MakeRoute("ru"), {}),
      AllOf(HasSubstr("20.04.2025"), HasSubstr("координатора нет на работе"),
            HasSubstr("Пока звоните: Boris, 222.")));
}

}  // namespace
}  // namespace careroute::services

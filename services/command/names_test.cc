#include "services/command/names.h"

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

model::v1::Actor MakeHead() {
  model::v1::Actor actor;
  actor.set_organisation("organisations/a");
  actor.set_member("organisations/a/members/head");
  return actor;
}

TEST(OrganisationName, TakesTheIdAloneAndTheName) {
  EXPECT_EQ(OrganisationName("clinic"), "organisations/clinic");
  EXPECT_EQ(OrganisationName("organisations/clinic"), "organisations/clinic");
}

TEST(OrganisationName, LeavesOutWhatIsNotGiven) {
  EXPECT_EQ(OrganisationName(""), "");
}

TEST(CaseName, TakesTheIdAloneAndTheName) {
  EXPECT_EQ(CaseName("1"), "cases/1");
  EXPECT_EQ(CaseName("cases/1"), "cases/1");
}

TEST(PeerName, TakesTheIdAloneAndTheName) {
  EXPECT_EQ(PeerName("east"), "peers/east");
  EXPECT_EQ(PeerName("peers/east"), "peers/east");
}

TEST(MemberName, TakesAnIdAloneForThatOfAColleague) {
  EXPECT_EQ(MemberName(MakeHead(), "anna"), "organisations/a/members/anna");
}

TEST(MemberName, KeepsANameOfAnotherOrganisation) {
  EXPECT_EQ(MemberName(MakeHead(), "organisations/b/members/boris"),
            "organisations/b/members/boris");
}

}  // namespace
}  // namespace careroute::services

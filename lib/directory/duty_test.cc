// Who is at work, and who stands in for whom.

#include "lib/directory/duty.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace careroute::directory {
namespace {

constexpr absl::CivilDay kMonday(2026, 3, 2);

void Away(const std::string& from, const std::string& to,
          model::v1::Member& member) {
  model::v1::Absence& absence = *member.add_absences();
  absence.set_from(from);
  absence.set_to(to);
}

TEST(AbsentUntil, HoldsOnTheFirstDayAndTheLast) {
  model::v1::Member member;
  Away("2026-03-02", "2026-03-06", member);
  EXPECT_EQ(AbsentUntil(member, kMonday - 1), "");
  EXPECT_EQ(AbsentUntil(member, kMonday), "2026-03-06");
  EXPECT_EQ(AbsentUntil(member, kMonday + 4), "2026-03-06");
  EXPECT_EQ(AbsentUntil(member, kMonday + 5), "");
}

TEST(AbsentUntil, GoesOverAbsencesWithNoDayBetween) {
  model::v1::Member member;
  Away("2026-03-02", "2026-03-06", member);
  Away("2026-03-07", "2026-03-10", member);
  Away("2026-03-12", "2026-03-20", member);
  EXPECT_EQ(AbsentUntil(member, kMonday), "2026-03-10");
}

// "anna" is on duty, "boris" her deputy, "hanna" the head.
class PostsOnTest : public testing::Test {
 protected:
  PostsOnTest() {
    clinic_.set_name("organisations/clinic");
    for (const char* one : {"anna", "boris", "hanna"}) {
      clinic_.add_members()->set_name(NameOf(one));
    }
  }

  static std::string NameOf(const std::string& member) {
    return "organisations/clinic/members/" + member;
  }
  void SendAway(int member) {
    Away("2026-03-01", "2026-03-09", *clinic_.mutable_members(member));
  }
  void Dismiss(int member) {
    clinic_.mutable_members(member)->set_valid_to("2026-03-01");
  }

  // "coordinator deputy".
  std::string Posts() {
    const auto shared =
        std::make_shared<const model::v1::Organisation>(clinic_);
    const auto posts = PostsOn(Directory().With({shared}),
                               {.coordinator = NameOf("anna"),
                                .deputy = NameOf("boris"),
                                .head = NameOf("hanna")},
                               kMonday);
    const size_t prefix = NameOf("").size();
    return posts.coordinator.substr(prefix) + " " + posts.deputy.substr(prefix);
  }

  model::v1::Organisation clinic_;
};

TEST_F(PostsOnTest, GivesThePostsAsTheyAreMeant) {
  EXPECT_EQ(Posts(), "anna boris");
}

TEST_F(PostsOnTest, TheDeputyStandsInForAnAbsentCoordinator) {
  SendAway(0);
  EXPECT_EQ(Posts(), "boris hanna");
}

TEST_F(PostsOnTest, TheHeadStandsInForBoth) {
  SendAway(0);
  SendAway(1);
  EXPECT_EQ(Posts(), "hanna boris");
}

TEST_F(PostsOnTest, NobodyOutOfServiceIsGivenAPost) {
  Dismiss(0);
  EXPECT_EQ(Posts(), "boris hanna");
  Dismiss(1);
  EXPECT_EQ(Posts(), "hanna hanna");
}

TEST_F(PostsOnTest, ADeputyOutOfServiceGivesWayToTheHead) {
  Dismiss(1);
  EXPECT_EQ(Posts(), "anna hanna");
}

TEST_F(PostsOnTest, WaitsForWhoWillBeBackWhenNobodyIsAtWork) {
  for (const int one : {0, 1, 2}) SendAway(one);
  EXPECT_EQ(Posts(), "anna boris");
  Dismiss(0);
  EXPECT_EQ(Posts(), "boris hanna");
}

}  // namespace
}  // namespace careroute::directory

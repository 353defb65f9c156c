// Whom a token makes of a caller, and that nothing else makes anybody of one
// who brings it.

#include "lib/api/token_actor.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/actor_sources.h"
#include "lib/api/status.h"
#include "lib/api/testing/table_bench.h"

namespace careroute::api {
namespace {

constexpr char kAnna[] = "organisations/clinic/members/anna";

constexpr char kClinic[] = R"pb(
  organisations {
    name: "organisations/clinic"
    title: "Clinic"
    kind: AGENCY_KIND_HEALTH
    region: "RU-KHA"
    calendar: "ru"
    zone: "RU-KHA"
    members {
      name: "organisations/clinic/members/anna"
      kind: MEMBER_KIND_PERSON
      roles: ACTOR_ROLE_COORDINATOR
      display_name: "A"
      token_subjects: "https://login#anna"
    }
    duty_coordinator: "organisations/clinic/members/anna"
    duty_deputy: "organisations/clinic/members/anna"
    head: "organisations/clinic/members/anna"
  }
)pb";

// Takes a token for the subject it is; "late" has run out, "new" is of a key
// that is being fetched.
class Reading final : public TokenCheck {
 public:
  [[nodiscard]] std::string SubjectOf(const std::string& token,
                                      TokenProblem& problem) const override {
    if (token != "late" && token != "new") return "https://login#" + token;
    problem = {.message = "the token has run out", .what = "exp", .mend = "go"};
    if (token == "new") problem.retry_after = absl::Milliseconds(1500);
    return "";
  }
};

class TokenActorTest : public testing::Test {
 protected:
  void SetUp() override { bench_.Import(kClinic); }

  absl::StatusOr<model::v1::Actor> ActorOf(
      std::vector<std::string> authorization,
      TableBench::Metadata metadata = {{"careroute-role", "coordinator"},
                                       {"careroute-purpose", "care"}}) {
    Call call;
    call.authorization = std::move(authorization);
    call.metadata = std::move(metadata);
    return actors_.ActorOf(call);
  }
  // What is wrong with a call that must be refused.
  model::v1::Refusal RefusalOfCall(std::vector<std::string> authorization) {
    const auto actor = ActorOf(std::move(authorization));
    EXPECT_TRUE(absl::IsUnauthenticated(actor.status())) << actor.status();
    return RefusalOf(actor.status()).value_or(model::v1::Refusal());
  }

  TableBench bench_;
  Reading reading_;
  TokenActor tokens_{{.engine = bench_.engine(), .check = reading_}};
  DevelopmentActor development_{{.engine = bench_.engine()}};
  ActorSources actors_{{&tokens_, &development_}};
};

TEST_F(TokenActorTest, KnowsAMemberByTheSubjectOfItsToken) {
  for (const char* scheme : {"Bearer ", "bearer "}) {
    const auto actor = ActorOf({std::string(scheme) + "anna"});
    ASSERT_TRUE(actor.ok()) << actor.status();
    EXPECT_EQ(actor->member(), kAnna);
    EXPECT_EQ(actor->organisation(), "organisations/clinic");
    EXPECT_EQ(actor->role(), model::v1::ACTOR_ROLE_COORDINATOR);
  }
}

TEST_F(TokenActorTest, LetsAMemberActInItsOwnRolesOnly) {
  EXPECT_FALSE(ActorOf({"Bearer anna"}, {{"careroute-role", "auditor"},
                                         {"careroute-purpose", "care"}})
                   .ok());
  EXPECT_FALSE(
      ActorOf({"Bearer anna"}, {{"careroute-role", "coordinator"}}).ok());
}

// Also where callers without a token may say who they are.
TEST_F(TokenActorTest, HasTheLastWordOnWhoeverBringsAToken) {
  for (const char* wrong :
       {"Bearer nobody", "Bearer late", "Basic YTpi", "Bearer ", "", "anna"}) {
    EXPECT_FALSE(ActorOf({wrong}, TableBench::Administrator()).ok()) << wrong;
  }
  EXPECT_FALSE(ActorOf({"Bearer anna"}, TableBench::Administrator()).ok());
  EXPECT_TRUE(ActorOf({}, TableBench::Administrator()).ok());
}

TEST_F(TokenActorTest, TakesNoTwoTokens) {
  EXPECT_FALSE(ActorOf({"Bearer anna", "Bearer anna"}).ok());
}

TEST_F(TokenActorTest, PassesOnWhatIsWrongAndWhenItMayBeRight) {
  const model::v1::Refusal late = RefusalOfCall({"Bearer late"});
  EXPECT_EQ(late.message(), "the token has run out");
  ASSERT_EQ(late.missing_size(), 1);
  EXPECT_EQ(late.missing(0).what(), "exp");
  EXPECT_FALSE(late.has_retry_after());
  EXPECT_EQ(RefusalOfCall({"Bearer new"}).retry_after().seconds(), 2);
}

TEST_F(TokenActorTest, RepeatsNothingOfAToken) {
  for (const char* secret : {"Bearer canary", "canary", "Basic canary"}) {
    const model::v1::Refusal refusal = RefusalOfCall({secret});
    EXPECT_THAT(refusal.ShortDebugString(),
                testing::Not(testing::HasSubstr("canary")));
  }
}

}  // namespace
}  // namespace careroute::api

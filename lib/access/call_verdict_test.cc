#include "lib/access/call_verdict.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/access/explain_text.h"

namespace careroute::access {
namespace {

using model::v1::ActorRole;

constexpr auto kCoordinator = model::v1::ACTOR_ROLE_COORDINATOR;
constexpr auto kAuditor = model::v1::ACTOR_ROLE_AUDITOR;
constexpr auto kPerformer = model::v1::ACTOR_ROLE_PERFORMER;
constexpr auto kUnknown = model::v1::ERROR_REASON_UNKNOWN_ACTOR;
constexpr auto kRole = model::v1::ERROR_REASON_ROLE_NOT_ALLOWED;

// One deviation from a call that is allowed.
struct Row {
  const char* name;
  ActorRole role = kCoordinator;
  const char* purpose = "coordination";
  const char* organisation = "organisations/clinic";
  const char* member = "organisations/clinic/members/anna";
  const char* today = "2026-03-02";
  bool known = true;
  model::v1::ErrorReason reason = model::v1::ERROR_REASON_UNSPECIFIED;
  const char* key = "";
};

std::vector<Row> AllowedRows() {
  return {
      {.name = "a coordinator coordinates"},
      {.name = "a coordinator cares", .purpose = "care"},
      {.name = "for a declared purpose", .purpose = "early_help"},
      {.name = "her first day", .today = "2026-01-01"},
      {.name = "her last day", .today = "2026-12-31"},
      {.name = "an auditor audits", .role = kAuditor, .purpose = "audit"},
  };
}

std::vector<Row> UnknownRows() {
  return {
      {.name = "before her first day",
       .today = "2025-12-31",
       .reason = kUnknown,
       .key = "access.not_in_service"},
      {.name = "after her last day",
       .today = "2027-01-01",
       .reason = kUnknown,
       .key = "access.not_in_service"},
      {.name = "a member nobody knows",
       .known = false,
       .reason = kUnknown,
       .key = "access.no_such_member"},
      {.name = "a member of another organisation",
       .organisation = "organisations/school",
       .reason = kUnknown,
       .key = "access.other_organisation"},
      {.name = "an organisation whose name only begins alike",
       .organisation = "organisations/cl",
       .reason = kUnknown,
       .key = "access.other_organisation"},
      {.name = "no organisation at all",
       .organisation = "",
       .reason = kUnknown,
       .key = "access.other_organisation"},
      {.name = "an organisation without a member",
       .member = "organisations/clinic/members/",
       .reason = kUnknown,
       .key = "access.other_organisation"},
      {.name = "a role she does not hold",
       .role = model::v1::ACTOR_ROLE_ADMINISTRATOR,
       .reason = kUnknown,
       .key = "access.role_not_held"},
      {.name = "the role of the hub",
       .role = model::v1::ACTOR_ROLE_HUB,
       .reason = kUnknown,
       .key = "access.hub_role"},
  };
}

std::vector<Row> NotAllowedRows() {
  return {
      {.name = "a role the method is not for",
       .role = kPerformer,
       .reason = kRole,
       .key = "access.role_not_of_method"},
      {.name = "a purpose nobody declares",
       .purpose = "curiosity",
       .reason = kRole,
       .key = "access.unknown_purpose"},
      {.name = "no purpose",
       .purpose = "",
       .reason = kRole,
       .key = "access.unknown_purpose"},
      {.name = "a coordinator who audits",
       .purpose = "audit",
       .reason = kRole,
       .key = "access.purpose_not_of_role"},
      {.name = "an auditor who cares",
       .role = kAuditor,
       .purpose = "care",
       .reason = kRole,
       .key = "access.purpose_not_of_role"},
  };
}

void ExpectVerdict(const Row& row) {
  SCOPED_TRACE(row.name);
  model::v1::Member anna;
  anna.set_name("organisations/clinic/members/anna");
  for (const ActorRole role : {kCoordinator, kAuditor, kPerformer}) {
    anna.add_roles(role);
  }
  anna.set_valid_from("2026-01-01");
  anna.set_valid_to("2026-12-31");
  options::v1::MethodRules rules;
  rules.add_roles("ACTOR_ROLE_COORDINATOR");
  rules.add_roles("ACTOR_ROLE_AUDITOR");
  const std::vector<std::string> declared = {"early_help"};

  model::v1::Actor actor;
  actor.set_organisation(row.organisation);
  actor.set_member(row.member);
  actor.set_role(row.role);
  actor.set_purpose(row.purpose);
  const CallVerdict verdict = JudgeCall({.actor = &actor,
                                         .member = row.known ? &anna : nullptr,
                                         .today = row.today,
                                         .rules = &rules,
                                         .declared_purposes = declared});
  EXPECT_EQ(verdict.reason, row.reason);
  EXPECT_EQ(verdict.allowed, row.reason == model::v1::ERROR_REASON_UNSPECIFIED);
  for (const char* language : {"ru", "en"}) {
    model::v1::Explanation because = verdict.because;
    FillTexts(language, because);
    EXPECT_EQ(because.text().empty(), verdict.allowed);
    for (const model::v1::Explanation& leaf : because.because()) {
      EXPECT_FALSE(leaf.text().empty()) << leaf.message_key();
    }
  }
  const std::string key =
      verdict.allowed ? "" : verdict.because.because(0).message_key();
  EXPECT_EQ(key, row.key);
}

TEST(JudgeCall, HoldsToItsTable) {
  for (const std::vector<Row>& rows :
       {AllowedRows(), UnknownRows(), NotAllowedRows()}) {
    for (const Row& row : rows) {
      ExpectVerdict(row);
    }
  }
}

TEST(JudgeCall, LetsEveryRoleCallAMethodWithoutRules) {
  model::v1::Member member;
  member.set_name("organisations/clinic/members/anna");
  member.add_roles(kPerformer);
  model::v1::Actor actor;
  actor.set_organisation("organisations/clinic");
  actor.set_member(member.name());
  actor.set_role(kPerformer);
  actor.set_purpose("care");
  const options::v1::MethodRules no_rules;
  for (const options::v1::MethodRules* rules :
       {&no_rules, static_cast<const options::v1::MethodRules*>(nullptr)}) {
    EXPECT_TRUE(JudgeCall({.actor = &actor,
                           .member = &member,
                           .today = "2026-03-02",
                           .rules = rules})
                    .allowed);
  }
}

}  // namespace
}  // namespace careroute::access

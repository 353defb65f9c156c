#include "lib/access/call_verdict.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace careroute::access {
namespace {

using model::v1::Actor;
using model::v1::Member;

CallVerdict Refuse(model::v1::ErrorReason reason, absl::string_view key,
                   absl::string_view argument) {
  CallVerdict verdict{.reason = reason};
  verdict.because.set_message_key("access.call");
  verdict.because.set_answer(model::v1::EXPLANATION_ANSWER_NO);
  model::v1::Explanation& leaf = *verdict.because.add_because();
  leaf.set_message_key(std::string(key));
  leaf.set_answer(model::v1::EXPLANATION_ANSWER_NO);
  if (!argument.empty()) {
    leaf.add_arguments(std::string(argument));
  }
  return verdict;
}

CallVerdict UnknownActor(absl::string_view key, absl::string_view argument) {
  return Refuse(model::v1::ERROR_REASON_UNKNOWN_ACTOR, key, argument);
}

CallVerdict NotAllowed(absl::string_view key, absl::string_view argument) {
  return Refuse(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED, key, argument);
}

bool IsMemberOf(const Actor& actor) {
  absl::string_view rest = actor.member();
  return !actor.organisation().empty() &&
         absl::ConsumePrefix(&rest, actor.organisation()) &&
         absl::ConsumePrefix(&rest, "/members/") && !rest.empty();
}

bool InService(const Member& member, absl::string_view today) {
  return (member.valid_from().empty() || today >= member.valid_from()) &&
         (member.valid_to().empty() || today <= member.valid_to());
}

bool HoldsRole(const Member& member, model::v1::ActorRole role) {
  return std::find(member.roles().begin(), member.roles().end(),
                   static_cast<int>(role)) != member.roles().end();
}

bool IsKnownPurpose(const CallQuestion& question) {
  const std::string& purpose = question.actor->purpose();
  return purpose == "care" || purpose == "coordination" || purpose == "audit" ||
         std::find(question.declared_purposes.begin(),
                   question.declared_purposes.end(),
                   purpose) != question.declared_purposes.end();
}

bool PurposeFitsRole(const Actor& actor) {
  const bool audits = actor.purpose() == "audit";
  switch (actor.role()) {
    case model::v1::ACTOR_ROLE_AUDITOR:
      return audits;
    case model::v1::ACTOR_ROLE_ADMINISTRATOR:
      return true;
    default:
      return !audits;
  }
}

CallVerdict JudgeMember(const CallQuestion& question) {
  const Actor& actor = *question.actor;
  if (!IsMemberOf(actor)) {
    return UnknownActor("access.other_organisation", actor.organisation());
  }
  if (actor.role() == model::v1::ACTOR_ROLE_HUB) {
    return UnknownActor("access.hub_role", {});
  }
  if (question.member == nullptr || question.member->name() != actor.member()) {
    return UnknownActor("access.no_such_member", actor.member());
  }
  if (!InService(*question.member, question.today)) {
    return UnknownActor("access.not_in_service", actor.member());
  }
  if (!HoldsRole(*question.member, actor.role())) {
    return UnknownActor("access.role_not_held",
                        model::v1::ActorRole_Name(actor.role()));
  }
  return {.allowed = true};
}

CallVerdict JudgePurpose(const CallQuestion& question) {
  const std::string& purpose = question.actor->purpose();
  if (!IsKnownPurpose(question)) {
    return NotAllowed("access.unknown_purpose", purpose);
  }
  if (!PurposeFitsRole(*question.actor)) {
    return NotAllowed("access.purpose_not_of_role", purpose);
  }
  return {.allowed = true};
}

CallVerdict JudgeMethod(const CallQuestion& question) {
  if (question.rules == nullptr || question.rules->roles().empty()) {
    return {.allowed = true};
  }
  const auto& roles = question.rules->roles();
  const std::string& role = model::v1::ActorRole_Name(question.actor->role());
  if (std::find(roles.begin(), roles.end(), role) != roles.end()) {
    return {.allowed = true};
  }
  CallVerdict verdict = NotAllowed("access.role_not_of_method", role);
  for (const std::string& allowed : roles) {
    verdict.because.mutable_because(0)->add_arguments(allowed);
  }
  return verdict;
}

}  // namespace

CallVerdict JudgeCall(const CallQuestion& question) {
  for (const auto judge : {JudgeMember, JudgePurpose, JudgeMethod}) {
    CallVerdict verdict = judge(question);
    if (!verdict.allowed) {
      return verdict;
    }
  }
  return {.allowed = true};
}

}  // namespace careroute::access

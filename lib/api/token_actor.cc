#include "lib/api/token_actor.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "lib/api/internal/stated_actor.h"
#include "lib/base/status_macros.h"

namespace careroute::api {
namespace {

using model::v1::Actor;

constexpr absl::string_view kScheme = "bearer ";
constexpr char kAuthorization[] = "authorization";

absl::StatusOr<std::string> TokenOf(const Call& call) {
  if (call.authorization.size() > 1) {
    return internal::UnknownActor(
        {.message = "the request metadata says authorization more than once",
         .what = kAuthorization,
         .mend = "send it once"});
  }
  const std::string& value = call.authorization.front();
  if (!absl::StartsWithIgnoreCase(value, kScheme) ||
      value.size() == kScheme.size()) {
    return internal::UnknownActor(
        {.message = "authorization is no bearer token",
         .what = kAuthorization,
         .mend = "send it as Bearer and the token"});
  }
  return value.substr(kScheme.size());
}

}  // namespace

bool TokenActor::Judges(const Call& call) const {
  return !call.authorization.empty();
}

absl::StatusOr<std::string> TokenActor::MemberOf(const Call& call) const {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string token, TokenOf(call));
  TokenProblem problem;
  const std::string subject = options_.check.SubjectOf(token, problem);
  if (subject.empty()) {
    return internal::UnknownActor({.message = problem.message,
                                   .what = problem.what,
                                   .mend = problem.mend,
                                   .retry_after = problem.retry_after});
  }
  const engine::DirectoryPtr picture =
      options_.engine.organisations().Current();
  const model::v1::Member* member = picture->directory.FindByToken(subject);
  if (member != nullptr) return member->name();
  return internal::UnknownActor(
      {.message = "the directory knows no one member whom the token names",
       .what = "token_subjects",
       .mend = "import the organisation with the token's issuer and subject at "
               "one member"});
}

absl::StatusOr<Actor> TokenActor::ActorOf(const Call& call) const {
  CAREROUTE_ASSIGN_OR_RETURN(std::string member, MemberOf(call));
  CAREROUTE_ASSIGN_OR_RETURN(
      Actor actor, internal::ActorOfProven(
                       call, {.member = std::move(member), .proof = "token"},
                       options_.engine));
  CAREROUTE_RETURN_IF_ERROR(internal::CheckMember(actor, options_.engine));
  return actor;
}

}  // namespace careroute::api

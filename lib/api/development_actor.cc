#include "lib/api/development_actor.h"

#include "lib/api/internal/stated_actor.h"
#include "lib/base/status_macros.h"
#include "lib/directory/directory.h"

namespace careroute::api {

using model::v1::Actor;

absl::StatusOr<Actor> DevelopmentActor::ActorOf(const Call& call) const {
  Actor actor;
  CAREROUTE_ASSIGN_OR_RETURN(
      *actor.mutable_organisation(),
      internal::TakePair(
          call, {.key = "careroute-organisation", .form = "organisations/*"}));
  CAREROUTE_ASSIGN_OR_RETURN(
      *actor.mutable_member(),
      internal::TakePair(call, {.key = "careroute-member",
                                .form = "organisations/*/members/*"}));
  CAREROUTE_RETURN_IF_ERROR(
      internal::TakeRoleAndPurpose(call, options_.engine, actor));
  if (directory::OrganisationOf(actor.member()) != actor.organisation()) {
    return internal::UnknownActor(
        {.message = "the member belongs to another organisation",
         .what = "careroute-member",
         .mend = "name a member of careroute-organisation"});
  }
  if (actor.member() == options_.first_administrator &&
      actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR) {
    return actor;
  }
  CAREROUTE_RETURN_IF_ERROR(internal::CheckMember(actor, options_.engine));
  return actor;
}

}  // namespace careroute::api

// lib/engine/hub_actor.h: the hub as an actor: timers and messages.

#ifndef CAREROUTE_LIB_ENGINE_HUB_ACTOR_H_
#define CAREROUTE_LIB_ENGINE_HUB_ACTOR_H_

#include "careroute/model/v1/actor.pb.h"

namespace careroute::engine {

[[nodiscard]] inline model::v1::Actor HubActor() {
  model::v1::Actor actor;
  actor.set_organisation("organisations/hub");
  actor.set_member("organisations/hub/members/hub");
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  actor.set_purpose("coordination");
  return actor;
}

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_HUB_ACTOR_H_

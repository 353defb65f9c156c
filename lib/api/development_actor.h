// lib/api/development_actor.h: who calls, in development mode.
//
// Until callers bring certificates or tokens, a hub in development mode takes
// the actor from request metadata and serves loopback only. What the metadata
// says must exist: the directory knows the organisation and the member, who
// holds the role today.
//
//   careroute-organisation: organisations/polyclinic-1
//   careroute-member: organisations/polyclinic-1/members/ivanova
//   careroute-role: coordinator
//   careroute-purpose: care

#ifndef CAREROUTE_LIB_API_DEVELOPMENT_ACTOR_H_
#define CAREROUTE_LIB_API_DEVELOPMENT_ACTOR_H_

#include <string>

#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"

namespace careroute::api {

// Of the hub itself, which every hub knows.
inline constexpr char kFirstAdministrator[] =
    "organisations/hub/members/administrator";

// Thread-safe. The engine must outlive it.
class DevelopmentActor final : public ActorSource {
 public:
  struct Options {
    engine::Engine& engine;
    // A member that needs no directory entry, so that the first organisations
    // can be imported: administrator of a hub whose directory is empty.
    std::string first_administrator = kFirstAdministrator;
  };
  explicit DevelopmentActor(Options options) : options_(std::move(options)) {}

  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
      const Call& call) const override;

 private:
  Options options_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_DEVELOPMENT_ACTOR_H_

// lib/api/internal/stated_actor.h: what a caller says of itself in the request
// metadata, and whether the directory agrees.

#ifndef CAREROUTE_LIB_API_INTERNAL_STATED_ACTOR_H_
#define CAREROUTE_LIB_API_INTERNAL_STATED_ACTOR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "careroute/model/v1/actor.pb.h"
#include "lib/api/call.h"
#include "lib/engine/engine.h"

namespace careroute::api::internal {

// A refusal: nobody can tell who calls. `what` is missing or wrong.
struct UnknownActorOptions {
  absl::string_view message;
  absl::string_view what;
  absl::string_view mend;
  // Set when the same call may be known a moment later.
  absl::Duration retry_after;
};
[[nodiscard]] absl::Status UnknownActor(const UnknownActorOptions& options);

// Whether the metadata has such a pair.
[[nodiscard]] bool HasPair(const Call& call, absl::string_view key);

// The value of a pair that must stand there once. `form` says how it looks; a
// form with a * is a pattern of resource names.
struct PairForm {
  absl::string_view key;
  absl::string_view form;
};
[[nodiscard]] absl::StatusOr<std::string> TakePair(const Call& call,
                                                   const PairForm& pair);

// Sets the role and the purpose from the metadata. The purpose is one that
// every hub knows, or that a published pathway declares.
[[nodiscard]] absl::Status TakeRoleAndPurpose(const Call& call,
                                              engine::Engine& engine,
                                              model::v1::Actor& actor);

// The member whom `proof`, a certificate or a token, names, in the role and for
// the purpose of the metadata. A refusal when the metadata names another one:
// who has the proof cannot call as somebody else. CheckMember comes after.
struct ProvenMember {
  std::string member;
  absl::string_view proof;
};
[[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOfProven(
    const Call& call, const ProvenMember& proven, engine::Engine& engine);

// A refusal unless the directory knows the member, and that it holds the role,
// today.
[[nodiscard]] absl::Status CheckMember(const model::v1::Actor& actor,
                                       engine::Engine& engine);

}  // namespace careroute::api::internal

#endif  // CAREROUTE_LIB_API_INTERNAL_STATED_ACTOR_H_

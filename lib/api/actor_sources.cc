#include "lib/api/actor_sources.h"

#include <algorithm>

#include "lib/api/internal/stated_actor.h"

namespace careroute::api {

const ActorSource* ActorSources::SourceOf(const Call& call) const {
  const auto found = std::find_if(
      sources_.begin(), sources_.end(),
      [&call](const ActorSource* source) { return source->Judges(call); });
  return found == sources_.end() ? nullptr : *found;
}

bool ActorSources::Judges(const Call& call) const {
  return SourceOf(call) != nullptr;
}

absl::StatusOr<model::v1::Actor> ActorSources::ActorOf(const Call& call) const {
  const ActorSource* source = SourceOf(call);
  if (source != nullptr) return source->ActorOf(call);
  return internal::UnknownActor(
      {.message = "the call brings nothing that says who calls",
       .what = "authorization",
       .mend = "call with a bearer token, or with a certificate that the "
               "directory knows"});
}

}  // namespace careroute::api

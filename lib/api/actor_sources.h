// lib/api/actor_sources.h: several ways to tell who calls.
//
// The first that judges a call has the last word: a caller whom it refuses
// cannot become somebody else by another way.
//
//   const ActorSources actors({&by_certificate, &in_development});

#ifndef CAREROUTE_LIB_API_ACTOR_SOURCES_H_
#define CAREROUTE_LIB_API_ACTOR_SOURCES_H_

#include <utility>
#include <vector>

#include "lib/api/pipeline.h"

namespace careroute::api {

// Thread-safe. The sources must outlive it.
class ActorSources final : public ActorSource {
 public:
  // In the order they are asked.
  explicit ActorSources(std::vector<const ActorSource*> sources)
      : sources_(std::move(sources)) {}

  [[nodiscard]] bool Judges(const Call& call) const override;

  // A refusal, too, when nobody judges the call.
  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
      const Call& call) const override;

 private:
  // Null when there is none.
  [[nodiscard]] const ActorSource* SourceOf(const Call& call) const;

  std::vector<const ActorSource*> sources_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_ACTOR_SOURCES_H_

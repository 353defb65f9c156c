#include "tests/scenarios/world.h"

#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "careroute/api/v1/directory_service.pb.h"
#include "lib/api/methods.h"
#include "lib/api/status.h"
#include "lib/base/uid.h"
#include "tests/scenarios/calls.h"
#include "tests/scenarios/shipped.h"

namespace careroute::scenarios {

model::v1::Actor FirstAdministrator() {
  model::v1::Actor actor;
  actor.set_organisation("organisations/hub");
  actor.set_member("organisations/hub/members/administrator");
  actor.set_role(model::v1::ACTOR_ROLE_ADMINISTRATOR);
  actor.set_purpose("coordination");
  return actor;
}

World::World(const Options& options)
    : pathway_(options.pathway),
      published_(PathwaysOpenedFrom(options.pathway)),
      keys_(registry::KeyRing::Generate(random_, options.clock.Now())),
      store_({.executor = options.executor,
              .uid = base::NewUid(random_),
              .clock = store::ClockKind::kVirtual,
              .created = options.clock.Now()}),
      engine_({.store = store_,
               .clock = options.clock,
               .random = random_,
               .executor = options.executor,
               .keys = keys_,
               .calendars = ShippedCatalogue().calendars,
               .measures = &ShippedCatalogue().measures,
               .instruments = &ShippedCatalogue().instruments}),
      actors_({.engine = engine_}),
      pipeline_({.engine = engine_, .actors = actors_, .table = table_}) {
  api::AddAllMethods(pipeline_);
}

void World::Prepare(base::DoneStatus done) {
  engine_.Start([this, done = std::move(done)](absl::Status started) mutable {
    if (!started.ok()) return std::move(done)(std::move(started));
    Publish(published_.begin(), std::move(done));
  });
}

void World::Publish(Ids::const_iterator next, base::DoneStatus done) {
  if (next == published_.end()) return Import(std::move(done));
  engine::Editions::PublishRequest request;
  request.info.actor = FirstAdministrator();
  request.info.actor.set_role(model::v1::ACTOR_ROLE_HUB);
  request.bound = ShippedPathwayOf(*next).bound;
  request.edition = ShippedPathwayOf(*next).edition;
  request.make_answer = [](const model::v1::PublishedEdition&) {
    return std::string();
  };
  engine_.editions().Publish(
      std::move(request), [this, next, done = std::move(done)](
                              absl::StatusOr<engine::Reply> reply) mutable {
        if (!reply.ok()) return std::move(done)(reply.status());
        if (reply->refusal.has_value()) {
          return std::move(done)(api::RefusalStatus(*reply->refusal));
        }
        Publish(std::next(next), std::move(done));
      });
}

void World::Import(base::DoneStatus done) {
  api::v1::ImportDirectoryRequest request;
  request.set_request_id("00000000-0000-4000-8000-000000000001");
  *request.mutable_directory() = OrganisationsFor(pathway_);
  const std::string method =
      "careroute.api.v1.DirectoryService.ImportDirectory";
  table_.Find(method)->unary(
      MakeCall({.method = method, .actor = FirstAdministrator()}),
      request.SerializeAsString(),
      [done = std::move(done)](absl::StatusOr<std::string> reply) mutable {
        std::move(done)(reply.status());
      });
}

}  // namespace careroute::scenarios

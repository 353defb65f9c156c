// A program in C++ runs a hub with the C++ libraries: the same core that stands
// behind the C ABI, without it.

#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "lib/api/development_actor.h"
#include "services/core/await.h"
#include "services/core/hub_core.h"

namespace {

using careroute::services::Await;
using careroute::services::HubCore;

constexpr char kMethod[] = "careroute.api.v1.PathwayService.ListPathways";

absl::StatusOr<std::string> ListPathways(HubCore& core) {
  auto call = std::make_shared<careroute::api::Call>();
  call->method = kMethod;
  call->metadata = {{"careroute-organisation", "organisations/hub"},
                    {"careroute-member", careroute::api::kFirstAdministrator},
                    {"careroute-role", "administrator"},
                    {"careroute-purpose", "coordination"}};
  return Await<std::string>([&](careroute::base::Done<std::string> done) {
    core.table().Find(kMethod)->unary(call, "", std::move(done));
  });
}

}  // namespace

int main() {
  careroute::config::v1::HubConfig config;
  config.set_hub_id("hub");
  config.set_store("memory:");
  config.set_catalogue(CAREROUTE_CATALOGUE);
  config.set_development(true);
  config.add_overlays("overlays/demo-region.early-help.textproto");
  absl::StatusOr<std::unique_ptr<HubCore>> core =
      HubCore::Open({.config = config, .quiet = true});
  if (!core.ok()) {
    std::fprintf(stderr, "%s\n", core.status().ToString().c_str());
    return 1;
  }
  const careroute::api::DevelopmentActor actors({.engine = (*core)->engine()});
  (*core)->Serve({.actors = actors});
  const absl::StatusOr<std::string> pathways = ListPathways(**core);
  (*core)->Stop();
  return pathways.ok() && !pathways->empty() ? 0 : 1;
}

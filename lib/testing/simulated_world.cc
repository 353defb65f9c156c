#include "lib/testing/simulated_world.h"

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/status_macros.h"
#include "lib/pathway/bind.h"
#include "lib/testing/invented.h"

namespace careroute::testing {
namespace {

// What is under way when a world ends is over by then: no batch is waited for
// longer, and none arrives later.
constexpr absl::Duration kLastWords = absl::Minutes(10);

// Whether a hub took what it was told of.
absl::Status Taken(const std::string& what,
                   const absl::StatusOr<engine::Reply>& reply) {
  if (!reply.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(what, ": ", reply.status().message()));
  }
  if (!reply->refusal.has_value()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(what, ": ", reply->refusal->message()));
}

}  // namespace

SimulatedWorld::SimulatedWorld(const Options& options)
    : options_(options),
      clock_(options.start),
      random_(options.seed),
      network_({.clock = clock_, .executor = executor_, .random = random_}) {}

SimulatedWorld::~SimulatedWorld() {
  for (auto& [id, hub] : hubs_) hub->Crash();
  executor_.RunUntil(clock_.Now() + kLastWords);
}

void SimulatedWorld::AddHub(HubPlan plan) {
  hubs_[plan.id] = std::make_unique<SimulatedHub>(
      SimulatedHub::Options{.id = plan.id,
                            .number = options_.seed * 16 + hubs_.size() + 1,
                            .ahead = plan.ahead,
                            .executor = executor_,
                            .clock = clock_,
                            .calendars = options_.calendars,
                            .measures = options_.measures,
                            .instruments = options_.instruments,
                            .network = network_});
  plans_.push_back(std::move(plan));
}

void SimulatedWorld::Open(const std::vector<model::v1::Pathway>& pathways) {
  CAREROUTE_CHECK(TryOpen(pathways).ok());
}

absl::Status SimulatedWorld::TryOpen(
    const std::vector<model::v1::Pathway>& pathways) {
  for (auto& [id, hub] : hubs_) {
    std::vector<exchange::Peer> peers;
    for (const auto& [other, peer] : hubs_) {
      if (other != id) peers.push_back(peer->AsPeer());
    }
    hub->set_peers(std::move(peers));
    hub->Start();
  }
  executor_.RunReady();
  for (auto& [id, hub] : hubs_) {
    CAREROUTE_CHECK(hub->serves());
    CAREROUTE_RETURN_IF_ERROR(Tell(*hub));
    for (const model::v1::Pathway& one : pathways) {
      CAREROUTE_RETURN_IF_ERROR(Publish(*hub, one));
    }
  }
  return absl::OkStatus();
}

absl::Status SimulatedWorld::Tell(SimulatedHub& hub) {
  for (const HubPlan& plan : plans_) {
    for (model::v1::Organisation organisation : plan.organisations) {
      if (plan.id != hub.id()) organisation.set_hub(plan.id);
      engine::Organisations::ExecuteRequest request{
          .info = HubInfo(NewRequestId()), .organisation = organisation.name()};
      *request.command.mutable_put()->mutable_organisation() = organisation;
      CAREROUTE_RETURN_IF_ERROR(
          Taken(organisation.name(),
                Await<engine::Reply>([&](base::Done<engine::Reply> done) {
                  hub.engine().organisations().Execute(std::move(request),
                                                       std::move(done));
                })));
    }
  }
  return absl::OkStatus();
}

absl::Status SimulatedWorld::Publish(SimulatedHub& hub,
                                     const model::v1::Pathway& pathway) {
  engine::Editions::PublishRequest request{
      .info = HubInfo(NewRequestId()),
      .bound = pathway::SerializeBound(pathway),
      .make_answer = [](const model::v1::PublishedEdition&) {
        return std::string();
      }};
  return Taken(
      pathway.id(), Await<engine::Reply>([&](base::Done<engine::Reply> done) {
        hub.engine().editions().Publish(std::move(request), std::move(done));
      }));
}

void SimulatedWorld::Run(absl::Duration within) {
  executor_.RunUntil(clock_.Now() + within);
}

std::vector<std::string> SimulatedWorld::hub_ids() const {
  std::vector<std::string> ids;
  for (const HubPlan& plan : plans_) ids.push_back(plan.id);
  return ids;
}

std::string SimulatedWorld::NewRequestId() {
  return absl::StrCat("request ", ++requests_);
}

}  // namespace careroute::testing

#include "tests/bench/binding_hubs.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "lib/api/call.h"
#include "services/core/await.h"
#include "services/core/hub_rules.h"
#include "tests/bench/sure.h"

namespace careroute::bench {
namespace {

// Monday, 2 March 2026, 10:00 in Khabarovsk.
constexpr int64_t kStartSeconds = 1772409600;

config::v1::EmbeddedConfig ConfigOf(const std::string& store) {
  config::v1::EmbeddedConfig config;
  config::v1::HubConfig& hub = *config.mutable_hub();
  hub.set_hub_id("hub");
  hub.set_store(store);
  hub.set_catalogue(CAREROUTE_CATALOGUE);
  hub.add_overlays("overlays/demo-region.early-help.textproto");
  // The program names the actor of each call.
  hub.set_development(true);
  return config;
}

// As bindings/c opens one.
std::unique_ptr<services::HubCore> OpenCore(
    const config::v1::EmbeddedConfig& config) {
  Sure(services::MakeMissingKeyRing(config.hub()));
  std::optional<absl::Time> start;
  if (config.has_virtual_start_time()) {
    start = absl::FromUnixSeconds(config.virtual_start_time().seconds());
  }
  return Sure(services::HubCore::Open({.config = config.hub(),
                                       .sandbox_start = start,
                                       .still = true,
                                       .quiet = true}));
}

careroute_bytes ViewOf(const std::string& bytes) {
  return {.data = bytes.data(), .size = bytes.size()};
}

std::string StringOf(careroute_bytes bytes) {
  return std::string(static_cast<const char*>(bytes.data), bytes.size);
}

// Frees the result.
std::string Take(careroute_result& result) {
  absl::Status status;
  if (result.code != CAREROUTE_OK) {
    status = absl::Status(static_cast<absl::StatusCode>(result.code),
                          StringOf(result.message));
  }
  std::string response = StringOf(result.response);
  careroute_result_free(&result);
  Sure(status);
  return response;
}

}  // namespace

config::v1::EmbeddedConfig NoOpConfig() {
  config::v1::EmbeddedConfig config = ConfigOf("memory:");
  config.mutable_virtual_start_time()->set_seconds(kStartSeconds);
  return config;
}

config::v1::EmbeddedConfig DurableConfig(const std::string& path) {
  config::v1::EmbeddedConfig config = ConfigOf(absl::StrCat("sqlite:", path));
  config.mutable_hub()->set_key_ring(services::KeyRingBeside(path));
  return config;
}

ReadyCall ReadyCallOf(OneCall call) {
  return {.method = std::move(call.method),
          .body = std::move(call.request),
          .metadata = MetadataOf(call.actor)};
}

model::v1::Actor FirstAdministrator() {
  model::v1::Actor administrator;
  administrator.set_organisation("organisations/hub");
  administrator.set_member(api::kFirstAdministrator);
  administrator.set_role(model::v1::ACTOR_ROLE_ADMINISTRATOR);
  administrator.set_purpose("coordination");
  return administrator;
}

ReadyCall ReadsClock() {
  return ReadyCallOf(
      {.method = "careroute.testing.v1.ClockService.GetClock",
       .request = testing::v1::GetClockRequest().SerializeAsString(),
       .actor = FirstAdministrator()});
}

TableHub::TableHub(const config::v1::EmbeddedConfig& config)
    : core_(OpenCore(config)), actors_({.engine = core_->engine()}) {
  core_->Serve({.actors = actors_});
}

TableHub::~TableHub() { core_->Stop(); }

std::string TableHub::Call(const ReadyCall& call) {
  const api::Method* const method = core_->table().Find(call.method);
  CAREROUTE_CHECK(method != nullptr && method->unary != nullptr);
  auto made = std::make_shared<api::Call>();
  made->metadata = call.metadata;
  made->method = call.method;
  return Sure(services::Await<std::string>([&](base::Done<std::string> done) {
    method->unary(made, call.body, std::move(done));
  }));
}

AbiHub::AbiHub(const config::v1::EmbeddedConfig& config) {
  careroute_result result;
  careroute_hub_open(ViewOf(config.SerializeAsString()), &hub_, &result);
  Take(result);
}

AbiHub::~AbiHub() { careroute_hub_close(hub_, nullptr); }

std::string AbiHub::Call(const ReadyCall& call) {
  pairs_.clear();
  for (const auto& [key, value] : call.metadata) {
    pairs_.push_back({.key = ViewOf(key), .value = ViewOf(value)});
  }
  const careroute_request request = {.method = ViewOf(call.method),
                                     .body = ViewOf(call.body),
                                     .metadata = pairs_.data(),
                                     .metadata_count = pairs_.size()};
  careroute_result result;
  careroute_call(hub_, &request, &result);
  return Take(result);
}

}  // namespace careroute::bench

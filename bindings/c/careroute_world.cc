// The functions of careroute.h that are the test kit.

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bindings/c/internal/answer.h"
#include "bindings/c/internal/border.h"
#include "bindings/c/internal/handles.h"
#include "bindings/c/internal/result.h"
#include "bindings/c/internal/world.h"
#include "careroute/careroute.h"
#include "lib/base/status_macros.h"

namespace careroute::bindings {
namespace {

constexpr BytesLimit kConfig = {.name = "config",
                                .max = CAREROUTE_CONFIG_BYTES_MAX};
constexpr BytesLimit kFaults = {.name = "faults",
                                .max = CAREROUTE_CONFIG_BYTES_MAX};
constexpr BytesLimit kId = {.name = "id", .max = CAREROUTE_NAME_BYTES_MAX};

absl::Status OpenWorld(careroute_bytes config, careroute_world** world) {
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(world, "world"));
  *world = nullptr;
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::string bytes, BytesOf(config, kConfig));
  CAREROUTE_ASSIGN_OR_RETURN(std::shared_ptr<World> opened, World::Open(bytes));
  *world = AddHandle<World>(std::move(opened));
  return absl::OkStatus();
}

absl::Status CloseWorld(careroute_world* world) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<World> found,
                             FindHandle<World>(world));
  // While somebody is inside it stays open, and so does its handle.
  CAREROUTE_RETURN_IF_ERROR(found->Close());
  return TakeHandle<World>(world).status();
}

absl::Status GiveHub(careroute_world* world, careroute_bytes id,
                     careroute_hub** hub) {
  CAREROUTE_RETURN_IF_ERROR(CheckNotNull(hub, "hub"));
  *hub = nullptr;
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<World> found,
                             FindHandle<World>(world));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string name, TextOf(id, kId));
  CAREROUTE_ASSIGN_OR_RETURN(*hub, found->GiveHub(name));
  return absl::OkStatus();
}

absl::Status RunWorld(careroute_world* world, int64_t by_us) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<World> found,
                             FindHandle<World>(world));
  CAREROUTE_ASSIGN_OR_RETURN(const absl::Duration by, SpanOf(by_us, "by_us"));
  return found->Run(by);
}

using OfHub = absl::Status (World::*)(const std::string& id);

absl::Status WithHub(careroute_world* world, careroute_bytes id, OfHub does) {
  CAREROUTE_RETURN_IF_ERROR(CheckMayWait());
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<World> found,
                             FindHandle<World>(world));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string name, TextOf(id, kId));
  return (found.get()->*does)(name);
}

absl::Status SetNetwork(careroute_world* world, careroute_bytes faults) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::shared_ptr<World> found,
                             FindHandle<World>(world));
  CAREROUTE_ASSIGN_OR_RETURN(const std::string bytes, BytesOf(faults, kFaults));
  return found->SetNetwork(bytes);
}

}  // namespace
}  // namespace careroute::bindings

namespace bindings = careroute::bindings;

careroute_code careroute_world_open(careroute_bytes config,
                                    careroute_world** world,
                                    careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::OpenWorld(config, world); });
}

careroute_code careroute_world_close(careroute_world* world,
                                     careroute_result* result) {
  return bindings::Guarded(result, [&] { return bindings::CloseWorld(world); });
}

careroute_code careroute_world_hub(careroute_world* world, careroute_bytes id,
                                   careroute_hub** hub,
                                   careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::GiveHub(world, id, hub); });
}

careroute_code careroute_world_run(careroute_world* world, int64_t by_us,
                                   careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::RunWorld(world, by_us); });
}

careroute_code careroute_world_crash(careroute_world* world, careroute_bytes id,
                                     careroute_result* result) {
  return bindings::Guarded(result, [&] {
    return bindings::WithHub(world, id, &bindings::World::Crash);
  });
}

careroute_code careroute_world_start(careroute_world* world, careroute_bytes id,
                                     careroute_result* result) {
  return bindings::Guarded(result, [&] {
    return bindings::WithHub(world, id, &bindings::World::Start);
  });
}

careroute_code careroute_world_set_network(careroute_world* world,
                                           careroute_bytes faults,
                                           careroute_result* result) {
  return bindings::Guarded(result,
                           [&] { return bindings::SetNetwork(world, faults); });
}

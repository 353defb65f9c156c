// bindings/c/internal/world.h: the test kit behind the ABI.
//
// A simulated world has no threads: whoever calls a function of it runs it. A
// second thread inside is a mistake of the test and is told so.
//
//   absl::StatusOr<std::shared_ptr<World>> world = World::Open(bytes);
//   absl::StatusOr<careroute_hub*> hub = (*world)->GiveHub("west");

#ifndef CAREROUTE_BINDINGS_C_INTERNAL_WORLD_H_
#define CAREROUTE_BINDINGS_C_INTERNAL_WORLD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "bindings/c/internal/hub.h"
#include "bindings/c/internal/poster.h"
#include "bindings/c/internal/watch_list.h"
#include "bindings/c/internal/watch_sink.h"
#include "bindings/c/internal/world_config.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/real_clock.h"
#include "services/core/log.h"
#include "services/core/protobuf_log.h"

namespace careroute::bindings {

// Longer runs would keep a thread for hours: a hub looks around once a minute.
inline constexpr absl::Duration kRunMax = absl::Hours(24 * 3653);

// For one thread at a time, which it holds callers to. Always held by
// shared_ptr.
class World : public std::enable_shared_from_this<World> {
 public:
  [[nodiscard]] static absl::StatusOr<std::shared_ptr<World>> Open(
      const std::string& config);

  // The handles it gave go with it.
  [[nodiscard]] absl::Status Close();
  [[nodiscard]] absl::StatusOr<careroute_hub*> GiveHub(const std::string& id);

  [[nodiscard]] absl::Status Run(absl::Duration by);
  [[nodiscard]] absl::Status Crash(const std::string& id);
  [[nodiscard]] absl::Status Start(const std::string& id);
  [[nodiscard]] absl::Status SetNetwork(const std::string& faults);

 private:
  class WorldHub;
  class WorldWatch;
  // Inside a function: nobody else is.
  class Turn;

  // The methods of a hub between a start and a crash.
  struct Door {
    explicit Door(testing::SimulatedHub& hub);
    engine::Engine& engine;
    const api::DevelopmentActor actors;
    api::MethodTable table;
    api::Pipeline pipeline;
  };

  explicit World(WorldPlan plan);

  // UNAVAILABLE while the hub is down.
  [[nodiscard]] absl::StatusOr<Door*> DoorOf(const std::string& id);
  [[nodiscard]] absl::Status CheckHub(const std::string& id) const;
  // Lets time pass until that holds. False when it took longer.
  [[nodiscard]] bool RunUntil(absl::FunctionRef<bool()> holds,
                              absl::Duration within);

  // Of protobuf, which would write to standard error.
  const base::RealClock real_clock_;
  const services::Log silence_{real_clock_, /*quiet=*/true};
  const services::ProtobufLog complaints_{silence_, real_clock_};

  std::atomic<bool> busy_{false};
  bool closed_ = false;
  std::vector<careroute_hub*> hubs_given_;
  WorldPlan plan_;
  std::vector<std::string> ids_;
  FaultPlan network_;
  std::map<std::string, WatchListPtr> watches_;
  // The newest of a hub last. What a crashed hub began may still be held.
  std::map<std::string, std::vector<std::unique_ptr<Door>>> doors_;
  std::unique_ptr<testing::SimulatedWorld> world_;
  std::shared_ptr<Poster> poster_;
};

}  // namespace careroute::bindings

#endif  // CAREROUTE_BINDINGS_C_INTERNAL_WORLD_H_

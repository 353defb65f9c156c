// tests/scenarios/world.h: a hub in memory, without a door.
//
// What a hub consists of below its doors, on whatever executor and clock are
// handed in: the store, the engine, the method table; a shipped pathway and
// those it opens cases of are published for the demo region, and the
// organisations are known.
//
//   World world({.executor = executor, .clock = clock,
//                .pathway = "early-help"});
//   world.Prepare([](absl::Status ready) { ... });
//   world.table().Find("careroute.api.v1.CaseService.GetCase") ...

#ifndef CAREROUTE_TESTS_SCENARIOS_WORLD_H_
#define CAREROUTE_TESTS_SCENARIOS_WORLD_H_

#include <set>
#include <string>

#include "careroute/model/v1/actor.pb.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/registry/key_ring.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::scenarios {

// The member who imports the first organisations.
[[nodiscard]] model::v1::Actor FirstAdministrator();

class World {
 public:
  struct Options {
    base::Executor& executor;
    base::VirtualClock& clock;
    std::string pathway;  // id
  };
  // The first two must outlive it, and have stopped when it is destroyed.
  explicit World(const Options& options);

  // Publishes the pathways; imports the organisations through the table.
  void Prepare(base::DoneStatus done);

  [[nodiscard]] engine::Engine& engine() { return engine_; }
  [[nodiscard]] api::Pipeline& pipeline() { return pipeline_; }
  [[nodiscard]] const api::MethodTable& table() const { return table_; }

 private:
  using Ids = std::set<std::string>;
  void Publish(Ids::const_iterator next, base::DoneStatus done);
  void Import(base::DoneStatus done);

  // The same secrets each time: nothing here is anybody's.
  base::SeededRandom random_{1};
  const std::string pathway_;
  const Ids published_;
  const registry::KeyRing keys_;
  store::MemoryStore store_;
  engine::Engine engine_;
  const api::DevelopmentActor actors_;
  api::MethodTable table_;
  api::Pipeline pipeline_;
};

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_WORLD_H_

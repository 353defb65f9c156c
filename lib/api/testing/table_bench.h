// lib/api/testing/table_bench.h: all methods, over a store in memory.
//
// For tests only, and for one thread.
//
//   TableBench bench;
//   const absl::StatusOr<std::string> reply =
//       bench.Ask(method, request, TableBench::Administrator());

#ifndef CAREROUTE_LIB_API_TESTING_TABLE_BENCH_H_
#define CAREROUTE_LIB_API_TESTING_TABLE_BENCH_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "careroute/model/v1/pathway.pb.h"
#include "lib/api/development_actor.h"
#include "lib/api/method_table.h"
#include "lib/api/pipeline.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/random.h"
#include "lib/engine/engine.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::api {

class TableBench {
 public:
  // Callers are who `actors` says; null = who they say they are, and the
  // directory knows. Borrowed.
  explicit TableBench(const ActorSource* actors = nullptr);

  using Metadata = std::vector<std::pair<std::string, std::string>>;
  // Whoever may import the first organisations.
  [[nodiscard]] static Metadata Administrator();

  // What a door would be told. INTERNAL when the handler does not answer, or
  // answers twice.
  [[nodiscard]] absl::StatusOr<std::string> Ask(const std::string& method,
                                                const std::string& bytes,
                                                const Metadata& caller);
  // The same for a call made by hand.
  [[nodiscard]] absl::StatusOr<std::string> Ask(const CallPtr& call,
                                                const std::string& bytes);

  // Puts a Directory, as textproto, into the directory of the hub, which gets
  // the shipped calendar for it; as an administrator would. It must be one that
  // can be imported.
  void Import(const std::string& directory);

  // As an administrator would; it must be one that can be published.
  void Publish(const model::v1::Pathway& pathway);

  [[nodiscard]] const MethodTable& table() const { return table_; }
  engine::Engine& engine() { return engine_; }
  base::ManualExecutor& executor() { return executor_; }
  // Empty until a test adds to it.
  scoring::InstrumentSet& instruments() { return instruments_; }

 private:
  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  base::SeededRandom random_{1};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  registry::KeyRing keys_ =
      registry::KeyRing::Generate(random_, absl::UnixEpoch());
  calendar::CalendarSet calendars_;  // none until Import
  scoring::InstrumentSet instruments_;
  engine::Engine engine_{{.store = store_,
                          .clock = clock_,
                          .random = random_,
                          .executor = executor_,
                          .keys = keys_,
                          .calendars = calendars_,
                          .instruments = &instruments_}};
  DevelopmentActor development_{{.engine = engine_}};
  MethodTable table_;
  Pipeline pipeline_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_TESTING_TABLE_BENCH_H_

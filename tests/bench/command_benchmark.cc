// A command through the engine until it is durable and answered: loaded from
// the cache, decided, sealed, hashed, written with its rows and its request id.
// Steps of a case are started by hand and completed by turns.

#include <string>

#include "benchmark/benchmark.h"
#include "lib/store/scratch_directory.h"
#include "tests/bench/hub_world.h"
#include "tests/bench/sqlite_floor.h"

namespace careroute::bench {
namespace {

using benchmark::State;

// Cases that are written to at once.
constexpr size_t kTogether = 64;

void OneAtATime(State& run, StoreKind kind) {
  HubWorld world({.store = kind, .cases = 1});
  for (auto _ : run) {
    world.Move(0);
  }
  run.SetItemsProcessed(run.iterations());
}

void AllAtOnce(State& run, StoreKind kind) {
  HubWorld world({.store = kind, .cases = kTogether});
  for (auto _ : run) {
    world.MoveAll();
  }
  run.SetItemsProcessed(run.iterations() * int64_t{kTogether});
}

void MemoryOne(State& run) { OneAtATime(run, StoreKind::kMemory); }
BENCHMARK(MemoryOne)->Name("command/memory_one")->UseRealTime();

void MemoryMany(State& run) { AllAtOnce(run, StoreKind::kMemory); }
BENCHMARK(MemoryMany)->Name("command/memory_64")->UseRealTime();

void SqliteOne(State& run) { OneAtATime(run, StoreKind::kSqlite); }
BENCHMARK(SqliteOne)->Name("command/sqlite_one")->UseRealTime();

void SqliteMany(State& run) { AllAtOnce(run, StoreKind::kSqlite); }
BENCHMARK(SqliteMany)->Name("command/sqlite_64")->UseRealTime();

// The bytes such a command stores as its event, and nothing else.
std::string StoredBytes() {
  HubWorld world({.cases = 1});
  world.Move(0);
  return world.NewestEvent(0);
}

void BareCommits(State& run, int rows) {
  const store::ScratchDirectory scratch;
  SqliteFloor floor(scratch.File("floor.db"));
  const std::string bytes = StoredBytes();
  for (auto _ : run) {
    floor.Commit(bytes, rows);
  }
  run.SetItemsProcessed(run.iterations() * rows);
}

void FloorOne(State& run) { BareCommits(run, 1); }
BENCHMARK(FloorOne)->Name("floor/sqlite_one")->UseRealTime();

void FloorMany(State& run) { BareCommits(run, int{kTogether}); }
BENCHMARK(FloorMany)->Name("floor/sqlite_64")->UseRealTime();

}  // namespace
}  // namespace careroute::bench

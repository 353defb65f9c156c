// The heart: deciding and folding, and beside it what else happens to the same
// event before it is stored and after it is read.

#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "careroute/event/v1/case_event.pb.h"
#include "lib/base/random.h"
#include "lib/casework/fold.h"
#include "lib/registry/person_key.h"
#include "lib/registry/sealer.h"
#include "lib/store/chain.h"
#include "tests/bench/case_world.h"

namespace careroute::bench {
namespace {

using benchmark::State;
using casework::Case;
using event::v1::CaseEvent;

// Cases one measurement goes through, so that clocks are read seldom.
constexpr size_t kCases = 64;

// A command's event rarely needs a second block.
google::protobuf::ArenaOptions OneBlock(std::vector<char>& block) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block.data();
  options.initial_block_size = block.size();
  return options;
}

// Accepts and completes by turns, each on a state of 200 events.
void DecideAndFold(State& run, const Job& complete) {
  const CaseWorld& world = CaseWorld::Get();
  std::vector<char> block(size_t{16} << 10);
  google::protobuf::Arena arena(OneBlock(block));
  std::vector<Case> cases;
  for (auto _ : run) {
    run.PauseTiming();
    cases.assign(kCases, world.state());
    run.ResumeTiming();
    for (Case& state : cases) {
      arena.Reset();
      world.Run(world.accept(), arena, state);
      arena.Reset();
      world.Run(complete, arena, state);
    }
  }
  run.SetItemsProcessed(run.iterations() * int64_t{2 * kCases});
}

void AcceptAndComplete(State& run) {
  DecideAndFold(run, CaseWorld::Get().complete());
}
BENCHMARK(AcceptAndComplete)->Name("decide_fold/accept_complete");

void AcceptAndCompleteToTwo(State& run) {
  DecideAndFold(run, CaseWorld::Get().complete_to_two());
}
BENCHMARK(AcceptAndCompleteToTwo)->Name("decide_fold/accept_complete_to_two");

void DecideOnly(State& run, const Job& job) {
  const CaseWorld& world = CaseWorld::Get();
  std::vector<char> block(size_t{16} << 10);
  google::protobuf::Arena arena(OneBlock(block));
  for (auto _ : run) {
    arena.Reset();
    benchmark::DoNotOptimize(world.Decide(job, arena, world.state()).ok());
  }
  run.SetItemsProcessed(run.iterations());
}

void DecideAccept(State& run) { DecideOnly(run, CaseWorld::Get().accept()); }
BENCHMARK(DecideAccept)->Name("decide/accept");

void DecideComplete(State& run) {
  DecideOnly(run, CaseWorld::Get().complete());
}
BENCHMARK(DecideComplete)->Name("decide/complete");

void DecideCompleteToTwo(State& run) {
  DecideOnly(run, CaseWorld::Get().complete_to_two());
}
BENCHMARK(DecideCompleteToTwo)->Name("decide/complete_to_two");

// The two events that accepting and completing cause.
std::vector<std::string> TwoEvents() {
  const CaseWorld& world = CaseWorld::Get();
  google::protobuf::Arena arena;
  Case state = world.state();
  std::vector<std::string> events;
  for (const Job* job : {&world.accept(), &world.complete()}) {
    events.push_back(world.Run(*job, arena, state).SerializeAsString());
  }
  return events;
}

void Parse(State& run) {
  const std::vector<std::string> events = TwoEvents();
  for (auto _ : run) {
    for (const std::string& bytes : events) {
      CaseEvent event;
      benchmark::DoNotOptimize(event.ParseFromString(bytes));
    }
  }
  run.SetItemsProcessed(run.iterations() * 2);
}
BENCHMARK(Parse)->Name("event/parse");

void Serialise(State& run) {
  std::vector<CaseEvent> events(2);
  const std::vector<std::string> bytes = TwoEvents();
  for (size_t i = 0; i < events.size(); ++i) {
    if (!events[i].ParseFromString(bytes[i])) {
      return run.SkipWithError("an event does not parse");
    }
  }
  for (auto _ : run) {
    for (const CaseEvent& event : events) {
      benchmark::DoNotOptimize(event.SerializeAsString());
    }
  }
  run.SetItemsProcessed(run.iterations() * 2);
}
BENCHMARK(Serialise)->Name("event/serialise");

void Hash(State& run) {
  const std::vector<std::string> events = TwoEvents();
  std::string head = store::ChainStart();
  for (auto _ : run) {
    for (const std::string& bytes : events) {
      head = store::ChainHash({.previous = head, .stored = bytes});
    }
  }
  benchmark::DoNotOptimize(head);
  run.SetItemsProcessed(run.iterations() * 2);
}
BENCHMARK(Hash)->Name("event/hash");

// As many bytes as such an event has, as if all of them were secret.
void Seal(State& run) {
  const std::vector<std::string> events = TwoEvents();
  base::SeededRandom random(1);
  const registry::PersonKey key = registry::PersonKey::New(random);
  registry::Sealer sealer(random);
  for (auto _ : run) {
    for (const std::string& bytes : events) {
      benchmark::DoNotOptimize(
          sealer.Seal({.key = key,
                       .part = {.stream = {.high = 1, .low = 2},
                                .version = 201,
                                .data_class = model::v1::DATA_CLASS_MEDICAL},
                       .bytes = bytes}));
    }
  }
  run.SetItemsProcessed(run.iterations() * 2);
}
BENCHMARK(Seal)->Name("event/seal");

std::vector<CaseEvent> AllEvents() {
  std::vector<CaseEvent> events;
  for (const std::string& bytes : CaseWorld::Get().stream()) {
    events.emplace_back().ParseFromString(bytes);
  }
  return events;
}

void FoldAll(State& run) {
  const std::vector<CaseEvent> events = AllEvents();
  for (auto _ : run) {
    Case state;
    for (const CaseEvent& event : events) {
      casework::Fold(event, state);
    }
    benchmark::DoNotOptimize(state.version);
  }
  run.SetItemsProcessed(run.iterations() * int64_t{kFoldedEvents});
}
BENCHMARK(FoldAll)->Name("fold/200_events");

}  // namespace
}  // namespace careroute::bench

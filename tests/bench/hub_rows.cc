// A hub process on the large store: how long until it serves, and how much
// memory it holds once it has been loaded for a minute.
//
// Start-up runs from the process's start to the line that it serves, and the
// process is killed there: nothing overdue is raised, so that each round finds
// as much. Memory is the resident set after 64 calls were kept in flight over
// gRPC, each to the next of 20,000 cases; the hub has its usual settings, which
// map no file and give SQLite 64 MiB of pages (32 for the writer, 8 for each of
// four readers).

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "lib/base/status_macros.h"
#include "tests/bench/generated_store.h"
#include "tests/bench/load.h"
#include "tests/bench/process_memory.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/hub/program.h"

namespace careroute::bench {
namespace {

using tests::Program;

std::unique_ptr<Program> StartHub(const GeneratedStore& store) {
  auto hub = std::make_unique<Program>(std::vector<std::string>{
      "hub", "--config", store.config(), "--grpc-address", "127.0.0.1:0"});
  const bool serves = hub->WaitFor("serves gRPC");
  if (!serves) std::fputs(hub->log().c_str(), stderr);
  CAREROUTE_CHECK(serves);
  return hub;
}

absl::StatusOr<Measured> StartUp(const Bench& bench) {
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const store,
                             bench.stores.Get(bench.setting.cases));
  const double value = Repeat(bench.setting, [store] {
    const absl::Duration begun = base::MonotonicTime();
    const std::unique_ptr<Program> hub = StartHub(*store);
    const absl::Duration serves = base::MonotonicTime();
    hub->Signal(SIGKILL);
    hub->Wait();
    return absl::ToDoubleSeconds(serves - begun);
  });
  return Measured{
      .value = value,
      .note = absl::StrFormat("%d cases, %d deadlines overdue",
                              bench.setting.cases, store->overdue())};
}

absl::StatusOr<Measured> Memory(const Bench& bench) {
  CAREROUTE_ASSIGN_OR_RETURN(const GeneratedStore* const store,
                             bench.stores.Get(bench.setting.cases));
  const std::unique_ptr<Program> hub = StartHub(*store);
  const double at_first = ResidentMegabytes(hub->id());
  const base::RealClock clock;
  ContactScript script(clock, store->cases(), kInFlight);
  const GrpcTarget target(hub->port());
  const LoadResult load = KeepInFlight(
      target, script, {.in_flight = kInFlight, .duration = bench.setting.load});
  const double value = ResidentMegabytes(hub->id());
  const double highest = HighestMegabytes(hub->id());
  hub->Signal(SIGTERM);
  hub->Wait();
  return Measured{
      .value = value,
      .note = absl::StrFormat(
          "%d cases; %.0f MB when it began to serve, %.0f MB at most, %d "
          "transitions of %d cases in between",
          bench.setting.cases, at_first, highest, load.latencies_ms.size(),
          store->cases().size())};
}

}  // namespace

std::vector<Row> HubRows() {
  return {{.name = "start-up to serving, some overdue",
           .unit = "s",
           .goal = {Of::kValue, Bound::kAtMost, 2},
           .measure = StartUp},
          {.name = "resident memory after a minute of load",
           .unit = "MB",
           .goal = {Of::kValue, Bound::kAtMost, 250},
           .measure = Memory}};
}

}  // namespace careroute::bench

// Durable transitions in process: requests given to the method table, answered
// once they are on disk. Steps of 64 cases are started by hand and completed,
// each with a sealed note, its rows of lists, its request id, its link of the
// chain and its trace in the access log.
//
// The floor writes one row of 500 bytes a transition, 64 in each transaction,
// with the settings of lib/store/sqlite on the same disk.

#include <cstddef>

#include "tests/bench/hub_world.h"
#include "tests/bench/load.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/sqlite_floor.h"

namespace careroute::bench {
namespace {

absl::StatusOr<Measured> InProcess(const Bench& bench) {
  HubWorld world(kInFlight);
  const TableTarget target(world.hub().table());
  StepScript script(world.cases());
  SqliteFloor floor(world.File("floor.db"));
  const Written before = world.hub().written();
  size_t transitions = 0;
  const Medians both = Alternate(
      bench.setting,
      {.floor = [&] { return floor.Rate(int{kInFlight}, bench.setting.round); },
       .subject =
           [&] {
             const LoadResult load = KeepInFlight(
                 target, script,
                 {.in_flight = kInFlight, .duration = bench.setting.round});
             transitions += load.latencies_ms.size();
             return load.per_second;
           }});
  return Measured{.value = both.subject,
                  .floor = both.floor,
                  .note = WordsOf(world.hub().written() - before,
                                  static_cast<double>(transitions))};
}

}  // namespace

std::vector<Row> SqliteRows() {
  return {{.name = "in-process transitions, SQLite, 64 in flight",
           .unit = "/s",
           .goal = {Of::kRatio, Bound::kAtLeast, 0.30},
           .measure = InProcess}};
}

}  // namespace careroute::bench

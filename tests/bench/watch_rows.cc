// How soon a watcher hears: 500 transitions a second over 64 cases, each of
// them watched. In the same process, and from a hub in another one over gRPC.
// The time runs from the instant the event was recorded, which is before its
// commit, to its arrival: a little more than from commit to watcher.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"
#include "tests/bench/hub_world.h"
#include "tests/bench/load.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"
#include "tests/bench/sure.h"
#include "tests/bench/watching.h"
#include "tests/hub/hub_bench.h"

namespace careroute::bench {
namespace {

using tests::HubBench;
using tests::Program;

constexpr double kPerSecond = 500;

struct Pacing {
  const Target& target;
  ContactScript& script;
  Arrivals& arrivals;
};

// How late each transition was heard of.
std::vector<double> Late(const Pacing& pacing, absl::Duration duration) {
  pacing.arrivals.Begin();
  const size_t made =
      KeepPace(pacing.target, pacing.script,
               {.per_second = kPerSecond, .duration = duration});
  return pacing.arrivals.Take(made);
}

Measured P99(const Setting& setting, const Pacing& pacing) {
  // One to each case first: who has heard of it, watches.
  Late(pacing, absl::Seconds(kInFlight / kPerSecond));
  double p50 = 0;
  const double value = Repeat(setting, [&] {
    const std::vector<double> late = Late(pacing, setting.round);
    p50 = Quantile(late, 0.5);
    return Quantile(late, 0.99);
  });
  return {.value = value,
          .note = absl::StrFormat("last round: half within %.2f ms", p50)};
}

absl::StatusOr<Measured> SameProcess(const Bench& bench) {
  const base::RealClock clock;
  Arrivals arrivals(clock);
  HubWorld world(kInFlight);
  std::vector<NamedCase> cases;
  for (const WorldCase& one : world.cases()) {
    cases.push_back({.name = one.name, .coordinator = one.coordinator});
  }
  std::vector<std::unique_ptr<TableWatch>> watches;
  for (const NamedCase& one : cases) {
    watches.push_back(
        std::make_unique<TableWatch>(world.hub().table(), one, arrivals));
  }
  ContactScript script(clock, cases, kInFlight);
  const TableTarget target(world.hub().table());
  return P99(bench.setting,
             {.target = target, .script = script, .arrivals = arrivals});
}

// Cases of the first pathway of the demo region, each reported to the hub.
std::vector<NamedCase> CasesOf(const Program& hub) {
  const services::Client registrar = HubBench::Registrar(hub);
  for (int n = 0; n < int{kInFlight}; ++n) {
    Sure(registrar
             .Call<api::v1::ReportNeedResponse>(
                 "careroute.api.v1.CaseService.ReportNeed", tests::ReportOf(n))
             .status());
  }
  const services::Client coordinator = HubBench::Coordinator(hub);
  api::v1::ListCasesRequest list;
  list.set_page_size(int{kInFlight});
  const auto page = Sure(coordinator.Call<api::v1::ListCasesResponse>(
      "careroute.api.v1.CaseService.ListCases", list));
  std::vector<NamedCase> cases;
  for (const model::v1::CaseRow& row : page.cases()) {
    cases.push_back({.name = row.name(), .coordinator = coordinator.actor()});
  }
  CAREROUTE_CHECK(cases.size() == kInFlight);
  return cases;
}

absl::StatusOr<Measured> AnotherProcess(const Bench& bench) {
  const base::RealClock clock;
  const HubBench folder(HubBench::Catalogue::kDemoRegion);
  Arrivals arrivals(clock);
  std::vector<std::unique_ptr<GrpcWatch>> watches;
  // Goes before the watches, which end with it.
  const std::unique_ptr<Program> hub = folder.Start();
  HubBench::ImportClinic(*hub);
  const std::vector<NamedCase> cases = CasesOf(*hub);
  for (const NamedCase& one : cases) {
    watches.push_back(std::make_unique<GrpcWatch>(HubBench::Coordinator(*hub),
                                                  one, arrivals));
  }
  ContactScript script(clock, cases, kInFlight);
  const GrpcTarget target(hub->port());
  return P99(bench.setting,
             {.target = target, .script = script, .arrivals = arrivals});
}

}  // namespace

std::vector<Row> WatchRows() {
  return {{.name = "commit to watcher, same process, p99",
           .unit = "ms",
           .goal = {Of::kValue, Bound::kAtMost, 20},
           .measure = SameProcess},
          {.name = "commit to watcher, another process, p99",
           .unit = "ms",
           .goal = {Of::kValue, Bound::kAtMost, 100},
           .measure = AnotherProcess}};
}

}  // namespace careroute::bench

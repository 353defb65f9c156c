// How much of the rules one core carries: a referral accepted and a step
// completed by turns, decided and folded in memory on a case of 200 events.
// Google Benchmark measures it, in processor time.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "tests/bench/report.h"
#include "tests/bench/rounds.h"
#include "tests/bench/rows.h"

namespace careroute::bench {
namespace {

double PerSecond(const std::string& benchmark) {
  Report report;
  benchmark::RunSpecifiedBenchmarks(&report, absl::StrCat("^", benchmark, "$"));
  return report.per_second();
}

// Google Benchmark knows how long to measure by its flag only.
void SetTime(const Setting& setting) {
  std::string program = "careroute_bench";
  std::string time = absl::StrFormat("--benchmark_min_time=%.3f",
                                     absl::ToDoubleSeconds(setting.round));
  char* arguments[] = {program.data(), time.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments);
}

absl::StatusOr<Measured> DecideAndFold(const Bench& bench) {
  SetTime(bench.setting);
  const double value = Repeat(
      bench.setting, [] { return PerSecond("decide_fold/accept_complete"); });
  if (value <= 0) return absl::InternalError("the benchmark did not run");
  return Measured{
      .value = value,
      .note = absl::StrFormat("%.0f/s where each completed step starts two",
                              PerSecond("decide_fold/accept_complete_to_two"))};
}

}  // namespace

std::vector<Row> DecideRows() {
  return {{.name = "decide + fold in memory, one core",
           .unit = "/s",
           .goal = {Of::kValue, Bound::kAtLeast, 500'000},
           .measure = DecideAndFold}};
}

}  // namespace careroute::bench

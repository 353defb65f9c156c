// careroute_bench: measures, and prints one table.
//
//   ./dev bench                            every row, 100,000 cases
//   ./dev bench --large --json             a million, for a program
//   ./dev bench --only gRPC                the rows whose name holds the word
//   ./dev bench --micro [--benchmark_...]  Google Benchmark's own: the heart
//
// Progress goes to the standard error, the table to the standard output.

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "benchmark/benchmark.h"
#include "tests/bench/generated_store.h"
#include "tests/bench/rows.h"
#include "tests/bench/table.h"

namespace careroute::bench {
namespace {

struct Asked {
  bool json = false;
  bool large = false;
  bool quick = false;
  std::string only;
  std::string cache;
};

void AddFlags(CLI::App& app, Asked& asked) {
  app.add_flag("--json", asked.json, "print the table as a JSON array");
  auto* const large = app.add_flag("--large", asked.large,
                                   "a million cases instead of 100,000, an "
                                   "outage ten times as long, memory after "
                                   "ten million calls");
  app.add_flag("--quick", asked.quick,
               "each row once, as briefly as it can run: the figures mean "
               "nothing")
      ->excludes(large);
  app.add_option("--only", asked.only, "rows whose name holds this");
  app.add_option("--cache", asked.cache,
                 "where generated stores are kept [build/bench]");
}

Setting SettingOf(const Asked& asked) {
  Setting setting = asked.quick ? QuickSetting() : Setting();
  if (asked.large) {
    setting.cases = kLargeCases;
    setting.outage = kLargeOutage;
    setting.memory_calls = kLargeMemoryCalls;
  }
  if (!asked.cache.empty()) setting.cache = asked.cache;
  return setting;
}

// 1 when a row failed or none has that name. A goal missed is no failure.
int PrintTable(const Asked& asked) {
  const Setting setting = SettingOf(asked);
  GeneratedStores stores(setting);
  const Bench bench = {.setting = setting, .stores = stores};
  std::vector<Row> rows = AllRows();
  std::vector<Line> lines;
  bool failed = false;
  for (Row& row : rows) {
    if (!absl::StrContains(row.name, asked.only)) continue;
    std::fprintf(stderr, "%s\n", row.name.c_str());
    absl::StatusOr<Measured> measured = row.measure(bench);
    failed = failed || (!measured.ok() && !absl::IsNotFound(measured.status()));
    lines.push_back({.row = std::move(row), .measured = std::move(measured)});
  }
  if (lines.empty()) {
    std::fprintf(stderr, "--only: no row's name holds \"%s\"\n",
                 asked.only.c_str());
    return 1;
  }
  std::fputs((asked.json ? TableJson(lines) : TableText(lines)).c_str(),
             stdout);
  return failed ? 1 : 0;
}

int RunMicro(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

int Main(int argc, char** argv) {
  // The rest is Google Benchmark's.
  if (argc > 1 && absl::string_view(argv[1]) == "--micro") {
    argv[1] = argv[0];
    return RunMicro(argc - 1, argv + 1);
  }
  Asked asked;
  CLI::App app("Measures careroute, each figure beside its floor or its goal");
  AddFlags(app, asked);
  CLI11_PARSE(app, argc, argv);
  return PrintTable(asked);
}

}  // namespace
}  // namespace careroute::bench

int main(int argc, char** argv) { return careroute::bench::Main(argc, argv); }

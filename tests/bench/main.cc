// careroute_bench: measures, and prints a table of ratios.
//
//   ./dev bench                                  everything
//   ./dev bench --benchmark_filter=decide        some of it
//   ./dev bench --json > table.json
//
// Every flag of Google Benchmark works. With --benchmark_format or
// --benchmark_list_tests it prints what they ask for, and no table.

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "benchmark/benchmark.h"
#include "tests/bench/report.h"
#include "tests/bench/table.h"

namespace careroute::bench {
namespace {

// Takes the flag out of the arguments, and says whether it was there.
bool TakeFlag(absl::string_view flag, std::vector<char*>& arguments) {
  const auto end = std::remove_if(
      arguments.begin(), arguments.end(),
      [flag](const char* one) { return absl::string_view(one) == flag; });
  const bool found = end != arguments.end();
  arguments.erase(end, arguments.end());
  return found;
}

bool AsksForItsOwnOutput(const std::vector<char*>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const char* one) {
    return absl::StartsWith(one, "--benchmark_format") ||
           absl::StartsWith(one, "--benchmark_list_tests");
  });
}

int Main(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  const bool json = TakeFlag("--json", arguments);
  const bool plain = AsksForItsOwnOutput(arguments);
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
    return 2;
  }
  if (plain) {
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  }
  Report report;
  benchmark::RunSpecifiedBenchmarks(&report);
  const auto measured = report.measured();
  std::fputs((json ? TableJson(measured) : TableText(measured)).c_str(),
             stdout);
  return report.failed() || measured.empty() ? 1 : 0;
}

}  // namespace
}  // namespace careroute::bench

int main(int argc, char** argv) { return careroute::bench::Main(argc, argv); }

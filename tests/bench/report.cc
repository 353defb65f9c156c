#include "tests/bench/report.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace careroute::bench {
namespace {

std::string NameOf(const benchmark::BenchmarkReporter::Run& run) {
  const std::string& arguments = run.run_name.args;
  return arguments.empty()
             ? run.run_name.function_name
             : absl::StrCat(run.run_name.function_name, "/", arguments);
}

double Counter(const benchmark::BenchmarkReporter::Run& run,
               const std::string& name) {
  const auto at = run.counters.find(name);
  return at == run.counters.end() ? 0 : at->second.value;
}

}  // namespace

Report::Report() : ConsoleReporter(OO_Tabular) {}

bool Report::ReportContext(const Context& context) {
  SetOutputStream(&std::cerr);
  SetErrorStream(&std::cerr);
  return ConsoleReporter::ReportContext(context);
}

void Report::ReportRuns(const std::vector<Run>& runs) {
  ConsoleReporter::ReportRuns(runs);
  for (const Run& run : runs) {
    failed_ = failed_ || run.error_occurred;
    if (run.run_type == Run::RT_Iteration && !run.error_occurred) {
      repetitions_[NameOf(run)].push_back(
          {.per_second = Counter(run, "items_per_second"),
           .rows = Counter(run, "rows")});
    }
  }
}

std::map<std::string, Measured> Report::measured() const {
  std::map<std::string, Measured> medians;
  for (auto [name, list] : repetitions_) {
    std::sort(list.begin(), list.end(),
              [](const Measured& a, const Measured& b) {
                return a.per_second < b.per_second;
              });
    medians[name] = list[list.size() / 2];
  }
  return medians;
}

}  // namespace careroute::bench

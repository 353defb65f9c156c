// tests/bench/report.h: keeps what was measured, for the table.
//
//   Report report;
//   benchmark::RunSpecifiedBenchmarks(&report);
//   for (const auto& [name, measured] : report.measured()) ...

#ifndef CAREROUTE_TESTS_BENCH_REPORT_H_
#define CAREROUTE_TESTS_BENCH_REPORT_H_

#include <map>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"

namespace careroute::bench {

// The median over the repetitions of one benchmark.
struct Measured {
  double per_second = 0;  // items
  double rows = 0;        // read from a store for one item; 0 = not counted
};

// Shows each benchmark as it ends on the standard error; the standard output
// is the table's.
class Report final : public benchmark::ConsoleReporter {
 public:
  Report();

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  // By name, such as "load/whole/5050".
  [[nodiscard]] std::map<std::string, Measured> measured() const;
  // Whether a benchmark could not be run.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::map<std::string, std::vector<Measured>> repetitions_;
  bool failed_ = false;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_REPORT_H_

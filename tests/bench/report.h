// tests/bench/report.h: keeps what Google Benchmark measured, for a row.
//
//   Report report;
//   benchmark::RunSpecifiedBenchmarks(&report, "decide_fold/accept_complete$");
//   const double per_second = report.per_second();

#ifndef CAREROUTE_TESTS_BENCH_REPORT_H_
#define CAREROUTE_TESTS_BENCH_REPORT_H_

#include <vector>

#include "benchmark/benchmark.h"

namespace careroute::bench {

// Prints nothing.
class Report final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  // Items a second of processor time, of the last benchmark run; 0 when none
  // could be run.
  [[nodiscard]] double per_second() const { return per_second_; }

 private:
  double per_second_ = 0;
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_REPORT_H_

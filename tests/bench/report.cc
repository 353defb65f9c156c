#include "tests/bench/report.h"

namespace careroute::bench {

bool Report::ReportContext(const Context& /*context*/) { return true; }

void Report::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    const auto found = run.counters.find("items_per_second");
    if (run.error_occurred || found == run.counters.end()) continue;
    per_second_ = found->second.value;
  }
}

}  // namespace careroute::bench

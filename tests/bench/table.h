// tests/bench/table.h: what was measured, each beside its goal or its floor.

#ifndef CAREROUTE_TESTS_BENCH_TABLE_H_
#define CAREROUTE_TESTS_BENCH_TABLE_H_

#include <map>
#include <string>

#include "tests/bench/report.h"

namespace careroute::bench {

// Rows of benchmarks that were not run are left out. Plain text, one row a
// line.
[[nodiscard]] std::string TableText(
    const std::map<std::string, Measured>& measured);

// The same as a JSON array, one object a row.
[[nodiscard]] std::string TableJson(
    const std::map<std::string, Measured>& measured);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_TABLE_H_

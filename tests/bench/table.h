// tests/bench/table.h: rows as people and programs read them.
//
//   std::vector<Line> lines;
//   lines.push_back({.row = row, .measured = row.measure(bench)});
//   std::fputs(TableText(lines).c_str(), stdout);

#ifndef CAREROUTE_TESTS_BENCH_TABLE_H_
#define CAREROUTE_TESTS_BENCH_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/row.h"

namespace careroute::bench {

struct Line {
  Row row;
  absl::StatusOr<Measured> measured;
};

// One row a line; below them what was counted beside each, what missed its
// goal first, and why a row was skipped.
[[nodiscard]] std::string TableText(const std::vector<Line>& lines);

// An array of {"row", "value", "unit", "floor", "ratio", "goal", "met"}; null
// where there is none, so that a skipped row has neither value nor verdict.
[[nodiscard]] std::string TableJson(const std::vector<Line>& lines);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_TABLE_H_

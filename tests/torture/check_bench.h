// tests/torture/check_bench.h: does a hub that was just started serve?
//
// The benches of tests/hub and their programs tell of what went wrong as tests
// do; here it is a status.
//
//   CAREROUTE_RETURN_IF_ERROR(CheckBench(*hub));

#ifndef CAREROUTE_TESTS_TORTURE_CHECK_BENCH_H_
#define CAREROUTE_TESTS_TORTURE_CHECK_BENCH_H_

#include "absl/status/status.h"
#include "tests/hub/program.h"

namespace careroute::tests {

// INTERNAL, with the hub's log, when it does not, or anything failed before.
[[nodiscard]] absl::Status CheckBench(const Program& hub);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_CHECK_BENCH_H_

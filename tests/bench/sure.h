// tests/bench/sure.h: answers that a measurement cannot do without.
//
//   const store::StreamHead head = Sure(Await<store::StreamHead>(...));

#ifndef CAREROUTE_TESTS_BENCH_SURE_H_
#define CAREROUTE_TESTS_BENCH_SURE_H_

#include <cstdio>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/base/check.h"

namespace careroute::bench {

// Stops the program on an error, after saying it: what follows would measure
// something else.
inline void Sure(const absl::Status& status) {
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  CAREROUTE_CHECK(status.ok());
}

template <typename T>
T Sure(absl::StatusOr<T> answer) {
  Sure(answer.status());
  return *std::move(answer);
}

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SURE_H_

// tests/bench/load.h: calls kept going, and how they were answered.
//
//   const LoadResult all = KeepInFlight(target, script, {.in_flight = 64});
//   const double p99 = Quantile(all.latencies_ms, 0.99);

#ifndef CAREROUTE_TESTS_BENCH_LOAD_H_
#define CAREROUTE_TESTS_BENCH_LOAD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/bench/script.h"
#include "tests/bench/target.h"

namespace careroute::bench {

struct LoadResult {
  double per_second = 0;
  std::vector<double> latencies_ms;  // one a call, in no order
  std::string a_reply;               // of one of the calls
};

struct KeepOptions {
  size_t in_flight = 1;  // at most the script's slots
  absl::Duration duration = absl::Seconds(1);
};

// Each slot asks again as soon as it is answered, until the time is over, and
// at least once. Waits for the last answer. Stops the program when a call
// fails. Not for reads in process: what is answered at once would be asked
// from within its answer, ever deeper.
[[nodiscard]] LoadResult KeepInFlight(const Target& target, Script& script,
                                      const KeepOptions& options);

// The same of one slot by a caller that waits for each answer, as whoever calls
// in process does.
[[nodiscard]] LoadResult AskInTurn(const Target& target, Script& script,
                                   absl::Duration duration);

struct PaceOptions {
  double per_second = 0;
  absl::Duration duration = absl::Seconds(1);
};

// Asks slot after slot at that pace, whatever becomes of the answers, and
// waits for the last of them. How many calls were made. Stops the program when
// one fails.
size_t KeepPace(const Target& target, Script& script,
                const PaceOptions& options);

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_LOAD_H_

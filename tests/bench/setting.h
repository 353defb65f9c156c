// tests/bench/setting.h: how long and how large a run of the table is.
//
//   Setting setting = quick ? QuickSetting() : Setting();
//   if (large) setting.cases = kLargeCases;

#ifndef CAREROUTE_TESTS_BENCH_SETTING_H_
#define CAREROUTE_TESTS_BENCH_SETTING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace careroute::bench {

// Commands under way at once: what a few dozen people and systems of a region
// do in the same moment.
inline constexpr size_t kInFlight = 64;

inline constexpr int64_t kLargeCases = 1'000'000;
inline constexpr int64_t kLargeOutage = 100'000;
inline constexpr int64_t kLargeMemoryCalls = 10'000'000;

struct Setting {
  // Each shows its median, so that one disturbed round decides nothing.
  int rounds = 5;
  // How long each side of a round is measured.
  absl::Duration round = absl::Seconds(2);
  // How long a hub is loaded before its memory is read.
  absl::Duration load = absl::Seconds(60);
  // Open cases of the generated store, and of the small one beside it.
  int64_t cases = 100'000;
  int64_t few_cases = 10'000;
  // Envelopes that wait when a peer comes back.
  int64_t outage = 10'000;
  // After which the memory of a program with a hub inside is looked at.
  int64_t memory_calls = 500'000;
  uint64_t seed = 1;
  // Where generated stores are kept between runs.
  std::string cache = "build/bench";
  // Makes them anew all the same.
  bool fresh = false;
};

// Each row once, as briefly as it can run: its figures mean nothing.
[[nodiscard]] inline Setting QuickSetting() {
  return {.rounds = 1,
          .round = absl::Milliseconds(50),
          .load = absl::Milliseconds(200),
          .cases = 200,
          .few_cases = 50,
          .outage = 40,
          .memory_calls = 2'000,
          .fresh = true};
}

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SETTING_H_

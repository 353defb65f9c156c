// tests/bench/setting.h: how long a run of the table is.
//
//   Setting setting = quick ? QuickSetting() : Setting();

#ifndef CAREROUTE_TESTS_BENCH_SETTING_H_
#define CAREROUTE_TESTS_BENCH_SETTING_H_

#include <cstddef>

#include "absl/time/time.h"

namespace careroute::bench {

// Commands under way at once: what a few dozen people and systems of a region
// do in the same moment.
inline constexpr size_t kInFlight = 64;

struct Setting {
  // Each shows its median, so that one disturbed round decides nothing.
  int rounds = 5;
  // How long each side of a round is measured.
  absl::Duration round = absl::Seconds(2);
};

// Each row once, as briefly as it can run: its figures mean nothing.
[[nodiscard]] inline Setting QuickSetting() {
  return {.rounds = 1, .round = absl::Milliseconds(50)};
}

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_SETTING_H_

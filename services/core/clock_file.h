// services/core/clock_file.h: what time it is in a sandbox, kept beside its
// store.
//
// A sandbox that is started again goes on where it stopped, and a repeated
// request to move the clock moves nothing, also after a crash.
//
//   CAREROUTE_ASSIGN_OR_RETURN(ClockState state, LoadClockFile(path));
//   status = SaveClockFile(path, state);

#ifndef CAREROUTE_SERVICES_CORE_CLOCK_FILE_H_
#define CAREROUTE_SERVICES_CORE_CLOCK_FILE_H_

#include <cstddef>
#include <deque>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace careroute::services {

// Who repeats a request after so many others has not waited for its answer.
inline constexpr size_t kMovesKeptMax = 100;

inline constexpr int kUnderWay = -1;

// A request to move the clock.
struct ClockMove {
  std::string request_id;
  absl::Time target;
  int fired = kUnderWay;  // timers, once the move has ended

  friend bool operator==(const ClockMove&, const ClockMove&) = default;
};

struct ClockState {
  absl::Time now;
  std::deque<ClockMove> moves;  // oldest first, at most kMovesKeptMax

  friend bool operator==(const ClockState&, const ClockState&) = default;
};

// NOT_FOUND when there is no file; DATA_LOSS when it is none of ours. Blocks.
[[nodiscard]] absl::StatusOr<ClockState> LoadClockFile(const std::string& path);

// Written beside its place and then put there: a crash leaves the old file or
// the new one. Blocks.
[[nodiscard]] absl::Status SaveClockFile(const std::string& path,
                                         const ClockState& state);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_CLOCK_FILE_H_

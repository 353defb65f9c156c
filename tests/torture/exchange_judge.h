// tests/torture/exchange_judge.h: did two hubs keep their word to each other?
//
// Asks only what anybody may ask, over gRPC, once nothing waits at either.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const Waiting waiting, WaitingAt(east, west));
//   CAREROUTE_RETURN_IF_ERROR(JudgeExchange(load.families(), east, west));

#ifndef CAREROUTE_TESTS_TORTURE_EXCHANGE_JUDGE_H_
#define CAREROUTE_TESTS_TORTURE_EXCHANGE_JUDGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/torture/exchange_load.h"

namespace careroute::tests {

// How many envelopes wait at either hub for the other, and why the first of
// them does; a hub that was asked before the other may owe again since.
struct Waiting {
  int envelopes = 0;
  std::string problem;
};
[[nodiscard]] absl::StatusOr<Waiting> WaitingAt(const EastCallers& east,
                                                const WestCallers& west);

// Each referral stands alike at both hubs, or never left because nothing of it
// may be told; what its performer was told is completed is completed, once; who
// performs reads who it is; whoever withdrew is no longer read about, and those
// who withdrew in time never were. The status names the first thing that is
// wrong.
[[nodiscard]] absl::Status JudgeExchange(const std::vector<Family>& families,
                                         const EastCallers& east,
                                         const WestCallers& west);

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_EXCHANGE_JUDGE_H_

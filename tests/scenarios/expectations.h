// tests/scenarios/expectations.h: what a scenario says is so, held to the case.
//
//   for (const std::string& problem : Unmet(when.then(), stage)) ...

#ifndef CAREROUTE_TESTS_SCENARIOS_EXPECTATIONS_H_
#define CAREROUTE_TESTS_SCENARIOS_EXPECTATIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "careroute/testing/v1/scenario.pb.h"
#include "tests/scenarios/stage.h"

namespace careroute::scenarios {

// What is said and is not so, each "expected ..., but ..."; empty when all is.
// The stage has just looked.
[[nodiscard]] std::vector<std::string> Unmet(const testing::v1::Then& then,
                                             Stage& stage);

// Empty when `status` is the refusal; else what is different.
[[nodiscard]] std::string NotRefusedSo(const testing::v1::Refused& refused,
                                       const absl::Status& status);

// The case in a few lines, for whoever reads a failure.
[[nodiscard]] std::string Actual(const Stage& stage);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_EXPECTATIONS_H_

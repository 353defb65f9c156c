// tests/scenarios/file_tests.h: one test a scenario file, whatever the door.
//
//   INSTANTIATE_TEST_SUITE_P(Grpc, ScenarioFile,
//                            ::testing::ValuesIn(ScenarioNames()), NameOfTest);
//   TEST_P(ScenarioFile, HoldsThroughGrpc) {
//     ExpectAllHoldAlike(StartGrpc, StartInProcess);
//   }

#ifndef CAREROUTE_TESTS_SCENARIOS_FILE_TESTS_H_
#define CAREROUTE_TESTS_SCENARIOS_FILE_TESTS_H_

#include <string>

#include "gtest/gtest.h"
#include "tests/scenarios/files.h"
#include "tests/scenarios/player.h"
#include "tests/scenarios/transport.h"

namespace careroute::scenarios {

// The parameter is the name of the file.
class ScenarioFile : public ::testing::TestWithParam<std::string> {
 protected:
  // Plays each branch in a hub of its own; the case has the same history as
  // through the other door.
  void ExpectAllHoldAlike(const TransportFactory& start,
                          const TransportFactory& other);
};

// "intake/outcomes" as "intake_outcomes".
[[nodiscard]] std::string NameOfTest(
    const ::testing::TestParamInfo<std::string>& info);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_FILE_TESTS_H_

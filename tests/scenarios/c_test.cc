// Every scenario file, through the C ABI, with the same history as without it.

#include "tests/scenarios/c_transport.h"
#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/in_process_transport.h"

namespace careroute::scenarios {
namespace {

INSTANTIATE_TEST_SUITE_P(C, ScenarioFile,
                         ::testing::ValuesIn(ShippedScenarioNames()),
                         NameOfTest);

TEST_P(ScenarioFile, HoldsThroughC) {
  ExpectAllHoldAlike(StartC, StartInProcess);
}

}  // namespace
}  // namespace careroute::scenarios

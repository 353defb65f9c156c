// Every scenario file, straight to the method table.

#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/in_process_transport.h"

namespace careroute::scenarios {
namespace {

INSTANTIATE_TEST_SUITE_P(InProcess, ScenarioFile,
                         ::testing::ValuesIn(ScenarioNames()), NameOfTest);

TEST_P(ScenarioFile, HoldsInProcess) { ExpectAllHold(StartInProcess); }

}  // namespace
}  // namespace careroute::scenarios

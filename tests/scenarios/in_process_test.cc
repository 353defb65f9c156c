// Every scenario file, straight to the method table.

#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/played_once.h"

namespace careroute::scenarios {
namespace {

INSTANTIATE_TEST_SUITE_P(InProcess, ScenarioFile,
                         ::testing::ValuesIn(ScenarioNames()), NameOfTest);

TEST_P(ScenarioFile, HoldsInProcess) {
  for (const std::string& problem : PlayOnce(GetParam()).problems) {
    ADD_FAILURE() << problem;
  }
}

}  // namespace
}  // namespace careroute::scenarios

// Every scenario file, through the binding of another language, with the same
// history as without it. CAREROUTE_SCENARIO_CHILD is the command of the child.

#include "tests/scenarios/child_transport.h"
#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/in_process_transport.h"

namespace careroute::scenarios {
namespace {

// One for all files; it ends with the program.
const TransportFactory& StartInChild() {
  static const auto* const start =
      new TransportFactory(ChildFactory({CAREROUTE_SCENARIO_CHILD}));
  return *start;
}

INSTANTIATE_TEST_SUITE_P(Child, ScenarioFile,
                         ::testing::ValuesIn(ShippedScenarioNames()),
                         NameOfTest);

TEST_P(ScenarioFile, HoldsThroughChild) {
  ExpectAllHoldAlike(StartInChild(), StartInProcess);
}

}  // namespace
}  // namespace careroute::scenarios

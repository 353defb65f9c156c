// Every scenario file, through the real gRPC door, with the same history as
// without it.

#include "tests/scenarios/file_tests.h"
#include "tests/scenarios/grpc_transport.h"
#include "tests/scenarios/in_process_transport.h"

namespace careroute::scenarios {
namespace {

INSTANTIATE_TEST_SUITE_P(Grpc, ScenarioFile,
                         ::testing::ValuesIn(ScenarioNames()), NameOfTest);

TEST_P(ScenarioFile, HoldsThroughGrpc) {
  ExpectAllHoldAlike(StartGrpc, StartInProcess);
}

}  // namespace
}  // namespace careroute::scenarios

#include "tests/scenarios/file_tests.h"

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_replace.h"

namespace careroute::scenarios {

void ScenarioFile::ExpectAllHold(const TransportFactory& start) {
  const absl::StatusOr<std::vector<Playable>> all = PlayablesOf(GetParam());
  ASSERT_TRUE(all.ok()) << all.status();
  for (const Playable& one : *all) {
    for (const std::string& problem : Play(one, start).problems) {
      ADD_FAILURE() << problem;
    }
  }
}

std::string NameOfTest(const ::testing::TestParamInfo<std::string>& info) {
  return absl::StrReplaceAll(info.param, {{"/", "_"}, {"-", "_"}});
}

}  // namespace careroute::scenarios

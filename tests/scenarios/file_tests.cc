#include "tests/scenarios/file_tests.h"

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace careroute::scenarios {
namespace {

// What happened, without what differs from one hub to the next: names, keys.
std::string HistoryOf(const Played& played) {
  std::string history;
  for (const event::v1::CaseEvent& event : played.events) {
    absl::StrAppend(&history, event.header().version(), " at ",
                    event.header().happened_time().seconds(), " kind ",
                    event.body_case(), "\n");
    for (const auto& one : event.consequences().steps_ended()) {
      absl::StrAppend(&history, "  ", one.ShortDebugString(), "\n");
    }
    for (const auto& one : event.consequences().steps_started()) {
      absl::StrAppend(&history, "  ", one.ShortDebugString(), "\n");
    }
    for (const auto& one : event.consequences().deadlines_set()) {
      absl::StrAppend(&history, "  ", one.ShortDebugString(), "\n");
    }
  }
  return history;
}

}  // namespace

void ScenarioFile::ExpectAllHoldAlike(const TransportFactory& start,
                                      const TransportFactory& other) {
  const absl::StatusOr<std::vector<Playable>> all = PlayablesOf(GetParam());
  ASSERT_TRUE(all.ok()) << all.status();
  for (const Playable& one : *all) {
    const Played played = Play(one, start);
    for (const std::string& problem : played.problems) {
      ADD_FAILURE() << problem;
    }
    EXPECT_EQ(HistoryOf(played), HistoryOf(Play(one, other))) << one.name;
  }
}

std::string NameOfTest(const ::testing::TestParamInfo<std::string>& info) {
  return absl::StrReplaceAll(info.param, {{"/", "_"}, {"-", "_"}});
}

}  // namespace careroute::scenarios

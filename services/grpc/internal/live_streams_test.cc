#include "services/grpc/internal/live_streams.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::services::internal {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

TEST(LiveStreams, EndsWhatRunsAndWhateverComesLater) {
  LiveStreams live;
  std::vector<int> ended;
  live.Add([&] { ended.push_back(1); });
  const int64_t left = live.Add([&] { ended.push_back(2); });
  live.Add([&] { ended.push_back(3); });
  live.Remove(left);
  EXPECT_THAT(ended, ElementsAre());
  live.EndAll();
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3));
  live.Add([&] { ended.push_back(4); });
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3, 4));
  live.EndAll();
  EXPECT_THAT(ended, UnorderedElementsAre(1, 3, 4));
}

TEST(LiveStreams, AStreamMayRemoveItselfAsItEnds) {
  LiveStreams live;
  int64_t id = 0;
  id = live.Add([&] { live.Remove(id); });
  live.EndAll();
  live.Remove(id);
}

}  // namespace
}  // namespace careroute::services::internal

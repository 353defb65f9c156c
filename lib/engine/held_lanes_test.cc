#include "lib/engine/held_lanes.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::engine {
namespace {

using ::testing::HasSubstr;

TEST(HeldLanes, NamesTheHubThatMayNotBeToldAnythingYet) {
  HeldLanes lanes;
  lanes.Hold("hub/east");
  const absl::Status held =
      lanes.Check({{.lane = ""}, {.lane = "hub/north"}, {.lane = "hub/east"}});
  EXPECT_TRUE(absl::IsUnavailable(held)) << held;
  EXPECT_THAT(std::string(held.message()), HasSubstr("hub/east"));
}

TEST(HeldLanes, LetsEverythingElsePass) {
  HeldLanes lanes;
  EXPECT_TRUE(lanes.Check({{.lane = "hub/east"}}).ok());
  lanes.Hold("hub/east");
  EXPECT_TRUE(lanes.Check({{.lane = ""}, {.lane = "hub/north"}}).ok());
  lanes.Release("hub/east");
  lanes.Release("hub/east");
  EXPECT_TRUE(lanes.Check({{.lane = "hub/east"}}).ok());
}

}  // namespace
}  // namespace careroute::engine

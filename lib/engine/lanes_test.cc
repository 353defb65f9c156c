#include "lib/engine/lanes.h"

#include "gtest/gtest.h"

namespace careroute::engine {
namespace {

TEST(Lanes, NameTheHubAndNothingElse) {
  EXPECT_EQ(LaneOf("east"), "hub/east");
  EXPECT_EQ(HubOf("hub/east"), "east");
  EXPECT_EQ(HubOf(kOwnLane), std::nullopt);
  EXPECT_EQ(HubOf("hub/"), std::nullopt);
  EXPECT_EQ(HubOf("case/east"), std::nullopt);
}

TEST(IsStuck, GivesAnEnvelopeLongerThanAMessageWithinTheHub) {
  store::OutboxRow message{.attempts = kStuckAttempts - 1};
  EXPECT_FALSE(IsStuck(message));
  message.attempts = kStuckAttempts;
  EXPECT_TRUE(IsStuck(message));
  store::OutboxRow envelope{.lane = LaneOf("east"),
                            .attempts = kStuckSends - 1};
  EXPECT_FALSE(IsStuck(envelope));
  envelope.attempts = kStuckSends;
  EXPECT_TRUE(IsStuck(envelope));
}

TEST(IsStuck, IsWhatNobodyTriesAgainByItself) {
  store::OutboxRow refused{.lane = LaneOf("east"), .attempts = 1};
  EXPECT_FALSE(IsStuck(refused));
  refused.due = store::OnlyWhenAsked();
  EXPECT_TRUE(IsStuck(refused));
}

}  // namespace
}  // namespace careroute::engine

#include "lib/picture/internal/channels.h"

#include "gtest/gtest.h"

namespace careroute::picture::internal {
namespace {

TEST(Channel, GivesOneTargetOneTrackHoweverManyArrowsNeedIt) {
  Channel channel;
  channel.Need(7, {.from = 10, .to = 50});
  channel.Need(7, {.from = 200, .to = 100});
  channel.Assign();
  EXPECT_EQ(channel.track_count(), 1);
  EXPECT_EQ(channel.TrackOf(7), 0);
}

TEST(Channel, KeepsStretchesApartThatTouch) {
  Channel channel;
  channel.Need(1, {.from = 0, .to = 100});
  channel.Need(2, {.from = 50, .to = 60});
  channel.Assign();
  EXPECT_EQ(channel.track_count(), 2);
  EXPECT_NE(channel.TrackOf(1), channel.TrackOf(2));
}

TEST(Channel, LetsStretchesShareATrackThatDoNotTouch) {
  Channel channel;
  channel.Need(1, {.from = 0, .to = 40});
  channel.Need(2, {.from = 90, .to = 120});
  channel.Assign();
  EXPECT_EQ(channel.track_count(), 1);
}

TEST(Channel, IsEmptyWhenNothingNeedsIt) {
  Channel channel;
  channel.Assign();
  EXPECT_EQ(channel.track_count(), 0);
}

}  // namespace
}  // namespace careroute::picture::internal

#include "lib/exchange/peer_epochs.h"

#include "gtest/gtest.h"

namespace careroute::exchange {
namespace {

TEST(PeerEpochs, HearsNothingOfAStoreThatWasReplaced) {
  PeerEpochs epochs;
  EXPECT_TRUE(epochs.Hear("east", 1));
  EXPECT_TRUE(epochs.Hear("east", 2));
  EXPECT_TRUE(epochs.Hear("east", 2));
  EXPECT_FALSE(epochs.Hear("east", 1));
  EXPECT_TRUE(epochs.Hear("north", 1));
}

}  // namespace
}  // namespace careroute::exchange

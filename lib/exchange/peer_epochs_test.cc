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

TEST(PeerEpochs, KnowsWhatIsTakenOfAStoreThatIsBeingReplaced) {
  PeerEpochs epochs;
  ASSERT_TRUE(epochs.BeginBatch("east", 1));
  ASSERT_TRUE(epochs.BeginBatch("east", 1));
  EXPECT_FALSE(epochs.TakesOlder("east", 1));
  EXPECT_TRUE(epochs.TakesOlder("east", 2));
  EXPECT_FALSE(epochs.TakesOlder("north", 2));
  epochs.EndBatch("east", 1);
  EXPECT_TRUE(epochs.TakesOlder("east", 2));
  epochs.EndBatch("east", 1);
  EXPECT_FALSE(epochs.TakesOlder("east", 2));
}

TEST(PeerEpochs, TakesNoBatchOfAStoreThatWasReplaced) {
  PeerEpochs epochs;
  ASSERT_TRUE(epochs.Hear("east", 2));
  EXPECT_FALSE(epochs.BeginBatch("east", 1));
  EXPECT_FALSE(epochs.TakesOlder("east", 2));
}

}  // namespace
}  // namespace careroute::exchange

#include "lib/store/chain.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace careroute::store {
namespace {

// The value was computed with coreutils:
//   { head -c 32 /dev/zero; printf abc; } | sha256sum
TEST(ChainHash, IsSha256OfThePreviousHashAndTheBytes) {
  EXPECT_EQ(absl::BytesToHexString(
                ChainHash({.previous = ChainStart(), .stored = "abc"})),
            "365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370");
}

TEST(ChainHash, ChangesWithEverythingBefore) {
  const std::string first =
      ChainHash({.previous = ChainStart(), .stored = "a"});
  const std::string other =
      ChainHash({.previous = ChainStart(), .stored = "b"});
  EXPECT_NE(ChainHash({.previous = first, .stored = "c"}),
            ChainHash({.previous = other, .stored = "c"}));
}

}  // namespace
}  // namespace careroute::store

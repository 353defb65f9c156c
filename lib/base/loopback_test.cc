#include "lib/base/loopback.h"

#include "gtest/gtest.h"

namespace careroute::base {
namespace {

TEST(IsLoopback, KnowsWhatOnlyThisMachineReaches) {
  for (const char* address :
       {"127.0.0.1:7400", "127.255.0.9:1", "localhost:7400", "[::1]:7400"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address :
       {"0.0.0.0:7400", "[::]:7400", "10.0.0.1:7400", "", ":7400", "*:7400",
        "127.0.0.1.example.org:7400", "127.example.org:7400", "127.:7400",
        "127.1:7400", "localhost.example.org:7400", "unix:/tmp/hub",
        "[::ffff:10.0.0.1]:7400", "::1:7400", "127.0.0.1 :7400"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

}  // namespace
}  // namespace careroute::base

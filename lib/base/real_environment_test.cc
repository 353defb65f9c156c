#include "lib/base/real_environment.h"

#include <cstdlib>

#include "gtest/gtest.h"

namespace careroute::base {
namespace {

TEST(RealEnvironment, TellsUnsetFromEmpty) {
  const std::string name = "CAREROUTE_REAL_ENVIRONMENT_TEST";
  EXPECT_EQ(RealEnvironment(name), std::nullopt);
  ASSERT_EQ(setenv(name.c_str(), "", 1), 0);
  EXPECT_EQ(RealEnvironment(name), "");
  ASSERT_EQ(setenv(name.c_str(), "1", 1), 0);
  EXPECT_EQ(RealEnvironment(name), "1");
}

}  // namespace
}  // namespace careroute::base

#include "lib/engine/case_fence.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::engine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CaseFence, NamesTheHubAndWhereToLookUntilEachHasSaidWhatMoved) {
  CaseFence fence;
  EXPECT_TRUE(fence.Check().ok());
  fence.Hold("hub/east");
  fence.Hold("hub/north");
  EXPECT_FALSE(fence.Release("hub/east"));
  const absl::Status held = fence.Check();
  EXPECT_TRUE(absl::IsUnavailable(held)) << held;
  EXPECT_THAT(std::string(held.message()),
              AllOf(HasSubstr("hub/north"), HasSubstr("`careroute peers`"),
                    HasSubstr("out of the configuration")));
  EXPECT_TRUE(fence.Release("hub/north"));
  EXPECT_TRUE(fence.Release("hub/north"));
  EXPECT_TRUE(fence.Check().ok());
}

}  // namespace
}  // namespace careroute::engine

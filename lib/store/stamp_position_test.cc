#include "lib/store/stamp_position.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::store {
namespace {

constexpr StampRange kAll{.purged = 0, .last = int64_t{1} << 60};

TEST(StampPosition, SurvivesTheRoundTrip) {
  for (const int64_t stamp : {int64_t{0}, int64_t{7}, int64_t{1} << 60}) {
    const auto read = StampAt(PositionAt(stamp), kAll);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, stamp);
  }
}

TEST(StampPosition, IsBeforeEverythingWhenEmpty) {
  const auto read = StampAt("", {.purged = 5, .last = 9});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, 0);
}

TEST(StampPosition, RefusesWhatIsNoLongerOrNotYetKept) {
  const StampRange range{.purged = 5, .last = 9};
  EXPECT_TRUE(StampAt("5", range).ok());
  EXPECT_TRUE(StampAt("9", range).ok());
  for (const std::string bytes : {"0", "4", "10"}) {
    EXPECT_EQ(StampAt(bytes, range).status().code(),
              absl::StatusCode::kOutOfRange)
        << bytes;
  }
}

TEST(StampPosition, RefusesForeignBytes) {
  for (const std::string bytes :
       {"-1", "x", " 1", "1 ", "01", "1.0", "99999999999999999999"}) {
    EXPECT_EQ(StampAt(bytes, kAll).status().code(),
              absl::StatusCode::kInvalidArgument)
        << bytes;
  }
}

}  // namespace
}  // namespace careroute::store

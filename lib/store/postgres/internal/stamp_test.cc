#include "lib/store/postgres/internal/stamp.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::store::postgres {
namespace {

TEST(Stamp, APositionIsReadAsItWasWritten) {
  const Place place{.epoch = 3,
                    .seen = "741:745:741,743",
                    .reading = "750:750:",
                    .last_stamp = -7};
  const auto read = PlaceOf(PositionOf(place));
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  EXPECT_EQ((*read)->epoch, 3);
  EXPECT_EQ((*read)->seen, "741:745:741,743");
  EXPECT_EQ((*read)->reading, "750:750:");
  EXPECT_EQ((*read)->last_stamp, -7);
}

TEST(Stamp, TheEmptyPositionStandsBeforeEverything) {
  const auto read = PlaceOf("");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->has_value());
}

TEST(Stamp, RefusesWhatItNeverMade) {
  for (const std::string position :
       {"foreign", "1", "1/2:2:/", "1///0", "x/2:2://0", "1/2:2://x",
        "1/2:2://0/", "1/2:2'; DROP TABLE events; --//0", "1/2:2://9e9",
        "1/22//0"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(PlaceOf(position).status()))
        << position;
  }
  EXPECT_FALSE(PlaceOf("1/" + std::string(1 << 20, ':') + "//0").ok());
}

TEST(Stamp, TheOldestUnseenTransactionBeginsTheSnapshot) {
  EXPECT_EQ(OldestUnseen("741:745:741,743"), int64_t{741} << kPlaceBits);
}

}  // namespace
}  // namespace careroute::store::postgres

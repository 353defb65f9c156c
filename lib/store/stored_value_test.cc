#include "lib/store/stored_value.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::store {
namespace {

TEST(StoredValue, KeepsTimesAndTheirInfinities) {
  for (const absl::Time time :
       {absl::FromUnixMicros(-1), absl::FromUnixSeconds(1735689600),
        absl::InfiniteFuture(), absl::InfinitePast()}) {
    EXPECT_EQ(StoredTime(absl::ToUnixMicros(time)), time);
  }
}

TEST(StoredValue, ReadsAStreamAndRefusesWhatNamesNone) {
  const StreamId stream{.kind = StreamKind::kPerson, .id = {.low = 7}};
  const auto read = StoredStream(stream.Bytes());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, stream);
  for (const std::string& bytes : {std::string(), std::string(17, '\xff')}) {
    EXPECT_TRUE(absl::IsDataLoss(StoredStream(bytes).status()));
  }
}

TEST(StoredValue, AStoreSaysWhatItIsOrIsDamaged) {
  StoredFacts facts{.uid = std::string(16, 'u'),
                    .clock = static_cast<int64_t>(ClockKind::kVirtual),
                    .epoch = 3,
                    .created = absl::FromUnixSeconds(1)};
  const auto info = StoreInfoOf(facts);
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_EQ(info->clock, ClockKind::kVirtual);
  EXPECT_EQ(info->epoch, 3);
  EXPECT_EQ(info->created, absl::FromUnixSeconds(1));
  facts.clock = 9;
  EXPECT_TRUE(absl::IsDataLoss(StoreInfoOf(facts).status()));
  facts.clock = static_cast<int64_t>(ClockKind::kReal);
  facts.uid = "short";
  EXPECT_TRUE(absl::IsDataLoss(StoreInfoOf(facts).status()));
}

}  // namespace
}  // namespace careroute::store

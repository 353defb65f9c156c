#include "lib/store/stream_id.h"

#include <string>

#include "gtest/gtest.h"

namespace careroute::store {
namespace {

TEST(StreamId, SurvivesItsBytes) {
  const StreamId stream{.kind = StreamKind::kReferral,
                        .id = {.high = 0x0102030405060708, .low = 9}};
  const std::string bytes = stream.Bytes();
  ASSERT_EQ(bytes.size(), kStreamIdSize);
  const auto read = StreamIdFromBytes(bytes);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, stream);
}

TEST(StreamId, BytesSortAsTheStructDoes) {
  const StreamId low{.kind = StreamKind::kCase, .id = {.high = 1, .low = 255}};
  const StreamId middle{.kind = StreamKind::kCase, .id = {.high = 256}};
  const StreamId high{.kind = StreamKind::kPerson, .id = {}};
  EXPECT_LT(low, middle);
  EXPECT_LT(middle, high);
  EXPECT_LT(low.Bytes(), middle.Bytes());
  EXPECT_LT(middle.Bytes(), high.Bytes());
}

TEST(StreamId, RefusesForeignBytes) {
  std::string unknown_kind(kStreamIdSize, '\0');
  EXPECT_FALSE(StreamIdFromBytes(unknown_kind).ok());
  unknown_kind[0] = static_cast<char>(static_cast<int>(kStreamKindLast) + 1);
  EXPECT_FALSE(StreamIdFromBytes(unknown_kind).ok());
  EXPECT_FALSE(StreamIdFromBytes("").ok());
  EXPECT_FALSE(StreamIdFromBytes(std::string(18, '\1')).ok());
}

}  // namespace
}  // namespace careroute::store

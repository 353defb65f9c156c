#include "lib/base/uid.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"

namespace careroute::base {
namespace {

constexpr Uid kUid{.high = 0x0123456789abcdef, .low = 0x00000000000000ff};

TEST(Uid, IsWrittenAs32LowerCaseDigits) {
  EXPECT_EQ(kUid.Hex(), "0123456789abcdef00000000000000ff");
  EXPECT_EQ(Uid().Hex(), "00000000000000000000000000000000");
}

TEST(Uid, IsStoredAs16BigEndianBytes) {
  EXPECT_EQ(absl::BytesToHexString(kUid.Bytes()), kUid.Hex());
}

TEST(Uid, SortsLikeItsDigits) {
  EXPECT_LT((Uid{.high = 1, .low = 9}), (Uid{.high = 2, .low = 0}));
  EXPECT_LT((Uid{.high = 1, .low = 1}), (Uid{.high = 1, .low = 2}));
}

TEST(Uid, IsZeroOnlyWhenBothHalvesAre) {
  EXPECT_TRUE(Uid().IsZero());
  EXPECT_FALSE((Uid{.high = 1}).IsZero());
  EXPECT_FALSE((Uid{.low = 1}).IsZero());
}

TEST(Uid, ServesAsAHashKey) {
  const absl::flat_hash_set<Uid> set = {kUid, kUid, Uid()};
  EXPECT_EQ(set.size(), 2U);
}

TEST(NewUid, ComesFromTheRandomHandedIn) {
  SeededRandom one(7);
  SeededRandom two(7);
  const Uid first = NewUid(one);
  EXPECT_EQ(first, NewUid(two));
  EXPECT_NE(first, NewUid(one));
}

TEST(NewUids, AreThoseThatOneAfterTheOtherWouldBe) {
  SeededRandom one(7);
  SeededRandom two(7);
  const std::vector<Uid> uids = NewUids(one, 3);
  ASSERT_EQ(uids.size(), 3U);
  for (const Uid& uid : uids) EXPECT_EQ(uid, NewUid(two));
}

TEST(DeriveUid, GivesTheSameUidForTheSameParts) {
  EXPECT_EQ(DeriveUid({"cases", "caller", "1"}),
            DeriveUid({"cases", "caller", "1"}));
}

TEST(DeriveUid, IsTheHeadOfTheHashOverLengthPrefixedParts) {
  const std::string input("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\0", 18);
  EXPECT_EQ(DeriveUid({"ab", ""}).Bytes(), Sha256(input).substr(0, 16));
}

TEST(DeriveUid, DependsOnWhereOnePartEnds) {
  EXPECT_NE(DeriveUid({"ab", "c"}), DeriveUid({"a", "bc"}));
  EXPECT_NE(DeriveUid({"ab"}), DeriveUid({"ab", ""}));
}

TEST(ParseUid, ReadsWhatHexWrites) {
  const absl::StatusOr<Uid> uid = ParseUid(kUid.Hex());
  ASSERT_TRUE(uid.ok());
  EXPECT_EQ(*uid, kUid);
}

TEST(ParseUid, RefusesEverythingElse) {
  const std::string digits = kUid.Hex();
  const std::string rest = digits.substr(1);
  const std::string texts[] = {
      "",         rest,       digits + "0",
      "g" + rest, "A" + rest, "0x" + digits.substr(2),
      "-" + rest, "/" + rest, ":" + rest,
      "`" + rest, " " + rest, std::string(1, '\0') + rest,
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(ParseUid(text).status().code(),
              absl::StatusCode::kInvalidArgument)
        << absl::CHexEscape(text);
  }
}

TEST(UidFromBytes, ReadsWhatBytesWrites) {
  const absl::StatusOr<Uid> uid = UidFromBytes(kUid.Bytes());
  ASSERT_TRUE(uid.ok());
  EXPECT_EQ(*uid, kUid);
}

TEST(UidFromBytes, RefusesAnotherSize) {
  EXPECT_FALSE(UidFromBytes("").ok());
  EXPECT_FALSE(UidFromBytes(std::string(15, 'a')).ok());
  EXPECT_FALSE(UidFromBytes(std::string(17, 'a')).ok());
}

}  // namespace
}  // namespace careroute::base

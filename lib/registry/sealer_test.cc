#include "lib/registry/sealer.h"

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

constexpr PartId kPart = {
    .stream = {.high = 1, .low = 2}, .version = 3, .data_class = 7};
constexpr absl::string_view kPlain = "диагноз уточняется";

class SealerTest : public testing::Test {
 protected:
  SealerTest() : random_(5), key_(PersonKey::New(random_)), sealer_(random_) {}

  std::string Seal(absl::string_view plain) {
    return sealer_.Seal({.key = key_, .part = kPart, .bytes = plain});
  }
  absl::StatusCode OpenCode(const PersonKey& key, const PartId& part,
                            absl::string_view sealed) {
    return sealer_.Open({.key = key, .part = part, .bytes = sealed})
        .status()
        .code();
  }

  base::SeededRandom random_;
  PersonKey key_;
  Sealer sealer_;
};

TEST_F(SealerTest, OpensWhatItSealed) {
  for (const std::string& plain :
       {std::string(kPlain), std::string(), std::string(100000, 'x'),
        std::string("\0\1", 2)}) {
    const absl::StatusOr<std::string> opened =
        sealer_.Open({.key = key_, .part = kPart, .bytes = Seal(plain)});
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(*opened, plain);
  }
}

TEST_F(SealerTest, AddsTheStatedOverheadAndHidesTheText) {
  const std::string sealed = Seal(kPlain);
  EXPECT_EQ(sealed.size(), kPlain.size() + kSealedOverhead);
  EXPECT_FALSE(absl::StrContains(sealed, kPlain.substr(0, 8)));
}

TEST_F(SealerTest, NeverSealsTwiceTheSameWay) {
  std::set<std::string> sealed;
  for (int i = 0; i < 1000; ++i) {
    sealed.insert(Seal(kPlain));
  }
  EXPECT_EQ(sealed.size(), 1000u);
}

TEST_F(SealerTest, NoticesAnyBitChanged) {
  const std::string sealed = Seal(kPlain);
  for (size_t i = 0; i < sealed.size() * 8; ++i) {
    std::string changed = sealed;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(OpenCode(key_, kPart, changed), absl::StatusCode::kDataLoss)
        << "bit " << i;
  }
}

TEST_F(SealerTest, NoticesAnyCutAndAnyAddition) {
  const std::string sealed = Seal(kPlain);
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(OpenCode(key_, kPart, sealed.substr(0, size)),
              absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(OpenCode(key_, kPart, sealed + "x"), absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, DoesNotOpenInAnotherEventOrClass) {
  const std::string sealed = Seal(kPlain);
  PartId other = kPart;
  other.stream.low = 3;
  EXPECT_EQ(OpenCode(key_, other, sealed), absl::StatusCode::kDataLoss);
  other = kPart;
  other.version = 4;
  EXPECT_EQ(OpenCode(key_, other, sealed), absl::StatusCode::kDataLoss);
  other = kPart;
  other.data_class = 8;
  EXPECT_EQ(OpenCode(key_, other, sealed), absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, DoesNotOpenUnderAnotherPersonsKey) {
  EXPECT_EQ(OpenCode(PersonKey::New(random_), kPart, Seal(kPlain)),
            absl::StatusCode::kDataLoss);
}

TEST_F(SealerTest, WorksOnAfterAFailure) {
  const std::string sealed = Seal(kPlain);
  EXPECT_EQ(OpenCode(PersonKey::New(random_), kPart, sealed),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(OpenCode(key_, kPart, sealed), absl::StatusCode::kOk);
}

// The stored form: what a release sealed must open for ever. These bytes were
// computed apart, with another implementation of AES-256-GCM.
TEST_F(SealerTest, OpensAPartOfVersionOne) {
  const absl::StatusOr<PersonKey> key =
      PersonKey::FromBytes(std::string(32, '\x2a'));
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(*sealer_.Open({.key = *key,
                           .part = kPart,
                           .bytes = absl::HexStringToBytes(
                               "01000102030405060708090a0b3c4c263cc91fc8449031b"
                               "39ba36432bd1ed872e5")}),
            "part");
}

}  // namespace
}  // namespace careroute::registry

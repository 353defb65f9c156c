#include "lib/registry/key_ring.h"

#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

constexpr absl::Time kNow = absl::FromUnixSeconds(1736380800);

TEST(KeyRing, StartsWithOneActiveKeyOfEachUse) {
  base::SeededRandom random(1);
  const KeyRing ring = KeyRing::Generate(random, kNow);
  ASSERT_EQ(ring.keys().size(), 3u);
  for (const KeyUse use : kKeyUses) {
    const Key& key = ring.Active(use);
    EXPECT_EQ(key.use, use);
    EXPECT_NE(key.id, 0u);
    EXPECT_EQ(key.created, kNow);
    EXPECT_EQ(key.secret.size(), kKeySize);
  }
  EXPECT_EQ(ring.Active(KeyUse::kSigning).public_key.size(), 32u);
}

TEST(KeyRing, KeepsOldKeysReadableAfterRotation) {
  base::SeededRandom random(1);
  KeyRing ring = KeyRing::Generate(random, kNow);
  const KeyId first = ring.Active(KeyUse::kWrapping).id;
  const Secret first_secret = ring.Active(KeyUse::kWrapping).secret.Clone();
  ASSERT_TRUE(ring.Rotate(KeyUse::kWrapping, random, kNow).ok());
  const KeyId second = ring.Active(KeyUse::kWrapping).id;
  ASSERT_TRUE(ring.Rotate(KeyUse::kWrapping, random, kNow).ok());

  const std::vector<const Key*> readable = ring.Readable(KeyUse::kWrapping);
  ASSERT_EQ(readable.size(), 3u);
  EXPECT_TRUE(readable[0]->active);
  EXPECT_EQ(readable[1]->id, second);
  EXPECT_EQ(readable[2]->id, first);
  EXPECT_EQ(ring.Find(KeyUse::kWrapping, first)->secret, first_secret);
  EXPECT_FALSE(ring.Find(KeyUse::kWrapping, first)->active);
  // The other uses are untouched.
  EXPECT_EQ(ring.Readable(KeyUse::kBlindIndex).size(), 1u);
}

TEST(KeyRing, ForgetsThePrivateHalfOfAnOldSigningKey) {
  base::SeededRandom random(1);
  KeyRing ring = KeyRing::Generate(random, kNow);
  const KeyId old = ring.Active(KeyUse::kSigning).id;
  const std::string public_key = ring.Active(KeyUse::kSigning).public_key;
  ASSERT_TRUE(ring.Rotate(KeyUse::kSigning, random, kNow).ok());
  EXPECT_TRUE(ring.Find(KeyUse::kSigning, old)->secret.empty());
  EXPECT_EQ(ring.Find(KeyUse::kSigning, old)->public_key, public_key);
}

TEST(KeyRing, FindsNoKeyUnderAnotherUse) {
  base::SeededRandom random(1);
  const KeyRing ring = KeyRing::Generate(random, kNow);
  EXPECT_EQ(ring.Find(KeyUse::kSigning, ring.Active(KeyUse::kWrapping).id),
            nullptr);
}

TEST(KeyRing, CoversTheRingItGrewFromAndNotTheReverse) {
  base::SeededRandom random(1);
  const KeyRing before = KeyRing::Generate(random, kNow);
  KeyRing after = before.Clone();
  EXPECT_EQ(after, before);
  for (const KeyUse use : kKeyUses) {
    ASSERT_TRUE(after.Rotate(use, random, kNow).ok());
  }
  EXPECT_TRUE(after.Covers(before));
  EXPECT_FALSE(before.Covers(after));
  EXPECT_FALSE(KeyRing::Generate(random, kNow).Covers(before));
}

Key Copy(const Key& key) {
  Key copy;
  copy.use = key.use;
  copy.id = key.id;
  copy.created = key.created;
  copy.active = key.active;
  copy.secret = key.secret.Clone();
  copy.public_key = key.public_key;
  return copy;
}

std::vector<Key> ThreeKeys() {
  base::SeededRandom random(1);
  const KeyRing ring = KeyRing::Generate(random, kNow);
  std::vector<Key> keys;
  for (const Key& key : ring.keys()) {
    keys.push_back(Copy(key));
  }
  return keys;
}

void ExpectNoRing(std::vector<Key> keys) {
  EXPECT_EQ(KeyRing::FromKeys(std::move(keys)).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(KeyRingFromKeys, TakesWhatAnotherRingHolds) {
  EXPECT_TRUE(KeyRing::FromKeys(ThreeKeys()).ok());
}

TEST(KeyRingFromKeys, RefusesAnIdTwice) {
  std::vector<Key> keys = ThreeKeys();
  keys[1].id = keys[0].id;
  ExpectNoRing(std::move(keys));
}

TEST(KeyRingFromKeys, RefusesAUseWithoutAnActiveKey) {
  std::vector<Key> keys = ThreeKeys();
  keys[0].active = false;
  ExpectNoRing(std::move(keys));
}

TEST(KeyRingFromKeys, RefusesTwoActiveKeysOfOneUse) {
  std::vector<Key> keys = ThreeKeys();
  keys.push_back(Copy(keys[0]));
  keys.back().id += 1;
  ExpectNoRing(std::move(keys));
}

TEST(KeyRingFromKeys, RefusesAKeyOfAWrongSize) {
  std::vector<Key> keys = ThreeKeys();
  keys[0].secret = Secret::CopyOf("short");
  ExpectNoRing(std::move(keys));
}

TEST(Secret, IsEmptyAfterItWasMovedFrom) {
  Secret first = Secret::CopyOf("0123");
  const Secret second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): the point
  EXPECT_EQ(second.view(), "0123");
}

TEST(Secret, ComparesByContent) {
  EXPECT_EQ(Secret::CopyOf("0123"), Secret::CopyOf("0123"));
  EXPECT_FALSE(Secret::CopyOf("0123") == Secret::CopyOf("0124"));
  EXPECT_FALSE(Secret::CopyOf("0123") == Secret::CopyOf("012"));
  EXPECT_EQ(Secret(), Secret::CopyOf(""));
}

TEST(Secret, WipeEmptiesAString) {
  std::string text = "a key";
  const char* bytes = text.data();
  Wipe(text);
  EXPECT_TRUE(text.empty());
  // The short string's own buffer is still there, and is zero.
  EXPECT_EQ(std::string(bytes, 5), std::string(5, '\0'));
}

}  // namespace
}  // namespace careroute::registry

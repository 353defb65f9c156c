#include "lib/registry/blind_index.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"

namespace careroute::registry {
namespace {

const Term kSnils = {.kind = TermKind::kSnils, .value = "11223344595"};

TEST(BlindIndex, GivesEqualTokensForEqualTermsAlone) {
  base::SeededRandom random(1);
  const KeyRing ring = KeyRing::Generate(random, absl::UnixEpoch());
  const BlindIndex index(ring);
  EXPECT_EQ(index.Token(kSnils), index.Token(kSnils));
  EXPECT_EQ(index.Token(kSnils).size(), kTokenSize);

  std::set<std::string> tokens;
  for (int kind = 1; kind <= 8; ++kind) {
    for (const char* value : {"", "11223344595", "11223344596"}) {
      tokens.insert(
          index.Token({.kind = static_cast<TermKind>(kind), .value = value}));
    }
  }
  EXPECT_EQ(tokens.size(), 24u);
}

TEST(BlindIndex, HidesTheValueFromAnotherRing) {
  base::SeededRandom random(1);
  const KeyRing one = KeyRing::Generate(random, absl::UnixEpoch());
  const KeyRing two = KeyRing::Generate(random, absl::UnixEpoch());
  EXPECT_NE(BlindIndex(one).Token(kSnils).substr(8),
            BlindIndex(two).Token(kSnils).substr(8));
  EXPECT_FALSE(absl::StrContains(BlindIndex(one).Token(kSnils), "1122"));
}

TEST(BlindIndex, FindsWhatWasStoredBeforeARotation) {
  base::SeededRandom random(1);
  KeyRing ring = KeyRing::Generate(random, absl::UnixEpoch());
  const std::string stored = BlindIndex(ring).Token(kSnils);
  ASSERT_TRUE(ring.Rotate(KeyUse::kBlindIndex, random, absl::UnixEpoch()).ok());
  const BlindIndex index(ring);
  const std::vector<std::string> tokens = index.LookupTokens(kSnils);
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0], index.Token(kSnils));
  EXPECT_EQ(tokens[1], stored);
  EXPECT_TRUE(index.IsCurrent(tokens[0]));
  EXPECT_FALSE(index.IsCurrent(stored));
}

// Tokens are stored: the same key and term must give the same one for ever.
// This one was computed apart, with another implementation of HMAC.
TEST(BlindIndex, GivesTheTokenOfVersionOne) {
  std::vector<Key> keys;
  for (const KeyUse use : kKeyUses) {
    Key key;
    key.use = use;
    key.id = 0x0102030405060708 + static_cast<KeyId>(use) - 1;
    key.active = true;
    key.secret = Secret::CopyOf(std::string(32, '\x2a'));
    if (use == KeyUse::kSigning) {
      key.public_key = std::string(32, 'p');
    }
    keys.push_back(std::move(key));
  }
  const absl::StatusOr<KeyRing> ring = KeyRing::FromKeys(std::move(keys));
  ASSERT_TRUE(ring.ok()) << ring.status();
  EXPECT_EQ(absl::BytesToHexString(BlindIndex(*ring).Token(kSnils)),
            "0102030405060708730e3a118a444c19a07f216037495a3c");
}

}  // namespace
}  // namespace careroute::registry

#include "lib/registry/public_key.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/registry/signer.h"

namespace careroute::registry {
namespace {

TEST(PublicKey, IsReadAsItWasWritten) {
  base::SeededRandom random(7);
  const KeyRing ring = KeyRing::Generate(random, absl::UnixEpoch());
  const PublicKey key = PublicKeyOf(ring.Active(KeyUse::kSigning));
  const auto read = ParsePublicKey(ToText(key));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, key);
  const Signature signature = Signer(ring).Sign("bytes");
  EXPECT_TRUE(
      VerifyWithPublicKey(
          {.signature = signature, .public_key = read->bytes, .bytes = "bytes"})
          .ok());
}

TEST(PublicKey, IsWrittenInOneWayOnly) {
  const std::string key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  ASSERT_TRUE(
      ParsePublicKey(absl::StrCat("ed25519:00000000000000ff:", key)).ok());
  for (const std::string& text :
       {std::string(), std::string("ed25519"), key,
        absl::StrCat("ed25519:ff:", key),
        absl::StrCat("ed25519:00000000000000FF:", key),
        absl::StrCat("ed25519:0000000000000000:", key),
        absl::StrCat("ed25519:0x000000000000ff:", key),
        absl::StrCat("ed25519:000000000000000ff:", key),
        absl::StrCat("rsa:00000000000000ff:", key),
        absl::StrCat("ed25519:00000000000000ff:", key, ":"),
        absl::StrCat("ed25519:00000000000000ff: ", key),
        std::string("ed25519:00000000000000ff:AAAA"),
        std::string("ed25519:00000000000000ff:")}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParsePublicKey(text).status())) << text;
  }
}

}  // namespace
}  // namespace careroute::registry

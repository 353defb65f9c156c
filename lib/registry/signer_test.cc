#include "lib/registry/signer.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/registry/internal/ed25519.h"

namespace careroute::registry {
namespace {

KeyRing NewRing(uint64_t seed) {
  base::SeededRandom random(seed);
  return KeyRing::Generate(random, absl::UnixEpoch());
}

TEST(Signer, VerifiesWhatItSigned) {
  const KeyRing ring = NewRing(1);
  const Signer signer(ring);
  const Signature signature = signer.Sign("checkpoint");
  EXPECT_EQ(signature.algorithm, "ed25519");
  EXPECT_EQ(signature.key_id, ring.Active(KeyUse::kSigning).id);
  EXPECT_TRUE(signer.Verify(signature, "checkpoint").ok());
}

TEST(Signer, NoticesOtherBytesAndOtherSignatures) {
  const KeyRing ring = NewRing(1);
  const Signer signer(ring);
  Signature signature = signer.Sign("checkpoint");
  EXPECT_EQ(signer.Verify(signature, "checkpoinT").code(),
            absl::StatusCode::kDataLoss);
  signature.bytes[40] = static_cast<char>(signature.bytes[40] ^ 1);
  EXPECT_EQ(signer.Verify(signature, "checkpoint").code(),
            absl::StatusCode::kDataLoss);
  signature.bytes.clear();
  EXPECT_EQ(signer.Verify(signature, "checkpoint").code(),
            absl::StatusCode::kDataLoss);
}

TEST(Signer, VerifiesOldSignaturesAfterARotation) {
  base::SeededRandom random(1);
  KeyRing ring = KeyRing::Generate(random, absl::UnixEpoch());
  const Signature before = Signer(ring).Sign("checkpoint");
  ASSERT_TRUE(ring.Rotate(KeyUse::kSigning, random, absl::UnixEpoch()).ok());
  const Signer signer(ring);
  EXPECT_TRUE(signer.Verify(before, "checkpoint").ok());
  const Signature after = signer.Sign("checkpoint");
  EXPECT_NE(after.key_id, before.key_id);
  EXPECT_TRUE(signer.Verify(after, "checkpoint").ok());
}

TEST(Signer, SaysWhenTheKeyIsNotInTheRing) {
  const KeyRing ours = NewRing(1);
  const KeyRing theirs = NewRing(2);
  EXPECT_EQ(Signer(ours).Verify(Signer(theirs).Sign("x"), "x").code(),
            absl::StatusCode::kNotFound);
}

TEST(Signer, SaysWhenTheAlgorithmIsOfALaterRelease) {
  const KeyRing ring = NewRing(1);
  Signature signature = Signer(ring).Sign("x");
  signature.algorithm = "gost3410-2012-256";
  EXPECT_EQ(Signer(ring).Verify(signature, "x").code(),
            absl::StatusCode::kUnimplemented);
}

TEST(VerifyWithPublicKey, NeedsNoRing) {
  const KeyRing ring = NewRing(1);
  const Signature signature = Signer(ring).Sign("envelope");
  const std::string& public_key = ring.Active(KeyUse::kSigning).public_key;
  EXPECT_TRUE(VerifyWithPublicKey({.signature = signature,
                                   .public_key = public_key,
                                   .bytes = "envelope"})
                  .ok());
  EXPECT_EQ(VerifyWithPublicKey({.signature = signature,
                                 .public_key = public_key.substr(1),
                                 .bytes = "envelope"})
                .code(),
            absl::StatusCode::kDataLoss);
}

// RFC 8032, section 7.1, test 2.
TEST(Ed25519, GivesTheSignatureOfTheStandard) {
  const Secret seed = Secret::CopyOf(absl::HexStringToBytes(
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(absl::BytesToHexString(internal::Ed25519PublicKey(seed)),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(absl::BytesToHexString(internal::Ed25519Sign(seed, "\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

}  // namespace
}  // namespace careroute::registry

#include "lib/exchange/manifest.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/base/random.h"

namespace careroute::exchange {
namespace {

using google::protobuf::RepeatedPtrField;

constexpr uint64_t kSeed = 11;
constexpr absl::Time kNow = absl::FromUnixSeconds(1745000000);

class ManifestTest : public ::testing::Test {
 protected:
  ManifestTest() {
    envelopes_.Add("one");
    envelopes_.Add("two");
    manifest_.set_from_hub("west");
    manifest_.set_to_hub("east");
    manifest_.set_batch(1);
    for (const std::string& one : envelopes_) {
      manifest_.add_hashes(base::Sha256(one));
    }
  }

  static std::vector<PeerKey> KeysOf(const registry::KeyRing& ring) {
    std::vector<PeerKey> keys;
    for (const registry::Key* key : ring.Readable(registry::KeyUse::kSigning)) {
      keys.push_back({.id = key->id, .public_key = key->public_key});
    }
    return keys;
  }

  v1::Receipt ReceiptOf(const SignedBytes& sent) const {
    v1::Receipt receipt;
    receipt.set_from_hub("east");
    receipt.set_to_hub("west");
    receipt.set_manifest_hash(base::Sha256(sent.bytes));
    receipt.add_verdicts()->set_fate(v1::ENVELOPE_FATE_TAKEN);
    receipt.add_verdicts()->set_fate(v1::ENVELOPE_FATE_TAKEN);
    return receipt;
  }

  base::SeededRandom random_{kSeed};
  registry::KeyRing ring_ = registry::KeyRing::Generate(random_, kNow);
  registry::Signer signer_{ring_};
  v1::Manifest manifest_;
  RepeatedPtrField<std::string> envelopes_;
};

TEST_F(ManifestTest, WhatWasSignedIsReadWithTheKeyOfTheSigner) {
  const SignedBytes made = Sign(manifest_, signer_);
  const absl::StatusOr<v1::Manifest> read = OpenManifest(made, KeysOf(ring_));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), manifest_.SerializeAsString());
  EXPECT_EQ(made.signature.key_id(),
            ring_.Active(registry::KeyUse::kSigning).id);
}

TEST_F(ManifestTest, AKeyThatWasRotatedIsStillBelievedWhereItIsConfigured) {
  const SignedBytes made = Sign(manifest_, signer_);
  ASSERT_TRUE(
      ring_.Rotate(registry::KeyUse::kSigning, random_, kNow + absl::Hours(1))
          .ok());
  EXPECT_TRUE(OpenManifest(made, KeysOf(ring_)).ok());
  std::vector<PeerKey> newest = KeysOf(ring_);
  newest.resize(1);
  EXPECT_TRUE(absl::IsUnauthenticated(OpenManifest(made, newest).status()));
}

TEST_F(ManifestTest, RefusesAChangedByteAnotherKeyAndAnotherAlgorithm) {
  const std::vector<PeerKey> keys = KeysOf(ring_);
  SignedBytes changed = Sign(manifest_, signer_);
  changed.bytes += "x";
  EXPECT_TRUE(absl::IsUnauthenticated(OpenManifest(changed, keys).status()));

  const registry::KeyRing other = registry::KeyRing::Generate(random_, kNow);
  SignedBytes forged = Sign(manifest_, registry::Signer(other));
  EXPECT_TRUE(absl::IsUnauthenticated(OpenManifest(forged, keys).status()));
  forged.signature.set_key_id(keys[0].id);
  EXPECT_TRUE(absl::IsUnauthenticated(OpenManifest(forged, keys).status()));

  SignedBytes renamed = Sign(manifest_, signer_);
  renamed.signature.set_algorithm("none");
  EXPECT_TRUE(absl::IsUnauthenticated(OpenManifest(renamed, keys).status()));
}

TEST_F(ManifestTest, AReceiptIsNotShownAsAManifest) {
  v1::Receipt receipt;
  receipt.set_from_hub("west");
  receipt.set_to_hub("east");
  const SignedBytes made = Sign(receipt, signer_);
  EXPECT_TRUE(OpenReceipt(made, KeysOf(ring_)).ok());
  EXPECT_TRUE(
      absl::IsUnauthenticated(OpenManifest(made, KeysOf(ring_)).status()));
}

TEST_F(ManifestTest, EnvelopesAreThoseThatWereSigned) {
  EXPECT_TRUE(CheckEnvelopes(manifest_, envelopes_).ok());
  RepeatedPtrField<std::string> swapped = envelopes_;
  swapped.SwapElements(0, 1);
  EXPECT_TRUE(absl::IsInvalidArgument(CheckEnvelopes(manifest_, swapped)));
  RepeatedPtrField<std::string> fewer = envelopes_;
  fewer.RemoveLast();
  EXPECT_TRUE(absl::IsInvalidArgument(CheckEnvelopes(manifest_, fewer)));
  EXPECT_TRUE(absl::IsInvalidArgument(CheckEnvelopes(v1::Manifest(), {})));
}

TEST_F(ManifestTest, RefusesMoreThanABatchMayHold) {
  v1::Manifest many;
  RepeatedPtrField<std::string> envelopes;
  for (int i = 0; i <= kEnvelopesPerBatchMax; ++i) {
    envelopes.Add("one");
    many.add_hashes(base::Sha256("one"));
  }
  EXPECT_TRUE(absl::IsInvalidArgument(CheckEnvelopes(many, envelopes)));

  v1::Manifest large;
  RepeatedPtrField<std::string> bytes;
  for (int i = 0; i < 5; ++i) {
    bytes.Add(std::string(kEnvelopeBytesMax, 'x'));
    large.add_hashes(base::Sha256(bytes.Get(i)));
  }
  EXPECT_TRUE(absl::IsInvalidArgument(CheckEnvelopes(large, bytes)));
}

TEST_F(ManifestTest, AReceiptAnswersItsOwnBatchAndEachEnvelope) {
  const SignedBytes sent = Sign(manifest_, signer_);
  EXPECT_TRUE(CheckReceipt(ReceiptOf(sent), manifest_, sent).ok());
  struct Row {
    const char* name;
    void (*change)(v1::Receipt&);
  };
  constexpr Row kRows[] = {
      {"of another hub", [](v1::Receipt& r) { r.set_from_hub("north"); }},
      {"to another hub", [](v1::Receipt& r) { r.set_to_hub("north"); }},
      {"of another batch", [](v1::Receipt& r) { r.set_manifest_hash("x"); }},
      {"a verdict too few",
       [](v1::Receipt& r) { r.mutable_verdicts()->RemoveLast(); }},
  };
  for (const Row& row : kRows) {
    v1::Receipt receipt = ReceiptOf(sent);
    row.change(receipt);
    EXPECT_TRUE(absl::IsInvalidArgument(CheckReceipt(receipt, manifest_, sent)))
        << row.name;
  }
}

}  // namespace
}  // namespace careroute::exchange

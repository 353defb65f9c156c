// A hub whose peer, or whoever comes to its port, means it harm: signatures
// that are forged, batches that come again, go astray or are too large,
// strangers, rubbish. Whatever comes, what is sound is taken afterwards, once,
// and the store is as its events say.

#include <signal.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/exchange/v1/exchange_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/base/hash.h"
#include "lib/base/random.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_random.h"
#include "lib/exchange/manifest.h"
#include "lib/registry/key_ring_file.h"
#include "services/tls/development_authority.h"
#include "tests/hub/peer_bench.h"
#include "tests/hub/raw_bytes.h"

namespace careroute::tests {
namespace {

using exchange::v1::DeliverRequest;
using exchange::v1::DeliverResponse;
using exchange::v1::Envelope;
using exchange::v1::EnvelopeVerdict;
using registry::KeyRing;
using services::Client;
using ::testing::HasSubstr;

// Nobody is there: the west has nothing to send.
constexpr char kNowhere[] = "127.0.0.1:1";
// More than the door takes of any message.
constexpr size_t kMessageBytesMax = 16 << 20;

constexpr char kOpened[] = R"pb(
  format: 1
  from_hub: "east"
  to_hub: "west"
  from_organisation: "organisations/clinic"
  to_organisation: "organisations/office"
  referral: "0123456789abcdef"
  side: REFERRAL_SIDE_REQUEST
  sequence: 1
  recorded_time { seconds: 1772409600 }
  ground {
    classes: DATA_CLASS_IDENTITY
    way: "by_consent"
    consent: "cases/00000000000000000000000000000001/consents/1"
  }
  opened {
    referral {
      uid: "30313233343536373839616263646566"
      kind: REFERRAL_KIND_REFERRAL
      delivery: DELIVERY_SENT
      pathway: "home-help"
      step: "help"
      occurrence: 3
      requester: "organisations/clinic"
      performer: "organisations/office"
      service: "home-help"
      disclosed {
        way: "by_consent"
        consent: "cases/00000000000000000000000000000001/consents/1"
        classes: DATA_CLASS_IDENTITY
        identity { given_name: "Анна" family_name: "Выдуманная" }
      }
      request { sequence: 1 move: REFERRAL_MOVE_MADE }
      request { sequence: 2 move: REFERRAL_MOVE_SENT }
    }
    outcomes: "done"
  })pb";

Envelope Opened() {
  Envelope envelope;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(kOpened, &envelope));
  return envelope;
}

KeyRing LoadKeys(const std::string& path) {
  absl::StatusOr<KeyRing> ring = registry::LoadKeyRingFile(path);
  CAREROUTE_CHECK(ring.ok());
  return *std::move(ring);
}

// The test is the hub "east", with its certificate and its keys.
class HostileExchange : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(hub_->port(), 0);
    bench_.ImportDirectory(kWest, hub_->port());
  }

  struct Posting {
    std::string from = kEast;
    std::string to = kWest;
    std::vector<std::string> envelopes;
  };
  // Signed with the east's key, or with another one.
  [[nodiscard]] DeliverRequest Batch(const Posting& posting) {
    return Batch(posting, keys_);
  }
  [[nodiscard]] DeliverRequest Batch(const Posting& posting,
                                     const KeyRing& keys) {
    exchange::v1::Manifest manifest;
    manifest.set_from_hub(posting.from);
    manifest.set_to_hub(posting.to);
    manifest.set_epoch(1);
    manifest.set_batch(++batches_);
    DeliverRequest request;
    for (const std::string& one : posting.envelopes) {
      manifest.add_hashes(base::Sha256(one));
      request.add_envelopes(one);
    }
    const exchange::SignedBytes made =
        exchange::Sign(manifest, registry::Signer(keys));
    request.set_manifest(made.bytes);
    *request.mutable_signature() = made.signature;
    return request;
  }
  [[nodiscard]] DeliverRequest BatchOf(const Envelope& envelope) {
    return Batch({.envelopes = {envelope.SerializeAsString()}});
  }

  // As whoever has that certificate of the bench; without one, as nobody.
  [[nodiscard]] Client As(const std::string& name) const {
    PeerBench::Identity identity;
    if (!name.empty()) {
      identity.certificate =
          bench_.Read(absl::StrCat("certificates/", name, ".pem"));
      identity.key = bench_.Read(absl::StrCat("certificates/", name, ".key"));
    }
    return bench_.Caller(kWest, hub_->port(), identity);
  }

  static absl::StatusOr<DeliverResponse> Deliver(
      const Client& client, const DeliverRequest& request) {
    return client.Call<DeliverResponse>(
        "careroute.exchange.v1.ExchangeService.Deliver", request);
  }
  [[nodiscard]] absl::Status Fails(const DeliverRequest& request) const {
    return Deliver(As(kEast), request).status();
  }
  // On the only envelope of a batch that is sound as a whole.
  [[nodiscard]] EnvelopeVerdict Verdict(const DeliverRequest& request) const {
    const auto response = Deliver(As(kEast), request);
    EXPECT_TRUE(response.ok()) << response.status();
    exchange::v1::Receipt receipt;
    if (!response.ok() || !receipt.ParseFromString(response->receipt()) ||
        receipt.verdicts_size() != 1) {
      return {};
    }
    return receipt.verdicts(0);
  }
  void ExpectRefused(const Envelope& envelope, const std::string& why) {
    const EnvelopeVerdict verdict = Verdict(BatchOf(envelope));
    EXPECT_EQ(verdict.fate(), exchange::v1::ENVELOPE_FATE_REFUSED);
    EXPECT_EQ(verdict.why(), why);
  }

  // What the peer itself sends is taken, and nothing else was.
  void TearDown() override {
    EXPECT_EQ(Verdict(BatchOf(Opened())).fate(),
              exchange::v1::ENVELOPE_FATE_TAKEN);
    hub_->Signal(SIGTERM);
    EXPECT_EQ(hub_->Wait(), 0) << hub_->log();
    const Ran looked = bench_.Fsck(kWest);
    EXPECT_EQ(looked.status, 0) << looked.log;
    EXPECT_THAT(looked.log, HasSubstr(" 1 open referrals"));
  }

  const PeerBench bench_{{.east_address = kNowhere, .west_address = kNowhere}};
  const KeyRing keys_ = LoadKeys(bench_.File("east/hub.keys"));
  std::unique_ptr<Program> hub_ = bench_.Start(kWest);
  int64_t batches_ = 0;
};

TEST_F(HostileExchange, AForgedSignatureIsNotBelieved) {
  base::RealRandom random;
  const KeyRing forger = KeyRing::Generate(random, base::RealClock().Now());
  const Posting sound{.envelopes = {Opened().SerializeAsString()}};
  EXPECT_TRUE(absl::IsUnauthenticated(Fails(Batch(sound, forger))));
  DeliverRequest claimed = Batch(sound, forger);
  claimed.mutable_signature()->set_key_id(Batch(sound).signature().key_id());
  EXPECT_TRUE(absl::IsUnauthenticated(Fails(claimed)));
  DeliverRequest changed = Batch(sound);
  changed.mutable_envelopes(0)->append("x");
  EXPECT_TRUE(absl::IsInvalidArgument(Fails(changed)));
}

TEST_F(HostileExchange, ABatchThatComesAgainHasNoSecondEffect) {
  const DeliverRequest batch = BatchOf(Opened());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Verdict(batch).fate(), exchange::v1::ENVELOPE_FATE_TAKEN);
  }
}

TEST_F(HostileExchange, WhatIsForAnotherOrFromAnotherIsNotTaken) {
  const std::string sound = Opened().SerializeAsString();
  EXPECT_TRUE(absl::IsPermissionDenied(
      Fails(Batch({.to = "north", .envelopes = {sound}}))));
  EXPECT_TRUE(absl::IsPermissionDenied(
      Fails(Batch({.from = "north", .envelopes = {sound}}))));
  Envelope astray = Opened();
  astray.set_to_hub("north");
  ExpectRefused(astray, "wrong_addressee");
  Envelope of_another = Opened();
  of_another.set_from_organisation(kOfficeName);
  ExpectRefused(of_another, "not_yours");
  Envelope groundless = Opened();
  groundless.clear_ground();
  ExpectRefused(groundless, "no_ground");
}

TEST_F(HostileExchange, WhatIsTooLargeIsRefusedAtEverySize) {
  Envelope large = Opened();
  large.mutable_opened()->add_outcomes(
      std::string(exchange::kEnvelopeBytesMax, 'x'));
  ExpectRefused(large, "too_large");
  const std::string megabyte(exchange::kEnvelopeBytesMax, 'x');
  EXPECT_TRUE(absl::IsInvalidArgument(
      Fails(Batch({.envelopes = std::vector<std::string>(5, megabyte)}))));
  EXPECT_TRUE(absl::IsResourceExhausted(
      Fails(Batch({.envelopes = {std::string(kMessageBytesMax + 1, 'x')}}))));
}

TEST_F(HostileExchange, AStrangerIsNotHeard) {
  const DeliverRequest sound = BatchOf(Opened());
  EXPECT_FALSE(Deliver(As(""), sound).ok());
  // The hub itself is none of its peers.
  EXPECT_TRUE(absl::IsUnauthenticated(Deliver(As(kWest), sound).status()));
  auto authority =
      services::DevelopmentAuthority::New({.now = base::RealClock().Now()});
  ASSERT_TRUE(authority.ok()) << authority.status();
  const auto impostor = authority->Issue({.common_name = kEast});
  ASSERT_TRUE(impostor.ok()) << impostor.status();
  const Client stranger = bench_.Caller(kWest, hub_->port(),
                                        {.certificate = impostor->certificate,
                                         .key = impostor->key,
                                         .actor = {}});
  EXPECT_FALSE(Deliver(stranger, sound).ok());
}

TEST_F(HostileExchange, RubbishAndPlainTextOnItsPortHarmNobody) {
  base::SeededRandom random(7);
  for (const std::string& rubbish :
       {std::string("GET / HTTP/1.1\r\nHost: hub\r\n\r\n"), std::string(),
        random.Bytes(65536), std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
        std::string("\x16\x03\x03\xff\xff", 5) + random.Bytes(65535)}) {
    SendRaw(hub_->port(), rubbish);
  }
  const Client plain({.address = absl::StrCat("127.0.0.1:", hub_->port())});
  EXPECT_FALSE(Deliver(plain, BatchOf(Opened())).ok());
  for (const char* bytes : {"", "\xff\xff"}) {
    DeliverRequest rubbish;
    rubbish.set_manifest(bytes);
    EXPECT_FALSE(Fails(rubbish).ok());
  }
}

}  // namespace
}  // namespace careroute::tests

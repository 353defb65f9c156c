#include "lib/exchange/receiver.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/exchange/internal/told.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/scripted_hub.h"

namespace careroute::exchange {
namespace {

using testing::HubNetwork;
using testing::Posting;
using testing::Referred;
using testing::ScriptedHub;
using testing::SignedBatch;
using ::testing::SizeIs;

constexpr uint64_t kSeed = 9;
constexpr absl::Duration kSoon = absl::Seconds(5);

// The envelopes that the west would send are caught, and given to the east by
// hand: whole, changed, again.
class ReceiverTest : public ::testing::Test {
 protected:
  ReceiverTest() : referred_(hubs_.Refer()) {
    ScriptedHub caught(hubs_, "east", [](const v1::Envelope&) {
      return testing::Fate(v1::ENVELOPE_FATE_TAKEN);
    });
    hubs_.Run(kSoon);
    hubs_.Ask(referred_,
              "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }");
    hubs_.Run(kSoon);
    envelopes_ = caught.bytes();
    hubs_.network().Join("east", [](const std::string&, v1::DeliverRequest,
                                    base::Done<v1::DeliverResponse> done) {
      std::move(done)(absl::UnavailableError("nobody is there"));
    });
    EXPECT_THAT(envelopes_, SizeIs(2));
  }

  absl::StatusOr<v1::DeliverResponse> Deliver(const std::string& from,
                                              v1::DeliverRequest request) {
    return hubs_.bench("east").Wait<v1::DeliverResponse>(
        [&](base::Done<v1::DeliverResponse> done) {
          hubs_.exchange("east").Deliver(from, std::move(request),
                                         std::move(done));
        });
  }

  v1::DeliverRequest Batch(std::vector<std::string> envelopes) {
    return SignedBatch(hubs_, {.from = "west",
                               .to = "east",
                               .batch = ++batches_,
                               .envelopes = std::move(envelopes)});
  }

  // The verdicts of a batch that is sound as a whole.
  std::vector<v1::EnvelopeVerdict> Verdicts(
      std::vector<std::string> envelopes) {
    const v1::DeliverRequest request = Batch(std::move(envelopes));
    const auto response = Deliver("west", request);
    EXPECT_TRUE(response.ok()) << response.status();
    if (!response.ok()) return {};
    const auto receipt = OpenReceipt(
        {.bytes = response->receipt(), .signature = response->signature()},
        hubs_.Describe("east").keys);
    EXPECT_TRUE(receipt.ok()) << receipt.status();
    return {receipt->verdicts().begin(), receipt->verdicts().end()};
  }

  v1::EnvelopeVerdict Verdict(const std::string& envelope) {
    const auto verdicts = Verdicts({envelope});
    return verdicts.empty() ? v1::EnvelopeVerdict() : verdicts[0];
  }

  // The first envelope, changed.
  template <typename Change>
  std::string Changed(Change change) {
    v1::Envelope envelope;
    EXPECT_TRUE(envelope.ParseFromString(envelopes_[0]));
    change(envelope);
    return envelope.SerializeAsString();
  }

  void ExpectRefused(const std::string& envelope, const std::string& why) {
    const v1::EnvelopeVerdict verdict = Verdict(envelope);
    EXPECT_EQ(verdict.fate(), v1::ENVELOPE_FATE_REFUSED);
    EXPECT_EQ(verdict.why(), why);
    EXPECT_EQ(hubs_.There(referred_.uid),
              model::v1::REFERRAL_STATE_UNSPECIFIED);
  }

  int64_t VersionThere() {
    const auto head = hubs_.bench("east").Wait<store::StreamHead>(
        [&](base::Done<store::StreamHead> done) {
          hubs_.bench("east").store().ReadHead(
              {.kind = store::StreamKind::kReferral, .id = referred_.uid},
              std::move(done));
        });
    return head.ok() ? head->version : -1;
  }

  HubNetwork hubs_{kSeed};
  Referred referred_;
  std::vector<std::string> envelopes_;
  int64_t batches_ = 0;
};

// --- The batch as a whole ---------------------------------------------------

TEST_F(ReceiverTest, AHubThatIsNoPeerIsTurnedAway) {
  EXPECT_TRUE(absl::IsPermissionDenied(
      Deliver("north", Batch({envelopes_[0]})).status()));
}

TEST_F(ReceiverTest, ABatchIsFromItsCallerAndToThisHub) {
  const Posting elsewhere{
      .from = "west", .to = "north", .envelopes = {envelopes_[0]}};
  EXPECT_TRUE(absl::IsPermissionDenied(
      Deliver("west", SignedBatch(hubs_, elsewhere)).status()));
  const Posting of_another{
      .from = "east", .to = "east", .envelopes = {envelopes_[0]}};
  EXPECT_TRUE(absl::IsPermissionDenied(
      Deliver("west", SignedBatch(hubs_, of_another)).status()));
}

TEST_F(ReceiverTest, ASignatureOfNoConfiguredKeyIsNotBelieved) {
  v1::DeliverRequest request = Batch({envelopes_[0]});
  request.mutable_signature()->set_signature(std::string(64, 'x'));
  EXPECT_TRUE(absl::IsUnauthenticated(Deliver("west", request).status()));
  EXPECT_EQ(VersionThere(), 0);
}

TEST_F(ReceiverTest, AnEnvelopeThatWasChangedOnTheWayFailsItsBatch) {
  v1::DeliverRequest request = Batch({envelopes_[0], envelopes_[1]});
  request.mutable_envelopes(1)->append("x");
  EXPECT_TRUE(absl::IsInvalidArgument(Deliver("west", request).status()));
  EXPECT_EQ(VersionThere(), 0) << "nothing of it has an effect";
}

TEST_F(ReceiverTest, RefusesMoreEnvelopesThanABatchHolds) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      Deliver("west", Batch(std::vector<std::string>(kEnvelopesPerBatchMax + 1,
                                                     envelopes_[0])))
          .status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Deliver("west", Batch({})).status()));
}

TEST_F(ReceiverTest, BytesThatAreNoManifestAreRefused) {
  v1::DeliverRequest request = Batch({envelopes_[0]});
  request.set_manifest("\xff\xff");
  EXPECT_TRUE(absl::IsInvalidArgument(Deliver("west", request).status()));
  request.set_manifest(std::string(kManifestBytesMax + 1, 'x'));
  EXPECT_TRUE(absl::IsInvalidArgument(Deliver("west", request).status()));
}

// --- Each envelope ----------------------------------------------------------

TEST_F(ReceiverTest, TakesAReferralInOrder) {
  const auto verdicts = Verdicts(envelopes_);
  ASSERT_THAT(verdicts, SizeIs(2));
  EXPECT_EQ(verdicts[0].fate(), v1::ENVELOPE_FATE_TAKEN);
  EXPECT_EQ(verdicts[1].fate(), v1::ENVELOPE_FATE_TAKEN);
  EXPECT_EQ(hubs_.There(referred_.uid), model::v1::REFERRAL_STATE_CANCELLED);
}

TEST_F(ReceiverTest, WhatComesTwiceHasOneEffect) {
  Verdicts(envelopes_);
  const int64_t version = VersionThere();
  for (const std::string& one : envelopes_) {
    EXPECT_EQ(Verdict(one).fate(), v1::ENVELOPE_FATE_TAKEN);
  }
  EXPECT_EQ(VersionThere(), version);
}

TEST_F(ReceiverTest, AnOldBatchThatIsReplayedHasNoEffect) {
  const v1::DeliverRequest old = Batch({envelopes_[0]});
  ASSERT_TRUE(Deliver("west", old).ok());
  ASSERT_EQ(Verdict(envelopes_[1]).fate(), v1::ENVELOPE_FATE_TAKEN);
  const int64_t version = VersionThere();
  EXPECT_TRUE(Deliver("west", old).ok());
  EXPECT_EQ(VersionThere(), version);
  EXPECT_EQ(hubs_.There(referred_.uid), model::v1::REFERRAL_STATE_CANCELLED);
}

TEST_F(ReceiverTest, SaysWhichNumberIsMissing) {
  const v1::EnvelopeVerdict verdict = Verdict(envelopes_[1]);
  EXPECT_EQ(verdict.fate(), v1::ENVELOPE_FATE_GAP);
  EXPECT_EQ(verdict.expected(), 1);
  EXPECT_EQ(Verdict(envelopes_[0]).fate(), v1::ENVELOPE_FATE_TAKEN);
  EXPECT_EQ(Verdict(envelopes_[1]).fate(), v1::ENVELOPE_FATE_TAKEN);
}

TEST_F(ReceiverTest, OneBadEnvelopeDoesNotSpoilTheOthers) {
  const auto verdicts = Verdicts({"\xff\xff", envelopes_[0]});
  ASSERT_THAT(verdicts, SizeIs(2));
  EXPECT_EQ(verdicts[0].fate(), v1::ENVELOPE_FATE_REFUSED);
  EXPECT_EQ(verdicts[1].fate(), v1::ENVELOPE_FATE_TAKEN);
}

TEST_F(ReceiverTest, RefusesWhatIsNoEnvelope) {
  ExpectRefused("\xff\xff", "malformed");
  ExpectRefused("", "malformed");
  ExpectRefused(Changed([](v1::Envelope& e) { e.set_referral("short"); }),
                "malformed");
  ExpectRefused(Changed([](v1::Envelope& e) { e.set_sequence(0); }),
                "malformed");
  ExpectRefused(Changed([](v1::Envelope& e) { e.clear_side(); }), "malformed");
  ExpectRefused(Changed([](v1::Envelope& e) { e.clear_payload(); }),
                "malformed");
  ExpectRefused(Changed([](v1::Envelope& e) {
                  e.set_side(v1::REFERRAL_SIDE_PERFORMANCE);
                }),
                "malformed");
}

TEST_F(ReceiverTest, RefusesAnEnvelopeThatIsTooLarge) {
  ExpectRefused(std::string(kEnvelopeBytesMax + 1, 'x'), "too_large");
}

TEST_F(ReceiverTest, RefusesWhatAnotherHubHasToSayAndWhatIsForAnother) {
  ExpectRefused(Changed([](v1::Envelope& e) { e.set_from_hub("north"); }),
                "not_yours");
  ExpectRefused(Changed([](v1::Envelope& e) { e.set_to_hub("north"); }),
                "wrong_addressee");
  ExpectRefused(Changed([](v1::Envelope& e) {
                  e.set_from_organisation("organisations/office");
                }),
                "not_yours");
  ExpectRefused(Changed([](v1::Envelope& e) {
                  e.set_to_organisation("organisations/clinic");
                }),
                "wrong_addressee");
  ExpectRefused(Changed([](v1::Envelope& e) {
                  e.set_from_organisation("organisations/nobody");
                }),
                "unknown_organisation");
}

TEST_F(ReceiverTest, RefusesDataWithoutAGround) {
  ExpectRefused(Changed([](v1::Envelope& e) { e.clear_ground(); }),
                "no_ground");
  ExpectRefused(
      Changed([](v1::Envelope& e) { e.mutable_ground()->clear_consent(); }),
      "no_ground");
}

TEST_F(ReceiverTest, KeepsAPayloadOfANewerRelease) {
  // Field 30, of a message: a payload this release does not know.
  const std::string newer =
      Changed([](v1::Envelope& e) { e.clear_payload(); }) +
      std::string("\xf2\x01\x02\x0a\x00", 5);
  EXPECT_EQ(Verdict(newer).fate(), v1::ENVELOPE_FATE_NOT_UNDERSTOOD);
  EXPECT_GT(VersionThere(), 0) << "it is kept";
  EXPECT_EQ(Verdict(newer).fate(), v1::ENVELOPE_FATE_NOT_UNDERSTOOD)
      << "and answered alike when it comes again";
}

// What came as of a newer release was not looked at any closer.
TEST_F(ReceiverTest, WhatWasKeptIsJudgedOnceItIsUnderstood) {
  EXPECT_TRUE(internal::ToldAgain(envelopes_[0]).has_value());
  const std::string groundless =
      Changed([](v1::Envelope& e) { e.clear_ground(); });
  EXPECT_FALSE(internal::ToldAgain(groundless).has_value());
  const std::string of_another = Changed([](v1::Envelope& e) {
    e.mutable_opened()->mutable_referral()->set_requester(
        "organisations/another");
  });
  EXPECT_FALSE(internal::ToldAgain(of_another).has_value());
  // Of a case, where a referral is spoken of: it tells nothing of that.
  const std::string astray =
      Changed([](v1::Envelope& e) { e.mutable_page()->add_events(); });
  EXPECT_FALSE(internal::ToldAgain(astray).has_value());
}

}  // namespace
}  // namespace careroute::exchange

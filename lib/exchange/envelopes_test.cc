// What leaves, as a hub that only looks at it sees it.

#include "lib/exchange/envelopes.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/scripted_hub.h"

namespace careroute::exchange {
namespace {

using testing::Fate;
using testing::HubNetwork;
using ::testing::IsEmpty;
using testing::Referred;
using testing::ScriptedHub;
using ::testing::SizeIs;

constexpr uint64_t kSeed = 3;
constexpr absl::Duration kSoon = absl::Seconds(5);

class EnvelopesTest : public ::testing::Test {
 protected:
  void Withdraw(const Referred& referred) {
    engine::testing::EngineBench& west = hubs_.bench("west");
    west.Do(referred.case_uid,
            absl::StrCat(
                "withdraw_consent { consent: 1 withdrawn_by: '",
                engine::PersonNameOf(west.Read(referred.case_uid).person->uid),
                "' }"));
  }

  HubNetwork hubs_{kSeed};
  ScriptedHub east_{hubs_, "east", [](const v1::Envelope&) {
                      return Fate(v1::ENVELOPE_FATE_TAKEN);
                    }};
};

TEST_F(EnvelopesTest, TheFirstOneOpensTheReferralOnItsGround) {
  const Referred referred = hubs_.Refer({.given_name = "Anna"});
  hubs_.Run(kSoon);
  ASSERT_THAT(east_.seen(), SizeIs(1));
  const v1::Envelope& envelope = east_.seen()[0];
  EXPECT_EQ(envelope.from_organisation(), "organisations/clinic");
  EXPECT_EQ(envelope.to_organisation(), "organisations/office");
  EXPECT_EQ(envelope.referral(), referred.uid.Bytes());
  EXPECT_EQ(envelope.sequence(), 1);
  EXPECT_EQ(envelope.ground().way(), "by_consent");
  EXPECT_TRUE(absl::EndsWith(envelope.ground().consent(), "/consents/1"));
  const model::v1::Referral& told = envelope.opened().referral();
  EXPECT_EQ(told.disclosed().identity().given_name(), "Anna");
  EXPECT_EQ(told.step(), "help");
  EXPECT_EQ(told.name(), "") << "the requester's name for it is its own";
  EXPECT_EQ(told.person(), "");
  EXPECT_THAT(envelope.opened().outcomes(), ::testing::Contains("done"));
}

TEST_F(EnvelopesTest, AReferralThatWasADraftIsToldWhole) {
  const Referred referred = hubs_.Refer({.send = false});
  hubs_.Run(kSoon);
  EXPECT_THAT(east_.seen(), IsEmpty());
  hubs_.bench("west").Do(referred.case_uid, "start_step { step: 'welfare' }");
  hubs_.Ask(referred, "send {}");
  hubs_.Run(kSoon);
  ASSERT_THAT(east_.seen(), SizeIs(1));
  const v1::Envelope& envelope = east_.seen()[0];
  EXPECT_EQ(envelope.sequence(), 1);
  EXPECT_THAT(envelope.opened().referral().request(), SizeIs(2));
  EXPECT_EQ(envelope.opened().referral().disclosed().identity().given_name(),
            "Вера");
}

TEST_F(EnvelopesTest, IsTheSameWheneverItIsSentAgain) {
  east_.set_script(
      [](const v1::Envelope&) { return Fate(v1::ENVELOPE_FATE_LATER); });
  const Referred referred = hubs_.Refer();
  hubs_.Run(absl::Seconds(10));
  hubs_.bench("west").Do(referred.case_uid, "start_step { step: 'welfare' }");
  hubs_.Run(absl::Minutes(1));
  ASSERT_GT(east_.bytes().size(), 3U);
  for (const std::string& bytes : east_.bytes()) {
    EXPECT_EQ(bytes, east_.bytes()[0]);
  }
}

TEST_F(EnvelopesTest, IsWithheldUnderItsNumberOnceTheGroundIsGone) {
  east_.set_script(
      [](const v1::Envelope&) { return Fate(v1::ENVELOPE_FATE_LATER); });
  const Referred referred = hubs_.Refer({.given_name = "Canary"});
  hubs_.Run(kSoon);
  const size_t before = east_.seen().size();
  ASSERT_GT(before, 0U);
  Withdraw(referred);
  hubs_.Run(absl::Minutes(1));
  ASSERT_GT(east_.seen().size(), before);
  for (size_t i = before; i < east_.seen().size(); ++i) {
    const v1::Envelope& envelope = east_.seen()[i];
    EXPECT_FALSE(absl::StrContains(east_.bytes()[i], "Canary"));
    if (envelope.sequence() != 1) continue;
    EXPECT_EQ(envelope.withheld().why(), "consent_withdrawn");
    EXPECT_EQ(envelope.referral(), referred.uid.Bytes());
  }
}

TEST_F(EnvelopesTest, WordsOfAClassThatWasNotDisclosedStayHere) {
  const Referred referred = hubs_.Refer();
  hubs_.Run(kSoon);
  hubs_.Ask(referred,
            "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED note: "
            "'SocialCanary' }");
  hubs_.Run(kSoon);
  ASSERT_THAT(east_.seen(), SizeIs(2));
  const v1::Envelope& envelope = east_.seen()[1];
  ASSERT_THAT(envelope.grew().entries(), SizeIs(1));
  EXPECT_EQ(envelope.grew().entries(0).move(),
            model::v1::REFERRAL_MOVE_CANCEL_ASKED);
  EXPECT_FALSE(absl::StrContains(east_.bytes()[1], "SocialCanary"));
  EXPECT_THAT(envelope.ground().classes(), IsEmpty());
}

}  // namespace
}  // namespace careroute::exchange

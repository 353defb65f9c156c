// A case moves from one hub to another: production code over a network that
// misbehaves. Whatever happens, two hubs never both write to it, and in the end
// one does.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/decide.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/moving_case.h"

namespace careroute::exchange {
namespace {

using engine::testing::EngineBench;
using testing::Crossed;
using ::testing::ElementsAre;
using testing::ExpectOneChain;
using testing::GiveWord;
using testing::HubNetwork;
using ::testing::IsEmpty;
using testing::kNobody;
using testing::Offer;
using testing::Probe;
using testing::PutOffice;
using testing::ReferralAt;
using testing::Referred;
using testing::Silence;
using testing::Speak;
using testing::Stored;
using testing::TryOffer;
using testing::Writers;

constexpr uint64_t kSeed = 20260302;
constexpr absl::Duration kSoon = absl::Seconds(5);
// Longer than whatever waits before it is tried again.
constexpr absl::Duration kLong = absl::Minutes(15);
constexpr char kAnna[] = "organisations/office/members/anna";

// A case of the west that is ready to move, with a referral nobody has sent.
base::Uid Ready(HubNetwork& hubs) {
  const Referred referred = hubs.Refer({.send = false});
  GiveWord(hubs, referred.case_uid);
  return referred.case_uid;
}

// --- The way there ----------------------------------------------------------

TEST(HandOver, TheNewHubGoesOnWithTheSameHistoryAndOpensIt) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid);
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
  ExpectOneChain(hubs, uid);
  const engine::CaseReading there = hubs.bench("east").Read(uid);
  EXPECT_EQ(there.state->coordinator, kAnna);
  EXPECT_EQ(there.state->home.hub, "east");
  EXPECT_EQ(there.person->person.identity().given_name(), "Вера");
  EXPECT_FALSE(hubs.bench("east").Events(uid).empty());
  EXPECT_THAT(hubs.bench("west").Waiting(), IsEmpty());
  EXPECT_THAT(hubs.bench("east").Waiting(), IsEmpty());
}

TEST(HandOver, TheOldHubSaysWhereTheCaseWentAndReadsItAsItWas) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid);
  hubs.Run(kSoon);
  const auto reply = Probe(hubs, "west", uid);
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value());
  EXPECT_TRUE(casework::IsMoved(*reply->refusal));
  EXPECT_EQ(reply->refusal->missing(0).what(), "hub/east");
  EXPECT_FALSE(hubs.bench("west").Read(uid).person->erased);
}

TEST(HandOver, AnOfferedCaseIsOnlyReadAndNothingFallsDue) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  hubs.network().Cut("west", "east");
  Offer(hubs, uid);
  const size_t before = Stored(hubs, "west", uid).size();
  hubs.bench("west").Advance(absl::Hours(24 * 60));
  hubs.Run(absl::Minutes(1));
  EXPECT_EQ(Stored(hubs, "west", uid).size(), before);
  EXPECT_THAT(Writers(hubs, uid), IsEmpty());
  const auto reply = Probe(hubs, "west", uid);
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value());
  EXPECT_TRUE(casework::IsFrozen(*reply->refusal));
}

TEST(HandOver, AnAnswerThatIsLateLeavesOneWriter) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Silence(hubs, "east", "west");
  Offer(hubs, uid);
  hubs.Run(absl::Minutes(2));
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
  Speak(hubs, "east", "west");
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
  EXPECT_EQ(hubs.bench("west").Read(uid).state->home.hub, "east");
  ExpectOneChain(hubs, uid);
}

TEST(HandOver, AnswersThatAreLostAreToldAgain) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid);
  hubs.network().Cut("east", "west");
  hubs.Run(absl::Minutes(2));
  EXPECT_LE(Writers(hubs, uid).size(), 1U);
  hubs.network().Mend("east", "west");
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
  EXPECT_EQ(hubs.bench("west").Read(uid).state->home.hub, "east");
  ExpectOneChain(hubs, uid);
}

TEST(HandOver, EitherHubMayBeginAgainAtAnyStep) {
  for (int step = 0; step < 8; ++step) {
    for (const char* hub : {"west", "east"}) {
      SCOPED_TRACE(absl::StrCat(hub, " at step ", step));
      HubNetwork hubs(kSeed);
      const base::Uid uid = Ready(hubs);
      hubs.network().set_faults({.delay_max = absl::Seconds(2)});
      Offer(hubs, uid);
      hubs.Run(absl::Seconds(step));
      EXPECT_LE(Writers(hubs, uid).size(), 1U);
      hubs.Restart(hub);
      EXPECT_LE(Writers(hubs, uid).size(), 1U);
      hubs.Run(kLong);
      EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
      ExpectOneChain(hubs, uid);
    }
  }
}

TEST(HandOver, AFamilyMayComeBackAndBringsWhatWasWrittenElsewhere) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid);
  hubs.Run(kSoon);
  EngineBench& east = hubs.bench("east");
  const base::Uid person = east.Read(uid).person->uid;
  east.Change(person,
              "update_identity { identity { phones: '+79140000000' } }");
  GiveWord(hubs, uid, {.from = "east", .to = "west"});
  Offer(hubs, uid, {.from = "east", .to = "west"});
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("west"));
  ExpectOneChain(hubs, uid);
  EXPECT_THAT(hubs.bench("west").Read(uid).person->person.identity().phones(),
              ElementsAre("+79140000000"));
  EXPECT_THAT(hubs.bench("east").Waiting(), IsEmpty());
}

// --- Refused ----------------------------------------------------------------

TEST(HandOver, WhereNobodyCoordinatesItIsRefusedAndTheOldHubWritesOn) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid, {.member = kNobody});
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("west"));
  const auto events = hubs.bench("west").Events(uid);
  EXPECT_EQ(events.back().case_thawed().why(), "unknown_coordinator");
  ExpectOneChain(hubs, uid);
  EXPECT_FALSE(hubs.bench("west").Read(uid).person->erased);
}

TEST(HandOver, ARefusedCaseMayBeOfferedAgainAndOnlyWhatIsNewIsSent) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  Offer(hubs, uid, {.member = kNobody});
  hubs.Run(kSoon);
  hubs.bench("west").Do(uid, "set_next_contact { date: '2026-03-13' }");
  Offer(hubs, uid);
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
  ExpectOneChain(hubs, uid);
}

TEST(HandOver, APersonWithSuchACaseAtTheNewHubKeepsThatOne) {
  HubNetwork hubs(kSeed);
  const base::Uid uid = Ready(hubs);
  EngineBench& east = hubs.bench("east");
  engine::Report report = east.ReportOf({.by = "office"});
  report.person.mutable_identity()->set_birth_date("1991-05-06");
  const auto taken = east.Take(std::move(report));
  ASSERT_TRUE(taken.ok() && !taken->refusal.has_value());
  Offer(hubs, uid);
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("west"));
  EXPECT_EQ(hubs.bench("west").Events(uid).back().case_thawed().why(),
            "open_case");
}

TEST(HandOver, WithoutTheFamilysWordForEverythingNothingLeaves) {
  HubNetwork hubs(kSeed);
  // To the office's kind of agency, and for one class alone.
  const Referred referred = hubs.Refer({.given_name = "Canary", .send = false});
  hubs.Run(kSoon);
  const auto reply = TryOffer(hubs, referred.case_uid);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_TRUE(reply->refusal.has_value());
  EXPECT_EQ(reply->refusal->message_key(), "no_consent_to_hand_over");
  EXPECT_EQ(reply->refusal->missing_size(), 7);
  hubs.Run(kLong);
  EXPECT_FALSE(Crossed(hubs, "Canary"));
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("west"));
}

// --- Referrals go on --------------------------------------------------------

TEST(HandOver, WhatTheNewHubPerformedForTheCaseItPerformsForItself) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kSoon);
  hubs.Perform(referred.uid, "accept { can_meet_needs: true }");
  hubs.Perform(referred.uid, "complete { outcome: 'done' }");
  hubs.Run(absl::Minutes(11));
  EXPECT_EQ(casework::StateOf(ReferralAt(hubs, "east", referred)),
            model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_FALSE(hubs.bench("east").IsLive(referred.case_uid, "help"));
  EXPECT_THAT(hubs.bench("east").Waiting(), IsEmpty());
}

TEST(HandOver, WhatWasAnsweredWhileTheCaseMovedReachesItsNewHome) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Silence(hubs, "east", "west");
  Offer(hubs, referred.case_uid);
  hubs.Perform(referred.uid, "accept { can_meet_needs: true }");
  hubs.Run(absl::Minutes(2));
  Speak(hubs, "east", "west");
  hubs.Run(kLong);
  EXPECT_EQ(casework::StateOf(ReferralAt(hubs, "east", referred)),
            model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_THAT(hubs.bench("east").Waiting(), IsEmpty());
}

TEST(HandOver, AThirdHubIsToldWhoAsksAndAnswersThere) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred = hubs.Refer({.performer = "bureau"});
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kSoon);
  hubs.PerformAt({.hub = "north", .organisation = "bureau"}, referred.uid,
                 "accept { can_meet_needs: true }");
  hubs.Run(absl::Minutes(11));
  const casework::Referral there = ReferralAt(hubs, "east", referred);
  EXPECT_EQ(casework::StateOf(there), model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_EQ(there.requester, "organisations/office");
}

TEST(HandOver, WhatTheOldHubPerformsItPerformsForTheNewHome) {
  HubNetwork hubs(kSeed);
  PutOffice(hubs, "ward", "west", {"west", "east"});
  const Referred referred = hubs.Refer({.performer = "ward"});
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kSoon);
  EXPECT_EQ(ReferralAt(hubs, "east", referred).hub, "west");
  hubs.PerformAt({.hub = "west", .organisation = "ward"}, referred.uid,
                 "accept { can_meet_needs: true }");
  hubs.Run(absl::Minutes(11));
  EXPECT_EQ(casework::StateOf(ReferralAt(hubs, "east", referred)),
            model::v1::REFERRAL_STATE_ACCEPTED);
}

// --- Whatever happens -------------------------------------------------------

TEST(HandOver, TwoHubsNeverBothWriteAndOnceFaultsStopOneDoes) {
  for (uint64_t seed = kSeed; seed < kSeed + 8; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    HubNetwork hubs(seed);
    base::SeededRandom random(seed);
    const base::Uid uid = Ready(hubs);
    hubs.network().set_faults({.lost = 30,
                               .doubled = 30,
                               .late = 10,
                               .delay_max = absl::Seconds(20)});
    for (int step = 0; step < 40; ++step) {
      switch (random.Uniform(8)) {
        case 0:
          hubs.Restart("west");
          break;
        case 1:
          hubs.Restart("east");
          break;
        case 2:
          static_cast<void>(TryOffer(hubs, uid));
          break;
        case 3:
          static_cast<void>(TryOffer(hubs, uid, {.member = kNobody}));
          break;
        default:
          hubs.Run(absl::Seconds(static_cast<int64_t>(random.Uniform(30))));
      }
      ASSERT_LE(Writers(hubs, uid).size(), 1U) << "step " << step;
    }
    hubs.network().set_faults({});
    hubs.Run(kLong);
    EXPECT_EQ(Writers(hubs, uid).size(), 1U);
    ExpectOneChain(hubs, uid);
  }
}

}  // namespace
}  // namespace careroute::exchange

// What could leave a moving case with two hubs that write to it, with none, or
// with a performer nobody hears: each fault by itself.

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/decide.h"
#include "lib/casework/hand_over.h"
#include "lib/engine/hub_actor.h"
#include "lib/exchange/manifest.h"
#include "lib/exchange/testing/hub_network.h"
#include "lib/exchange/testing/moving_case.h"
#include "lib/store/chain.h"

namespace careroute::exchange {
namespace {

using engine::testing::EngineBench;
using testing::AskAt;
using testing::Crossed;
using ::testing::ElementsAre;
using testing::ExpectOneChain;
using testing::GiveWord;
using testing::HubNetwork;
using ::testing::IsEmpty;
using testing::kNobody;
using testing::Offer;
using testing::PutOffice;
using testing::ReferralAt;
using testing::Referred;
using testing::Silence;
using testing::Speak;
using testing::Stored;
using testing::TryOffer;
using testing::Writers;

constexpr uint64_t kSeed = 20260330;
constexpr absl::Duration kSoon = absl::Seconds(5);
// Longer than whatever waits before it is tried again.
constexpr absl::Duration kLong = absl::Minutes(15);

engine::PerformedReading PerformedAt(HubNetwork& hubs, const std::string& hub,
                                     const base::Uid& referral) {
  EngineBench& bench = hubs.bench(hub);
  const auto reading = bench.Wait<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        bench.engine().performed_referrals().Read(referral, std::move(done));
      });
  EXPECT_TRUE(reading.ok()) << reading.status();
  if (reading.ok()) return *reading;
  return {.state = std::make_shared<const engine::PerformedReferral>()};
}

void ExpectNothingWaits(HubNetwork& hubs) {
  for (const std::string& hub : hubs.ids()) {
    EXPECT_THAT(hubs.bench(hub).Waiting(), IsEmpty()) << "at " << hub;
  }
}

// --- Performers -------------------------------------------------------------

TEST(HandOverFaults, TheLastWordOfTheOldHomeMayComeTwice) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred = hubs.Refer({.performer = "bureau"});
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  hubs.network().Cut("north", "west");  // no receipt comes back
  Offer(hubs, referred.case_uid);
  hubs.Run(absl::Minutes(3));
  hubs.network().Mend("north", "west");
  hubs.Run(kLong);
  ExpectNothingWaits(hubs);
  EXPECT_EQ(PerformedAt(hubs, "north", referred.uid).state->home_hub, "east");
}

TEST(HandOverFaults, WhatIsAskedBeforeTheOldHomeKnowsIsHeardOnceItDoes) {
  HubNetwork hubs(kSeed);
  PutOffice(hubs, "ward", "west", {"west", "east"});
  const Referred referred = hubs.Refer({.performer = "ward"});
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Silence(hubs, "east", "west");
  Offer(hubs, referred.case_uid);
  hubs.Run(kSoon);
  const auto asked =
      AskAt(hubs, "east", referred.case_uid,
            absl::StrCat("referral { referral: ", referred.number,
                         " ask_cancel { reason: "
                         "REFERRAL_REASON_REQUESTER_CANCELLED } }"));
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_FALSE(asked->refusal.has_value()) << asked->refusal->DebugString();
  Speak(hubs, "east", "west");
  hubs.Run(absl::Minutes(40));
  ExpectNothingWaits(hubs);
  const auto there = PerformedAt(hubs, "west", referred.uid);
  EXPECT_EQ(there.state->home_hub, "east");
  EXPECT_EQ(casework::StateOf(there.state->referral),
            casework::StateOf(ReferralAt(hubs, "east", referred)));
}

TEST(HandOverFaults, WhatTheHomePerformsItselfMovesOnWithTheCase) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred = hubs.Refer();  // the office of the east
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kLong);
  GiveWord(hubs, referred.case_uid, {.from = "east", .to = "north"});
  Offer(hubs, referred.case_uid, {.from = "east", .to = "north"});
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("north"));
  hubs.Perform(referred.uid, "accept { can_meet_needs: true }");
  hubs.Run(kLong);
  EXPECT_EQ(casework::StateOf(ReferralAt(hubs, "north", referred)),
            model::v1::REFERRAL_STATE_ACCEPTED);
  ExpectOneChain(hubs, referred.case_uid);
  ExpectNothingWaits(hubs);
}

TEST(HandOverFaults, AReferralThatWasTakenBackUnsentIsToldToNobody) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred =
      hubs.Refer({.given_name = "Canary", .performer = "bureau"});
  hubs.Ask(referred, "cancel { note: 'by mistake' }");
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("east"));
  EXPECT_FALSE(Crossed(hubs, "Canary"));
  ExpectNothingWaits(hubs);
}

TEST(HandOverFaults, WhereAPerformerIsUnknownTheCaseIsNotTaken) {
  HubNetwork hubs(kSeed, 3);
  PutOffice(hubs, "ward", "north", {"west", "north"});
  const Referred referred = hubs.Refer({.performer = "ward"});
  hubs.Run(kSoon);
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("west"));
  const auto events = hubs.bench("west").Events(referred.case_uid);
  EXPECT_EQ(events.back().case_thawed().why(), "unknown_performer");
  hubs.PerformAt({.hub = "north", .organisation = "ward"}, referred.uid,
                 "accept { can_meet_needs: true }");
  hubs.Run(kLong);
  EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST(HandOverFaults, WhatMayBeReadNoMoreIsNotKeptForThePerformerAtTheOldHome) {
  HubNetwork hubs(kSeed);
  PutOffice(hubs, "ward", "west", {"west", "east"});
  const Referred referred = hubs.Refer({.performer = "ward"});
  hubs.Run(kSoon);
  EngineBench& west = hubs.bench("west");
  west.Do(referred.case_uid,
          absl::StrCat(
              "withdraw_consent { consent: 1 withdrawn_by: '",
              engine::PersonNameOf(west.Read(referred.case_uid).person->uid),
              "' }"));
  GiveWord(hubs, referred.case_uid);
  Offer(hubs, referred.case_uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("east"));
  const auto there = PerformedAt(hubs, "west", referred.uid);
  EXPECT_TRUE(there.state->arrived);
  EXPECT_FALSE(engine::ReadableClasses(*there.state)
                   .Contains(model::v1::DATA_CLASS_IDENTITY));
}

// --- Nobody writes ----------------------------------------------------------

// The old home folds what another hub wrote: it may end the offer, and nothing
// else of a case that stays.
TEST(HandOverFaults, AnAnswerThatChangesTheCaseIsNotTaken) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer({.send = false});
  const base::Uid uid = referred.case_uid;
  GiveWord(hubs, uid);
  hubs.network().Cut("west", "east");
  Offer(hubs, uid);
  EngineBench& west = hubs.bench("west");
  const model::v1::Actor hub = engine::HubActor();
  const auto answer = [&](bool joins) {
    event::v1::CaseEvent event =
        casework::ThawedEvent(*west.Read(uid).state, "open_case",
                              {.now = west.clock().Now(), .actor = hub});
    if (joins) {
      event.mutable_consequences()->add_participants_joined(
          "organisations/office");
    }
    const std::string stored = event.SerializeAsString();
    const std::string head = Stored(hubs, "west", uid).back().chain_hash;
    return west.Wait<engine::TakeResult>(
        [&](base::Done<engine::TakeResult> done) {
          west.engine().hand_overs().TakeAnswer(
              {.case_uid = uid,
               .from_hub = "east",
               .version = event.header().version(),
               .event = {.stored = stored,
                         .chain_hash = store::ChainHash(
                             {.previous = head, .stored = stored})}},
              std::move(done));
        });
  };
  const auto refused = answer(/*joins=*/true);
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ(refused->fate, engine::Fate::kRefused);
  EXPECT_THAT(Writers(hubs, uid), IsEmpty());
  const auto taken = answer(/*joins=*/false);
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->fate, engine::Fate::kTaken);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("west"));
}

TEST(HandOverFaults, AnOfferThatIsRefusedUnreadIsMadeAgainUntilItIsRead) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred = hubs.Refer({.send = false});
  GiveWord(hubs, referred.case_uid);
  // By the directory of the east the clinic is of another hub.
  model::v1::Organisation clinic =
      EngineBench::Describe("clinic", model::v1::AGENCY_KIND_HEALTH);
  clinic.set_hub("north");
  hubs.bench("east").Put(clinic);
  Offer(hubs, referred.case_uid);
  hubs.Run(absl::Hours(1));
  EXPECT_THAT(Writers(hubs, referred.case_uid), IsEmpty());
  clinic.set_hub("west");
  hubs.bench("east").Put(clinic);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("east"));
}

TEST(HandOverFaults, AConsentThatEndsByItselfDoesNotLetACaseGo) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer({.send = false});
  GiveWord(hubs, referred.case_uid, {.last_day = "2026-12-31"});
  const auto reply = TryOffer(hubs, referred.case_uid);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_TRUE(reply->refusal.has_value());
  EXPECT_EQ(reply->refusal->message_key(), "no_consent_to_hand_over");
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("west"));
}

TEST(HandOverFaults, ACaseGoesOnlyOnceAllThatItToldHasArrived) {
  HubNetwork hubs(kSeed, 3);
  const Referred referred = hubs.Refer({.performer = "bureau"});
  GiveWord(hubs, referred.case_uid);
  hubs.network().Cut("west", "north");
  hubs.Ask(referred,
           "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }");
  hubs.Run(kSoon);
  const auto early = TryOffer(hubs, referred.case_uid);
  ASSERT_TRUE(early.ok() && early->refusal.has_value());
  EXPECT_EQ(early->refusal->message_key(), "messages_wait");
  hubs.network().Mend("west", "north");
  hubs.Run(kLong);
  Offer(hubs, referred.case_uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("east"));
  ExpectNothingWaits(hubs);
}

// As large as the store takes it: more than an envelope holds beside a case.
model::v1::Pathway LargePathway() {
  constexpr size_t kRest = 1024;
  model::v1::Pathway pathway = EngineBench::Route("large-route");
  model::v1::TextTable& table = *pathway.add_texts();
  table.set_language("en");
  model::v1::TextEntry& entry = *table.add_entries();
  entry.set_key("pathway");
  entry.set_text(std::string(kEnvelopeBytesMax - kRest, 'x'));
  return pathway;
}

TEST(HandOverFaults, AnEditionThatIsTooLargeToGoLeavesTheCaseWhereItIs) {
  HubNetwork hubs(kSeed);
  hubs.bench("west").Publish(LargePathway());
  const base::Uid uid =
      hubs.Refer({.send = false, .pathway = "large-route"}).case_uid;
  GiveWord(hubs, uid);
  Offer(hubs, uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("west"));
  EXPECT_EQ(hubs.bench("west").Events(uid).back().case_thawed().why(),
            "unknown_edition");
}

TEST(HandOverFaults, AnEditionThatTheNewHubHasNeedNotGo) {
  HubNetwork hubs(kSeed);
  for (const char* hub : {"west", "east"}) {
    hubs.bench(hub).Publish(LargePathway());
  }
  const base::Uid uid =
      hubs.Refer({.send = false, .pathway = "large-route"}).case_uid;
  GiveWord(hubs, uid);
  Offer(hubs, uid);
  hubs.Run(kLong);
  EXPECT_THAT(Writers(hubs, uid), ElementsAre("east"));
}

// --- Who knows what ---------------------------------------------------------

TEST(HandOverFaults, AHubThatDoesNotTakeTheCaseKeepsNobodysIdentity) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer({.send = false});
  GiveWord(hubs, referred.case_uid);
  const base::Uid person =
      hubs.bench("west").Read(referred.case_uid).person->uid;
  Offer(hubs, referred.case_uid, {.member = kNobody});
  hubs.Run(kSoon);
  EXPECT_THAT(Writers(hubs, referred.case_uid), ElementsAre("west"));
  EngineBench& east = hubs.bench("east");
  const auto known = east.Wait<engine::OpenPersonPtr>(
      [&](base::Done<engine::OpenPersonPtr> done) {
        east.engine().persons().Open(person, std::move(done));
      });
  EXPECT_TRUE(absl::IsNotFound(known.status())) << known.status();
}

TEST(HandOverFaults, AReportWhileTheCaseIsOfferedIsAskedForAgain) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer({.send = false});
  GiveWord(hubs, referred.case_uid);
  hubs.network().Cut("west", "east");
  Offer(hubs, referred.case_uid);
  EngineBench& west = hubs.bench("west");
  engine::Report report = west.ReportOf({.snils = "00000000101"});
  report.person.mutable_identity()->set_birth_date("1991-05-06");
  const auto taken = west.Take(std::move(report));
  EXPECT_EQ(taken.status().code(), absl::StatusCode::kUnavailable)
      << taken.status();
}

}  // namespace
}  // namespace careroute::exchange

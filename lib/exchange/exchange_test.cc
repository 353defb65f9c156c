// Referrals between two hubs, from end to end: production code over a network
// that misbehaves.

#include "lib/exchange/exchange.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/testing/hub_network.h"

namespace careroute::exchange {
namespace {

using testing::Crossed;
using testing::HubNetwork;
using ::testing::IsEmpty;
using testing::Referred;
using ::testing::SizeIs;

constexpr uint64_t kSeed = 20260302;
constexpr absl::Duration kSoon = absl::Seconds(5);

constexpr char kAccept[] = "accept { can_meet_needs: true }";
constexpr char kComplete[] = "complete { outcome: 'done' }";
constexpr char kAskCancel[] =
    "ask_cancel { reason: REFERRAL_REASON_REQUESTER_CANCELLED }";

void ExpectState(HubNetwork& hubs, const Referred& referred,
                 model::v1::ReferralState state) {
  EXPECT_EQ(hubs.AtHome(referred), state);
  EXPECT_EQ(hubs.There(referred.uid), state);
}

void Cut(HubNetwork& hubs) {
  hubs.network().Cut("west", "east");
  hubs.network().Cut("east", "west");
}

void Mend(HubNetwork& hubs) {
  hubs.network().Mend("west", "east");
  hubs.network().Mend("east", "west");
}

TEST(Exchange, AReferralGoesAndItsOutcomeEndsTheStep) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_RECEIVED);
  hubs.Perform(referred.uid, kAccept);
  hubs.Run(kSoon);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_TRUE(hubs.bench("west").IsLive(referred.case_uid, "help"));
  hubs.Perform(referred.uid, kComplete);
  hubs.Run(kSoon);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_FALSE(hubs.bench("west").IsLive(referred.case_uid, "help"));
  EXPECT_THAT(hubs.bench("west").Waiting(), IsEmpty());
  EXPECT_THAT(hubs.bench("east").Waiting(), IsEmpty());
}

TEST(Exchange, SendsAtOnceWhatACommitLeftForAPeer) {
  HubNetwork hubs(kSeed);
  hubs.Refer();
  base::ManualExecutor& executor = hubs.bench("west").executor();
  hubs.exchange("west").Wake({.lanes = {"", engine::LaneOf("north")}});
  executor.RunReady();
  EXPECT_THAT(hubs.network().carried(), IsEmpty());
  hubs.exchange("west").Wake({.lanes = {engine::LaneOf("east")}});
  executor.RunReady();
  ASSERT_THAT(hubs.network().carried(), SizeIs(1));
  EXPECT_EQ(hubs.network().carried()[0].to, "east");
}

TEST(Exchange, WhatThePerformerMustKnowArrives) {
  HubNetwork hubs(kSeed);
  hubs.Refer({.given_name = "Canary"});
  hubs.Run(kSoon);
  EXPECT_TRUE(Crossed(hubs, "Canary"));
}

TEST(Exchange, EveryLoopClosesWhateverTheNetworkDoes) {
  for (uint64_t seed = kSeed; seed < kSeed + 5; ++seed) {
    HubNetwork hubs(seed);
    hubs.network().set_faults({.lost = 30,
                               .doubled = 30,
                               .late = 10,
                               .delay_max = absl::Seconds(20)});
    std::vector<Referred> all;
    for (int i = 0; i < 4; ++i) {
      all.push_back(hubs.Refer({.snils = absl::StrCat("0000000010", i + 1)}));
    }
    hubs.Run(absl::Minutes(30));
    for (const Referred& one : all) hubs.Perform(one.uid, kAccept);
    hubs.Run(absl::Minutes(5));
    for (const Referred& one : all) hubs.Perform(one.uid, kComplete);
    hubs.network().set_faults({});
    hubs.Run(absl::Minutes(15));
    for (const Referred& one : all) {
      SCOPED_TRACE(absl::StrCat("seed ", seed));
      ExpectState(hubs, one, model::v1::REFERRAL_STATE_COMPLETED);
      const casework::Referral home = hubs.Read(one);
      EXPECT_EQ(home.performance.entries, 3) << "each entry once";
      EXPECT_FALSE(hubs.bench("west").IsLive(one.case_uid, "help"));
    }
  }
}

TEST(Exchange, WhatWaitedForASilentHubGoesOnceItAnswers) {
  HubNetwork hubs(kSeed);
  Cut(hubs);
  const Referred referred = hubs.Refer();
  hubs.Run(absl::Minutes(20));
  EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_EQ(hubs.There(referred.uid), model::v1::REFERRAL_STATE_UNSPECIFIED);
  EXPECT_THAT(hubs.network().carried(), IsEmpty());
  Mend(hubs);
  hubs.Run(absl::Minutes(11));
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_RECEIVED);
}

TEST(Exchange, WhatWaitedForASilentHubGoesAtOnceWhenThatHubSendsSomething) {
  HubNetwork hubs(kSeed);
  const Referred before = hubs.Refer({.snils = "00000000101"});
  hubs.Run(kSoon);
  hubs.network().Cut("west", "east");
  const Referred referred = hubs.Refer({.snils = "00000000102"});
  hubs.Run(absl::Minutes(40));  // by now it is asked every five minutes or ten
  hubs.network().Mend("west", "east");
  hubs.Perform(before.uid, kAccept);
  hubs.Run(absl::Minutes(1));
  EXPECT_EQ(hubs.AtHome(before), model::v1::REFERRAL_STATE_ACCEPTED);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_RECEIVED);
}

TEST(Exchange, OneWayThatIsCutLosesNothingAndDoublesNothing) {
  HubNetwork hubs(kSeed);
  hubs.network().Cut("east", "west");
  const Referred referred = hubs.Refer();
  hubs.Run(absl::Minutes(3));
  EXPECT_EQ(hubs.There(referred.uid), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_REQUESTED);
  hubs.network().Mend("east", "west");
  hubs.Run(absl::Minutes(11));
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(hubs.Read(referred).performance.entries, 1);
}

TEST(Exchange, TheCoordinatorSeesWhatDidNotArriveAndThatItDidAfterAll) {
  HubNetwork hubs(kSeed);
  Cut(hubs);
  const Referred referred = hubs.Refer();
  hubs.Run(absl::Seconds(10));
  EXPECT_EQ(hubs.Read(referred).undelivered, 0);
  hubs.bench("west").Advance(absl::Hours(24 * 30));
  hubs.Run(absl::Minutes(1));
  EXPECT_EQ(hubs.Read(referred).undelivered_why, "peer_silent");
  Mend(hubs);
  hubs.Run(absl::Minutes(11));
  EXPECT_EQ(hubs.Read(referred).undelivered, 0);
}

TEST(Exchange, NothingIsSentToAHubThatIsPaused) {
  HubNetwork hubs(kSeed);
  engine::testing::EngineBench& west = hubs.bench("west");
  const auto paused =
      west.Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
        hubs.exchange("west").desk().Pause(
            {.info = west.Info(engine::testing::EngineBench::Actor(
                 "hub", "administrator", model::v1::ACTOR_ROLE_ADMINISTRATOR)),
             .hub = "east",
             .reason = "moves house"},
            std::move(done));
      });
  ASSERT_TRUE(paused.ok()) << paused.status();
  const Referred referred = hubs.Refer();
  hubs.Run(absl::Minutes(5));
  EXPECT_THAT(hubs.network().carried(), IsEmpty());
  const auto resumed =
      west.Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
        hubs.exchange("west").desk().Resume(
            {.info = west.Info(engine::testing::EngineBench::Actor(
                 "hub", "administrator", model::v1::ACTOR_ROLE_ADMINISTRATOR)),
             .hub = "east"},
            std::move(done));
      });
  ASSERT_TRUE(resumed.ok()) << resumed.status();
  hubs.Run(kSoon);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_RECEIVED);
}

// --- Consent at the border ---------------------------------------------------

TEST(Exchange, NoByteOfAWithdrawnClassCrossesAfterTheNetworkIsMended) {
  HubNetwork hubs(kSeed);
  constexpr int kReferrals = 100;
  constexpr char kCanary[] = "CanaryOfIdentity";
  Cut(hubs);
  std::vector<Referred> all;
  for (int i = 0; i < kReferrals; ++i) {
    all.push_back(hubs.Refer(
        {.snils = absl::StrCat("000000", 10000 + i), .given_name = kCanary}));
  }
  hubs.Run(absl::Minutes(2));  // all of them were tried
  engine::testing::EngineBench& west = hubs.bench("west");
  for (const Referred& one : all) {
    west.Do(
        one.case_uid,
        absl::StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                     engine::PersonNameOf(west.Read(one.case_uid).person->uid),
                     "' }"));
  }
  Mend(hubs);
  hubs.Run(absl::Minutes(30));
  EXPECT_FALSE(hubs.network().carried().empty()) << "the test must send";
  EXPECT_FALSE(Crossed(hubs, kCanary));
  for (const Referred& one : all) {
    const casework::Referral home = hubs.Read(one);
    EXPECT_TRUE(casework::StateOf(home) ==
                    model::v1::REFERRAL_STATE_CANCELLED ||
                home.undelivered_why == "withheld")
        << casework::StateOf(home) << " " << home.undelivered_why;
  }
  EXPECT_THAT(west.Waiting(), IsEmpty());
}

TEST(Exchange, WhatDidNotFitIntoABatchIsJudgedAgainWhenItLeaves) {
  constexpr size_t kWordsBytes = 850 << 10;  // of which a batch holds four
  std::vector<v1::DeliverRequest> batches;
  std::vector<base::Done<v1::DeliverResponse>> held;
  HubNetwork hubs(kSeed);
  std::vector<Referred> all;
  for (int i = 0; i < 5; ++i) {
    all.push_back(hubs.Refer({.snils = absl::StrCat("0000000010", i + 1)}));
  }
  hubs.Run(kSoon);
  for (const Referred& one : all) {
    hubs.Perform(one.uid, "ask_information { question: 'which floor?' }");
  }
  hubs.Run(kSoon);
  // The first batch is not answered before the consents are withdrawn.
  hubs.network().Join("east", [&](const std::string& from,
                                  v1::DeliverRequest request,
                                  base::Done<v1::DeliverResponse> done) {
    batches.push_back(request);
    if (batches.size() == 1) return held.push_back(std::move(done));
    hubs.exchange("east").Deliver(from, std::move(request), std::move(done));
  });
  for (const Referred& one : all) {
    hubs.Ask(one, absl::StrCat("give_information { question: ",
                               casework::OpenQuestion(hubs.Read(one)),
                               " texts { data_class: DATA_CLASS_IDENTITY "
                               "text: '",
                               std::string(kWordsBytes, 'x'), "' } }"));
  }
  hubs.Run(absl::Seconds(1));
  ASSERT_THAT(batches, SizeIs(1));
  ASSERT_THAT(batches[0].envelopes(), SizeIs(4));
  engine::testing::EngineBench& west = hubs.bench("west");
  for (const Referred& one : all) {
    west.Do(
        one.case_uid,
        absl::StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                     engine::PersonNameOf(west.Read(one.case_uid).person->uid),
                     "' }"));
  }
  hubs.exchange("east").Deliver("west", batches[0], std::move(held[0]));
  hubs.Run(kSoon);
  ASSERT_GT(batches.size(), 1U) << "the fifth must leave";
  for (size_t i = 1; i < batches.size(); ++i) {
    for (const std::string& bytes : batches[i].envelopes()) {
      EXPECT_LT(bytes.size(), kWordsBytes);
    }
  }
}

TEST(Exchange, AWithdrawalBeforeTheFirstTryEndsTheReferralUntold) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer({.given_name = "Canary"});
  engine::testing::EngineBench& west = hubs.bench("west");
  west.Do(referred.case_uid,
          absl::StrCat(
              "withdraw_consent { consent: 1 withdrawn_by: '",
              engine::PersonNameOf(west.Read(referred.case_uid).person->uid),
              "' }"));
  hubs.Run(absl::Minutes(1));
  EXPECT_FALSE(Crossed(hubs, "Canary"));
  EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_THAT(west.Waiting(), IsEmpty());
}

TEST(Exchange, AWithdrawalIsToldToWhoHoldsTheData) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  engine::testing::EngineBench& west = hubs.bench("west");
  west.Do(referred.case_uid,
          absl::StrCat(
              "withdraw_consent { consent: 1 withdrawn_by: '",
              engine::PersonNameOf(west.Read(referred.case_uid).person->uid),
              "' }"));
  hubs.Run(kSoon);
  engine::testing::EngineBench& east = hubs.bench("east");
  const auto reading = east.Wait<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        east.engine().performed_referrals().Read(referred.uid, std::move(done));
      });
  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_TRUE(
      reading->state->recalled.Contains(model::v1::DATA_CLASS_IDENTITY));
}

// --- Cancelling -------------------------------------------------------------

TEST(Exchange, WhatWasTakenBackBeforeItLeftIsNeverToldOf) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Ask(referred, "cancel { note: 'by mistake' }");
  hubs.Run(absl::Minutes(1));
  EXPECT_THAT(hubs.network().carried(), IsEmpty());
  EXPECT_EQ(hubs.AtHome(referred), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_THAT(hubs.bench("west").Waiting(), IsEmpty());
}

TEST(Exchange, ACancelThatWasAskedEndsWhatHasNotBegunOnBothSides) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  hubs.Ask(referred, kAskCancel);
  hubs.Run(kSoon);
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_CANCELLED);
}

TEST(Exchange, ACancelThatCrossesACompletionEndsAlikeOnBothSides) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  hubs.Perform(referred.uid, kAccept);
  hubs.Perform(referred.uid, "begin {}");
  hubs.Run(kSoon);
  Cut(hubs);
  hubs.Ask(referred, kAskCancel);
  hubs.Perform(referred.uid, kComplete);
  hubs.Run(absl::Minutes(2));
  Mend(hubs);
  hubs.Run(absl::Minutes(11));
  ExpectState(hubs, referred, model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_FALSE(hubs.bench("west").IsLive(referred.case_uid, "help"));
}

TEST(Exchange, AQuestionIsAnsweredAcrossTheHubs) {
  HubNetwork hubs(kSeed);
  const Referred referred = hubs.Refer();
  hubs.Run(kSoon);
  hubs.Perform(referred.uid, "ask_information { question: 'which floor?' }");
  hubs.Run(kSoon);
  const int32_t question = casework::OpenQuestion(hubs.Read(referred));
  ASSERT_NE(question, 0);
  hubs.Ask(referred, absl::StrCat("give_information { question: ", question,
                                  " texts { data_class: DATA_CLASS_IDENTITY "
                                  "text: 'FloorThree' } }"));
  hubs.Run(kSoon);
  EXPECT_EQ(casework::OpenQuestion(hubs.Read(referred)), 0);
  EXPECT_TRUE(Crossed(hubs, "FloorThree"));
  engine::testing::EngineBench& east = hubs.bench("east");
  const auto reading = east.Wait<engine::PerformedReading>(
      [&](base::Done<engine::PerformedReading> done) {
        east.engine().performed_referrals().Read(referred.uid, std::move(done));
      });
  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_EQ(casework::OpenQuestion(reading->state->referral), 0);
}

// What the one hub keeps of the other.
absl::StatusOr<PeerReading> ReadPeer(HubNetwork& hubs, const std::string& hub,
                                     const std::string& peer) {
  return hubs.bench(hub).Wait<PeerReading>([&](base::Done<PeerReading> done) {
    hubs.exchange(hub).streams().Read(peer, std::move(done));
  });
}

TEST(Exchange, EveryAnsweredBatchIsRecordedOnBothSides) {
  HubNetwork hubs(kSeed);
  hubs.Refer();
  hubs.Run(kSoon);
  for (const auto& [hub, peer] :
       {std::pair<std::string, std::string>{"west", "east"},
        {"east", "west"}}) {
    const auto reading = ReadPeer(hubs, hub, peer);
    ASSERT_TRUE(reading.ok()) << reading.status();
    EXPECT_GE(reading->state->sent_batch, 1) << hub;
    EXPECT_GE(reading->state->received_batch, 1) << hub;
  }
}

TEST(Exchange, HubsKeepEachOthersCheckpoints) {
  HubNetwork hubs(kSeed);
  hubs.Refer();
  for (const char* hub : {"west", "east"}) {
    engine::testing::EngineBench& bench = hubs.bench(hub);
    bench.engine().checkpoints().Sign(
        [](absl::Status status) { EXPECT_TRUE(status.ok()) << status; });
    bench.executor().RunReady();
  }
  hubs.Run(kSoon);
  for (const auto& [hub, peer] :
       {std::pair<std::string, std::string>{"west", "east"},
        {"east", "west"}}) {
    const auto reading = ReadPeer(hubs, hub, peer);
    ASSERT_TRUE(reading.ok()) << reading.status();
    EXPECT_FALSE(reading->state->checkpoints.empty()) << hub;
    EXPECT_EQ(reading->state->fault, CheckpointFault::kNone) << hub;
  }
}

}  // namespace
}  // namespace careroute::exchange

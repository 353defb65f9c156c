// A hub is put back from a backup and has forgotten what came after. What it
// shares with another hub comes back from there, whichever half it writes, and
// both go on from the same.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/persons.h"
#include "lib/engine/testing/test_files.h"
#include "lib/testing/agency.h"
#include "lib/testing/invented.h"
#include "lib/testing/simulated_world.h"

namespace careroute::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPathway[] = "lib/casework/testdata/test-route.textproto";

// A hub with a clinic that asks and an office that performs.
struct Side {
  Side(SimulatedWorld& world, const std::string& id)
      : hub(id),
        clinic(world, {.hub = id, .organisation = absl::StrCat(id, "-clinic")}),
        office(world,
               {.hub = id, .organisation = absl::StrCat(id, "-office")}) {}

  const std::string hub;
  Agency clinic;
  Agency office;
};

// A referral of one hub's clinic to the other's office.
struct Asked {
  Side& by;
  Side& of;
  base::Uid uid;  // of the case
};

class Restore : public ::testing::Test {
 protected:
  explicit Restore(uint64_t seed = 11)
      : world_({.seed = seed, .calendars = calendars_}) {
    for (const char* id : {"west", "east"}) {
      world_.AddHub(
          {.id = id,
           .organisations = {
               InventedOrganisation({.id = absl::StrCat(id, "-clinic"),
                                     .kind = model::v1::AGENCY_KIND_HEALTH}),
               InventedOrganisation({.id = absl::StrCat(id, "-office"),
                                     .kind = model::v1::AGENCY_KIND_SOCIAL,
                                     .services = {"care"}})}});
    }
    model::v1::Pathway pathway = engine::testing::ReadPathway(kPathway);
    pathway.set_jurisdiction(kInventedRegion);
    world_.Open({pathway});
  }

  static void ExpectDone(const absl::StatusOr<engine::Reply>& reply) {
    ASSERT_TRUE(reply.ok()) << reply.status();
    ASSERT_FALSE(reply->refusal.has_value()) << reply->refusal->DebugString();
  }
  // By the requester, by the performer.
  void Ask(const Asked& asked, const std::string& move) {
    ExpectDone(asked.by.clinic.Do(
        asked.uid, absl::StrCat("referral { referral: 1 ", move, " }")));
    world_.Run(absl::Seconds(10));
  }
  void Perform(const Asked& asked, const std::string& move) {
    ExpectDone(asked.of.office.Perform(AtHome(asked).uid, move));
    world_.Run(absl::Seconds(10));
  }

  Asked Refer(Side& by, Side& of, int number = 1) {
    const auto uid = by.clinic.Report("test-route", {.number = number});
    EXPECT_TRUE(uid.ok()) << uid.status();
    const auto reading = by.clinic.Read(*uid);
    EXPECT_TRUE(reading.ok()) << reading.status();
    ExpectDone(by.clinic.Do(
        *uid,
        absl::StrCat("give_consent { consent { matter: CONSENT_MATTER_DATA "
                     "classes: DATA_CLASS_IDENTITY to_kinds: "
                     "AGENCY_KIND_SOCIAL purpose: 'support' given_by: '",
                     engine::PersonNameOf(reading->person->uid),
                     "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                     "'paper' } } }")));
    ExpectDone(by.clinic.Do(*uid, "start_step { step: 'help' }"));
    const auto started = by.clinic.Read(*uid);
    EXPECT_TRUE(started.ok()) << started.status();
    ExpectDone(by.clinic.Do(
        *uid, absl::StrCat("referral { make { occurrence: ",
                           started->state->occurrences.back().number,
                           " performer: 'organisations/", of.hub,
                           "-office' way: 'by_consent' send: true } }")));
    world_.Run(absl::Seconds(10));
    return {.by = by, .of = of, .uid = *uid};
  }

  casework::Referral AtHome(const Asked& asked) {
    const auto referral = asked.by.clinic.LastReferral(asked.uid);
    EXPECT_TRUE(referral.ok()) << referral.status();
    return referral.ok() ? *referral : casework::Referral{};
  }
  absl::StatusOr<engine::PerformedReading> ReadThere(const Asked& asked) {
    return world_.Await<engine::PerformedReading>(
        [&](base::Done<engine::PerformedReading> done) {
          world_.hub(asked.of.hub)
              .engine()
              .performed_referrals()
              .Read(AtHome(asked).uid, std::move(done));
        });
  }
  engine::PerformedReading There(const Asked& asked) {
    const auto reading = ReadThere(asked);
    EXPECT_TRUE(reading.ok()) << reading.status();
    return reading.ok() ? *reading : engine::PerformedReading{};
  }
  // Nobody was told of it: it had not left when it was taken back.
  bool IsTakenBackUnsent(const Asked& asked) {
    const model::v1::ReferralState state = casework::StateOf(AtHome(asked));
    return (state == model::v1::REFERRAL_STATE_CANCELLED ||
            state == model::v1::REFERRAL_STATE_ENTERED_IN_ERROR) &&
           absl::IsNotFound(ReadThere(asked).status());
  }
  // Both halves are as long at both hubs, and say the same.
  void ExpectAlike(const Asked& asked) {
    const casework::Referral home = AtHome(asked);
    const engine::PerformedReading there = There(asked);
    ASSERT_NE(there.state, nullptr);
    const casework::Referral& mirror = there.state->referral;
    EXPECT_EQ(casework::StateOf(home), casework::StateOf(mirror));
    EXPECT_EQ(home.request.entries, mirror.request.entries);
    EXPECT_EQ(home.performance.entries, mirror.performance.entries);
    EXPECT_EQ(home.envelopes, there.state->taken);
    EXPECT_EQ(home.taken, there.state->envelopes);
  }

  void ExpectAlike(const Asked& asked, model::v1::ReferralState state) {
    EXPECT_EQ(casework::StateOf(AtHome(asked)), state);
    ExpectAlike(asked);
  }

  std::unique_ptr<store::MemoryStore> BackUp(const Side& side) {
    return world_.hub(side.hub).disk().BackUp();
  }
  void PutBack(const Side& side, const store::MemoryStore& backup) {
    SimulatedHub& hub = world_.hub(side.hub);
    hub.Crash();
    hub.disk().PutBack(backup);
    hub.Start();
    world_.Run(absl::Minutes(1));
  }
  std::string ProblemOf(const Side& peer, const Side& at) {
    const auto described =
        world_.Await<model::v1::Peer>([&](base::Done<model::v1::Peer> done) {
          world_.hub(at.hub).exchange().desk().Describe(peer.hub,
                                                        std::move(done));
        });
    EXPECT_TRUE(described.ok()) << described.status();
    return described.ok() ? described->problem() : "";
  }

  const calendar::CalendarSet calendars_ = engine::testing::LoadCalendars();
  SimulatedWorld world_;
  Side west_{world_, "west"};
  Side east_{world_, "east"};
};

TEST_F(Restore, GivesARequesterBackWhatItSaidAndWhatItHeard) {
  const Asked asked = Refer(west_, east_);
  const auto backup = BackUp(west_);
  Perform(asked, "accept { can_meet_needs: true }");
  Perform(asked, "begin {}");
  Perform(asked, "ask_information { question: 'which floor?' }");
  Ask(asked, "give_information { question: 4 documents { kind: 'extract' } }");
  Ask(asked, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  PutBack(west_, *backup);
  ExpectAlike(asked, model::v1::REFERRAL_STATE_IN_PROGRESS);
  EXPECT_TRUE(casework::CancelIsAsked(AtHome(asked)));
  EXPECT_EQ(AtHome(asked).request.entries, 4);
  EXPECT_THAT(ProblemOf(east_, west_), IsEmpty());
  Perform(asked, "complete { outcome: 'done' }");
  ExpectAlike(asked, model::v1::REFERRAL_STATE_COMPLETED);
}

TEST_F(Restore, LetsARequesterGoOnUnderNumbersThatWereNotUsed) {
  const Asked asked = Refer(west_, east_);
  Perform(asked, "accept { can_meet_needs: true }");
  Perform(asked, "begin {}");
  Perform(asked, "ask_information { question: 'which floor?' }");
  const auto backup = BackUp(west_);
  Ask(asked, "give_information { question: 4 documents { kind: 'extract' } }");
  PutBack(west_, *backup);
  Ask(asked, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  EXPECT_TRUE(casework::CancelIsAsked(There(asked).state->referral));
  ExpectAlike(asked, model::v1::REFERRAL_STATE_IN_PROGRESS);
}

// What was recalled stays recalled; that the family withdrew its consent is not
// known there, and the coordinator is told that something was lost.
TEST_F(Restore, RecallsNothingTwiceUnderOneNumber) {
  const Asked asked = Refer(west_, east_);
  const auto backup = BackUp(west_);
  ExpectDone(west_.clinic.Do(
      asked.uid, absl::StrCat("withdraw_consent { consent: 1 withdrawn_by: '",
                              engine::PersonNameOf(
                                  west_.clinic.Read(asked.uid)->person->uid),
                              "' }")));
  world_.Run(absl::Seconds(10));
  ASSERT_FALSE(There(asked).state->recalled.empty());
  PutBack(west_, *backup);
  ExpectAlike(asked, casework::StateOf(There(asked).state->referral));
  Ask(asked, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  ExpectAlike(asked, model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_FALSE(There(asked).state->recalled.empty());
}

TEST_F(Restore, GivesAPerformerAReferralBackThatItHadNotHeardOf) {
  const auto backup = BackUp(east_);
  const Asked asked = Refer(west_, east_);
  Perform(asked, "accept { can_meet_needs: true note: 'on Monday' }");
  Perform(asked, "begin {}");
  const model::v1::ReferralEntry accepted =
      There(asked).history.at(1).event.grown().entries(0);
  PutBack(east_, *backup);
  ExpectAlike(asked, model::v1::REFERRAL_STATE_IN_PROGRESS);
  EXPECT_EQ(AtHome(asked).performance.entries, 3);
  // It was given back before the referral itself came again, or after.
  const engine::PerformedReading back = There(asked);
  const auto given_back = std::find_if(
      back.history.begin(), back.history.end(), [&accepted](const auto& one) {
        const auto& entries = one.event.grown().entries();
        return !entries.empty() && entries[0].move() == accepted.move();
      });
  ASSERT_NE(given_back, back.history.end());
  const model::v1::ReferralEntry again = given_back->event.grown().entries(0);
  EXPECT_EQ(again.note(), "on Monday");
  Perform(asked, "complete { outcome: 'done' }");
  ExpectAlike(asked, model::v1::REFERRAL_STATE_COMPLETED);
}

TEST_F(Restore, MendsReferralsOfBothDirectionsAtOnce) {
  const Asked there = Refer(west_, east_, 1);
  const Asked here = Refer(east_, west_, 2);
  const auto backup = BackUp(west_);
  Perform(there, "accept { can_meet_needs: true }");
  Perform(here, "accept { can_meet_needs: true }");
  Ask(there, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  Ask(here, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  const casework::Referral before = AtHome(here);
  PutBack(west_, *backup);
  ExpectAlike(there, casework::StateOf(AtHome(there)));
  ExpectAlike(here, casework::StateOf(before));
  EXPECT_EQ(AtHome(here).performance.entries, before.performance.entries);
}

// The case came to the hub of its performers, which is put back to before it
// had heard of either. The case comes back; what they did is gone.
TEST_F(Restore, NamesACaseWhoseNewHomeLostWhatItsOwnMembersPerformed) {
  const auto backup = BackUp(east_);
  const Asked asked = Refer(west_, east_);
  Perform(asked, "accept { can_meet_needs: true }");
  ExpectDone(west_.clinic.Do(
      asked.uid,
      absl::StrCat(
          "give_consent { consent { matter: CONSENT_MATTER_DATA "
          "classes: DATA_CLASS_IDENTITY classes: DATA_CLASS_CONTACT "
          "classes: DATA_CLASS_NEEDS classes: DATA_CLASS_SOCIAL "
          "classes: DATA_CLASS_EDUCATION classes: DATA_CLASS_MEDICAL "
          "classes: DATA_CLASS_DIAGNOSIS to_organisations: "
          "'organisations/east-clinic' purpose: 'support' given_by: '",
          engine::PersonNameOf(west_.clinic.Read(asked.uid)->person->uid),
          "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
          "'paper' } } }")));
  world_.Run(absl::Seconds(10));  // what the case has told others arrives
  ExpectDone(west_.clinic.Do(
      asked.uid,
      "freeze_case { hub: 'east' coordinator: "
      "'organisations/east-clinic/members/coordinator' note: 'it moves' }"));
  world_.Run(absl::Seconds(10));
  ASSERT_TRUE(east_.clinic.Read(asked.uid).ok());
  PutBack(east_, *backup);
  ASSERT_TRUE(east_.clinic.Read(asked.uid).ok());
  EXPECT_THAT(ProblemOf(west_, east_),
              HasSubstr(absl::StrCat("cases/", asked.uid.Hex())));
}

TEST_F(Restore, WritesNothingToASharedHalfBeforeItIsWhole) {
  const Asked asked = Refer(west_, east_);
  const auto backup = BackUp(west_);
  Ask(asked, "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }");
  world_.hub("east").Crash();
  PutBack(west_, *backup);
  const auto held = west_.clinic.Do(
      asked.uid, "referral { referral: 1 mark_in_error { note: 'a slip' } }");
  EXPECT_TRUE(absl::IsUnavailable(held.status())) << held.status();
  EXPECT_THAT(ProblemOf(east_, west_), HasSubstr("backup"));
  world_.hub("east").Start();
  world_.Run(absl::Minutes(20));
  EXPECT_EQ(casework::StateOf(AtHome(asked)),
            model::v1::REFERRAL_STATE_CANCELLED);
  ExpectAlike(asked, model::v1::REFERRAL_STATE_CANCELLED);
}

TEST_F(Restore, NamesWhatIsLostForGoodUntilSomebodyHasSeenToIt) {
  const auto backup = BackUp(west_);
  const base::Uid gone = AtHome(Refer(west_, east_)).uid;
  PutBack(west_, *backup);
  EXPECT_THAT(ProblemOf(east_, west_), HasSubstr(gone.Hex()));
  const auto resumed =
      world_.Await<engine::Reply>([&](base::Done<engine::Reply> done) {
        world_.hub("west").exchange().desk().Resume(
            {.info = HubInfo(world_.NewRequestId()), .hub = "east"},
            std::move(done));
      });
  ExpectDone(resumed);
  EXPECT_THAT(ProblemOf(east_, west_), IsEmpty());
}

// Any history, any moment of a backup, either hub, over a bad network.
class RestoreBySeed : public Restore,
                      public ::testing::WithParamInterface<uint64_t> {
 protected:
  RestoreBySeed() : Restore(GetParam()) {}

  bool Often(uint64_t of_hundred) { return random_.Uniform(100) < of_hundred; }

  // Refused as often as not, or not arrived yet.
  void Act(const Asked& asked) {
    const std::vector<std::string> requester = {
        "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }",
        "give_information { question: 2 documents { kind: 'extract' } }",
        "give_information { question: 3 documents { kind: 'extract' } }",
        "mark_in_error { note: 'a slip' }"};
    const std::vector<std::string> performer = {
        "accept { can_meet_needs: true }",
        "begin {}",
        "ask_information { question: 'which floor?' }",
        "hold { reason: REFERRAL_REASON_NO_STAFF }",
        "resume {}",
        "answer_cancel { answer: CANCEL_ANSWER_GOES_ON }",
        "complete { outcome: 'done' }"};
    if (Often(30)) {
      const std::string& move = requester[random_.Uniform(requester.size())];
      (void)asked.by.clinic.Do(
          asked.uid, absl::StrCat("referral { referral: 1 ", move, " }"));
    } else {
      const std::string& move = performer[random_.Uniform(performer.size())];
      (void)asked.of.office.Perform(AtHome(asked).uid, move);
    }
  }

  base::SeededRandom random_{GetParam()};
};

TEST_P(RestoreBySeed, ConvergesWhateverWasForgotten) {
  constexpr int kSteps = 40;
  std::vector<Asked> all = {Refer(west_, east_, 1), Refer(east_, west_, 2)};
  world_.network().set_faults(
      {.lost = 20, .doubled = 20, .delay_max = absl::Seconds(5)});
  Side& restored = Often(50) ? west_ : east_;
  const auto backed_up_at = static_cast<int>(random_.Uniform(kSteps));
  std::unique_ptr<store::MemoryStore> backup;
  size_t kept = 0;
  for (int step = 0; step < kSteps; ++step) {
    if (step == backed_up_at) {
      backup = BackUp(restored);
      kept = all.size();
    }
    if (Often(10)) {
      const bool from_west = Often(50);
      all.push_back(Refer(from_west ? west_ : east_, from_west ? east_ : west_,
                          static_cast<int>(all.size()) + 1));
    }
    Act(all[random_.Uniform(all.size())]);
    world_.Run(absl::Seconds(static_cast<int64_t>(random_.Uniform(30))));
  }
  PutBack(restored, *backup);
  world_.Run(absl::Minutes(2));
  world_.network().set_faults({});
  world_.Run(absl::Hours(1));
  for (size_t i = 0; i < all.size(); ++i) {
    // Cases that were opened later at the hub that forgot are gone.
    if (i >= kept && &all[i].by == &restored) continue;
    SCOPED_TRACE(i);
    if (!IsTakenBackUnsent(all[i])) ExpectAlike(all[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RestoreBySeed,
                         ::testing::Range<uint64_t>(1, 21));

}  // namespace
}  // namespace careroute::testing

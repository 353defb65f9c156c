// A hub is put back from a backup and has forgotten that a case moved. It asks
// the others before it writes to any, and in the end one hub writes to the case
// and all copies are of one chain.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/persons.h"
#include "lib/engine/testing/test_files.h"
#include "lib/testing/agency.h"
#include "lib/testing/invented.h"
#include "lib/testing/simulated_world.h"

namespace careroute::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPathway[] = "lib/casework/testdata/test-route.textproto";
constexpr char kNextContact[] = "set_next_contact { date: '2026-03-06' }";

class RestoreCases : public ::testing::Test {
 protected:
  explicit RestoreCases(uint64_t seed = 11,
                        const std::vector<std::string>& hubs = {"west", "east"})
      : world_({.seed = seed, .calendars = calendars_}) {
    for (const std::string& id : hubs) {
      world_.AddHub({.id = id,
                     .organisations = {InventedOrganisation(
                         {.id = absl::StrCat(id, "-clinic"),
                          .kind = model::v1::AGENCY_KIND_HEALTH})}});
    }
    model::v1::Pathway pathway = engine::testing::ReadPathway(kPathway);
    pathway.set_jurisdiction(kInventedRegion);
    world_.Open({pathway});
  }

  Agency& ClinicOf(const std::string& hub) {
    return hub == "west" ? west_ : east_;
  }

  static void ExpectDone(const absl::StatusOr<engine::Reply>& reply) {
    ASSERT_TRUE(reply.ok()) << reply.status();
    ASSERT_FALSE(reply->refusal.has_value()) << reply->refusal->DebugString();
  }

  base::Uid Report(const std::string& hub, int number = 1) {
    const auto uid = ClinicOf(hub).Report("test-route", {.number = number});
    EXPECT_TRUE(uid.ok()) << uid.status();
    return *uid;
  }

  // The family has agreed that everything may go to the clinic of that hub.
  void Agree(const base::Uid& uid, const std::string& from,
             const std::string& to) {
    const auto reading = ClinicOf(from).Read(uid);
    ASSERT_TRUE(reading.ok()) << reading.status();
    ExpectDone(ClinicOf(from).Do(
        uid,
        absl::StrCat(
            "give_consent { consent { matter: CONSENT_MATTER_DATA "
            "classes: DATA_CLASS_IDENTITY classes: DATA_CLASS_CONTACT "
            "classes: DATA_CLASS_NEEDS classes: DATA_CLASS_SOCIAL "
            "classes: DATA_CLASS_EDUCATION classes: DATA_CLASS_MEDICAL "
            "classes: DATA_CLASS_DIAGNOSIS to_organisations: 'organisations/",
            to, "-clinic' purpose: 'support' given_by: '",
            engine::PersonNameOf(reading->person->uid),
            "' word_given: WORD_GIVEN_IN_WRITING document { kind: 'paper' } } "
            "}")));
  }
  absl::StatusOr<engine::Reply> Offer(const base::Uid& uid,
                                      const std::string& from,
                                      const std::string& to) {
    // A case moves once what it has told others has arrived.
    world_.Run(absl::Seconds(10));
    return ClinicOf(from).Do(
        uid, absl::StrCat("freeze_case { hub: '", to,
                          "' coordinator: 'organisations/", to,
                          "-clinic/members/coordinator' note: 'it moves' }"));
  }
  void Move(const base::Uid& uid, const std::string& from,
            const std::string& to) {
    Agree(uid, from, to);
    ExpectDone(Offer(uid, from, to));
    world_.Run(absl::Seconds(10));
  }

  std::unique_ptr<store::MemoryStore> BackUp(const std::string& hub) {
    return world_.hub(hub).disk().BackUp();
  }
  void PutBack(const std::string& hub, const store::MemoryStore& backup) {
    world_.hub(hub).Crash();
    world_.hub(hub).disk().PutBack(backup);
    world_.hub(hub).Start();
    world_.Run(absl::Minutes(1));
  }

  // Null where nothing of the case is kept.
  std::shared_ptr<const casework::Case> CopyAt(const std::string& hub,
                                               const base::Uid& uid) {
    const auto loaded = world_.Await<engine::Loaded<casework::Case>>(
        [&](base::Done<engine::Loaded<casework::Case>> done) {
          world_.hub(hub).engine().cases().Load(uid, std::move(done));
        });
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded.ok() && loaded->version > 0 ? loaded->state : nullptr;
  }
  std::vector<std::string> Writers(const base::Uid& uid) {
    std::vector<std::string> writers;
    for (const std::string& hub : world_.hub_ids()) {
      const auto copy = CopyAt(hub, uid);
      if (copy != nullptr && copy->home.IsAt(hub) &&
          world_.hub(hub).engine().case_fence().Check().ok() &&
          !copy->home.frozen.has_value()) {
        writers.push_back(hub);
      }
    }
    return writers;
  }
  std::vector<std::string> ChainAt(const std::string& hub,
                                   const base::Uid& uid) {
    std::vector<std::string> chain;
    const auto page =
        world_.Await<store::EventPage>([&](base::Done<store::EventPage> done) {
          world_.hub(hub).disk().durable().ReadEvents(
              {.stream = {.kind = store::StreamKind::kCase, .id = uid},
               .limit = store::kPageRowsMax},
              std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return chain;
    for (const store::StoredEvent& one : page->events) {
      chain.push_back(one.chain_hash);
    }
    return chain;
  }
  // One copy is the beginning of the other.
  void ExpectOneChain(const base::Uid& uid) {
    std::vector<std::string> shorter = ChainAt("west", uid);
    std::vector<std::string> longer = ChainAt("east", uid);
    if (shorter.size() > longer.size()) shorter.swap(longer);
    EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), longer.begin()));
  }
  std::string ProblemOf(const std::string& peer, const std::string& at) {
    const auto described =
        world_.Await<model::v1::Peer>([&](base::Done<model::v1::Peer> done) {
          world_.hub(at).exchange().desk().Describe(peer, std::move(done));
        });
    EXPECT_TRUE(described.ok()) << described.status();
    return described.ok() ? described->problem() : "";
  }

  const calendar::CalendarSet calendars_ = engine::testing::LoadCalendars();
  SimulatedWorld world_;
  Agency west_{world_, {.hub = "west", .organisation = "west-clinic"}};
  Agency east_{world_, {.hub = "east", .organisation = "east-clinic"}};
};

TEST_F(RestoreCases, TheOldHomeLearnsThatItGaveTheCaseAway) {
  const base::Uid uid = Report("west");
  const auto backup = BackUp("west");
  ExpectDone(west_.Do(uid, kNextContact));
  Move(uid, "west", "east");
  const size_t left_at = ChainAt("west", uid).size();
  ExpectDone(east_.Do(uid, kNextContact));
  PutBack("west", *backup);
  EXPECT_THAT(Writers(uid), ElementsAre("east"));
  EXPECT_EQ(CopyAt("west", uid)->home.hub, "east");
  EXPECT_EQ(ChainAt("west", uid).size(), left_at);
  ExpectOneChain(uid);
  EXPECT_TRUE(west_.Read(uid).ok());
  EXPECT_THAT(ProblemOf("east", "west"), IsEmpty());
}

TEST_F(RestoreCases, TheNewHomeGetsTheCaseAndItsPersonBack) {
  const base::Uid uid = Report("west");
  const auto backup = BackUp("east");
  Move(uid, "west", "east");
  const size_t came_at = ChainAt("west", uid).size();
  ExpectDone(east_.Do(uid, kNextContact));
  PutBack("east", *backup);
  EXPECT_THAT(Writers(uid), ElementsAre("east"));
  EXPECT_EQ(ChainAt("east", uid).size(), came_at);
  const auto there = east_.Read(uid);
  ASSERT_TRUE(there.ok()) << there.status();
  EXPECT_FALSE(there->person->erased);
  ExpectDone(east_.Do(uid, kNextContact));
  ExpectOneChain(uid);
}

TEST_F(RestoreCases, WhoeverForgotWritesToNoCaseBeforeTheOthersHaveSpoken) {
  const base::Uid moved = Report("west", 1);
  const base::Uid stays = Report("west", 2);
  const auto backup = BackUp("west");
  Move(moved, "west", "east");
  world_.hub("east").Crash();
  PutBack("west", *backup);
  for (const base::Uid& uid : {moved, stays}) {
    const auto held = west_.Do(uid, kNextContact);
    EXPECT_TRUE(absl::IsUnavailable(held.status())) << held.status();
    EXPECT_THAT(std::string(held.status().message()),
                AllOf(HasSubstr("hub/east"), HasSubstr("careroute peers")));
    EXPECT_TRUE(west_.Read(uid).ok());
  }
  EXPECT_FALSE(west_.Report("test-route", {.number = 3}).ok());
  EXPECT_THAT(ProblemOf("east", "west"), HasSubstr("backup"));
  world_.hub("east").Start();
  world_.Run(absl::Minutes(20));
  ExpectDone(west_.Do(stays, kNextContact));
  EXPECT_THAT(Writers(moved), ElementsAre("east"));
  EXPECT_THAT(Writers(stays), ElementsAre("west"));
}

TEST_F(RestoreCases, AnOfferWhoseAnswerWasForgottenIsMadeAgain) {
  const base::Uid uid = Report("west");
  Agree(uid, "west", "east");
  const auto backup = BackUp("east");
  const auto paused =
      world_.Await<engine::Reply>([&](base::Done<engine::Reply> done) {
        world_.hub("east").exchange().desk().Pause(
            {.info = HubInfo(world_.NewRequestId()),
             .hub = "west",
             .reason = "the line is down"},
            std::move(done));
      });
  ExpectDone(paused);
  ExpectDone(Offer(uid, "west", "east"));
  world_.Run(absl::Minutes(2));
  ASSERT_THAT(Writers(uid), ElementsAre("east"));
  ASSERT_TRUE(CopyAt("west", uid)->home.frozen.has_value());
  PutBack("east", *backup);
  world_.Run(absl::Minutes(2));
  EXPECT_THAT(Writers(uid), ElementsAre("east"));
  EXPECT_EQ(CopyAt("west", uid)->home.hub, "east");
  ExpectOneChain(uid);
}

TEST_F(RestoreCases, ACaseThatCameBackIsWrittenToWhereItWasLast) {
  const base::Uid uid = Report("west");
  const auto backup = BackUp("west");
  Move(uid, "west", "east");
  Move(uid, "east", "west");
  ASSERT_THAT(Writers(uid), ElementsAre("west"));
  const size_t came_at = ChainAt("east", uid).size();
  PutBack("west", *backup);
  EXPECT_THAT(Writers(uid), ElementsAre("west"));
  EXPECT_EQ(ChainAt("west", uid).size(), came_at);
  ExpectOneChain(uid);
  ExpectDone(west_.Do(uid, kNextContact));
}

// Somebody let the hub write before the other one had spoken, as it does where
// a hub that is away was taken out of the configuration.
TEST_F(RestoreCases, ACaseThatBothHubsWroteToIsNamed) {
  const base::Uid uid = Report("west");
  const auto backup = BackUp("west");
  const auto write = [&uid](Agency& clinic, int days) {
    for (int day = 1; day <= days; ++day) {
      ExpectDone(clinic.Do(
          uid, absl::StrFormat("set_next_contact { date: '2026-03-%02d' }",
                               4 + day)));
    }
  };
  Move(uid, "west", "east");
  write(east_, 9);
  world_.hub("east").Crash();
  PutBack("west", *backup);
  world_.hub("west").engine().case_fence().Release("hub/east");
  write(west_, 5);  // more than it had when the case left
  world_.hub("west").Crash();
  world_.hub("east").Start();
  world_.hub("west").Start();
  world_.Run(absl::Minutes(2));
  EXPECT_THAT(ProblemOf("east", "west"),
              HasSubstr(absl::StrCat("cases/", uid.Hex())));
}

// Where neither hub knows any more that it moved, it never did.
TEST_F(RestoreCases, AMoveThatBothForgotIsForgotten) {
  const base::Uid uid = Report("west");
  const auto west = BackUp("west");
  const auto east = BackUp("east");
  Move(uid, "west", "east");
  world_.hub("east").Crash();
  world_.hub("east").disk().PutBack(*east);
  PutBack("west", *west);
  world_.hub("east").Start();
  world_.Run(absl::Minutes(20));
  EXPECT_THAT(Writers(uid), ElementsAre("west"));
  ExpectDone(west_.Do(uid, kNextContact));
}

class RestoreCasesOfThree : public RestoreCases {
 protected:
  RestoreCasesOfThree() : RestoreCases(11, {"west", "east", "north"}) {}
};

// The hub where it is now speaks first, to one that knows nothing of the case,
// and then the hub that it came from gives it back.
TEST_F(RestoreCasesOfThree, AHubThatACaseOnlyPassedThroughDoesNotKeepIt) {
  const base::Uid uid = Report("west");
  const auto backup = BackUp("east");
  Move(uid, "west", "east");
  Move(uid, "east", "north");
  ASSERT_THAT(Writers(uid), ElementsAre("north"));
  world_.network().Cut("east", "west");
  PutBack("east", *backup);
  EXPECT_THAT(Writers(uid), ElementsAre("north"));
  world_.network().Mend("east", "west");
  world_.Run(absl::Minutes(5));
  EXPECT_TRUE(world_.hub("east").engine().case_fence().Check().ok());
  EXPECT_THAT(Writers(uid), ElementsAre("north"));
  EXPECT_EQ(CopyAt("east", uid)->home.hub, "north");
}

// Any moves, any moment of a backup, either hub, over a bad network.
class RestoreCasesBySeed : public RestoreCases,
                           public ::testing::WithParamInterface<uint64_t> {
 protected:
  RestoreCasesBySeed() : RestoreCases(GetParam()) {}

  base::SeededRandom random_{GetParam()};
};

TEST_P(RestoreCasesBySeed, OneHubWritesInTheEnd) {
  constexpr int kSteps = 20;
  const base::Uid uid = Report("west");
  // There and back, so that the family has agreed to both ways.
  Move(uid, "west", "east");
  Move(uid, "east", "west");
  world_.network().set_faults(
      {.lost = 20, .doubled = 20, .delay_max = absl::Seconds(5)});
  const std::string restored = random_.Uniform(2) == 0 ? "west" : "east";
  const auto backed_up_at = static_cast<int>(random_.Uniform(kSteps));
  std::unique_ptr<store::MemoryStore> backup;
  for (int step = 0; step < kSteps; ++step) {
    if (step == backed_up_at) backup = BackUp(restored);
    const bool at_west = random_.Uniform(2) == 0;
    const std::string from = at_west ? "west" : "east";
    // Refused as often as not: it is not there, or on its way.
    if (random_.Uniform(3) == 0) {
      (void)Offer(uid, from, at_west ? "east" : "west");
    } else {
      (void)ClinicOf(from).Do(uid, kNextContact);
    }
    world_.Run(absl::Seconds(static_cast<int64_t>(random_.Uniform(30))));
  }
  PutBack(restored, *backup);
  world_.Run(absl::Minutes(2));
  EXPECT_LE(Writers(uid).size(), 1U);
  world_.network().set_faults({});
  world_.Run(absl::Hours(1));
  EXPECT_EQ(Writers(uid).size(), 1U);
  ExpectOneChain(uid);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RestoreCasesBySeed,
                         ::testing::Range<uint64_t>(1, 21));

}  // namespace
}  // namespace careroute::testing

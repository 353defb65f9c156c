// How somebody else tests an exchange between two agencies with this kit: a
// referral goes from a clinic to an office at another hub and its outcome comes
// back, over a network that loses and doubles, past a hub that dies.

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/engine/persons.h"
#include "lib/engine/testing/test_files.h"
#include "lib/testing/agency.h"
#include "lib/testing/invented.h"
#include "lib/testing/simulated_world.h"

namespace careroute::testing {
namespace {

constexpr char kPathway[] = "lib/casework/testdata/test-route.textproto";

class TwoAgencies : public ::testing::Test {
 protected:
  TwoAgencies() {
    world_.AddHub(
        {.id = "west",
         .organisations = {InventedOrganisation(
             {.id = "clinic", .kind = model::v1::AGENCY_KIND_HEALTH})}});
    world_.AddHub({.id = "east",
                   .organisations = {InventedOrganisation(
                       {.id = "office",
                        .kind = model::v1::AGENCY_KIND_SOCIAL,
                        .services = {"care"}})}});
    model::v1::Pathway pathway = engine::testing::ReadPathway(kPathway);
    pathway.set_jurisdiction(kInventedRegion);
    world_.Open({pathway});
  }

  void Do(const base::Uid& uid, const std::string& command) {
    const auto reply = clinic_.Do(uid, command);
    ASSERT_TRUE(reply.ok()) << reply.status();
    ASSERT_FALSE(reply->refusal.has_value())
        << command << ": " << reply->refusal->DebugString();
  }
  void Perform(const base::Uid& referral, const std::string& command) {
    const auto reply = office_.Perform(referral, command);
    ASSERT_TRUE(reply.ok()) << reply.status();
    ASSERT_FALSE(reply->refusal.has_value())
        << command << ": " << reply->refusal->DebugString();
  }

  // A case whose family agrees and whose help is asked of the office.
  base::Uid Refer() {
    const absl::StatusOr<base::Uid> uid =
        clinic_.Report("test-route", {.number = 1});
    EXPECT_TRUE(uid.ok()) << uid.status();
    const auto reading = clinic_.Read(*uid);
    EXPECT_TRUE(reading.ok()) << reading.status();
    Do(*uid,
       absl::StrCat("give_consent { consent { matter: CONSENT_MATTER_DATA "
                    "classes: DATA_CLASS_IDENTITY to_kinds: "
                    "AGENCY_KIND_SOCIAL purpose: 'support' given_by: '",
                    engine::PersonNameOf(reading->person->uid),
                    "' word_given: WORD_GIVEN_IN_WRITING document { kind: "
                    "'paper' } } }"));
    Do(*uid, "start_step { step: 'help' }");
    const auto started = clinic_.Read(*uid);
    EXPECT_TRUE(started.ok()) << started.status();
    Do(*uid,
       absl::StrCat("referral { make { occurrence: ",
                    started->state->occurrences.back().number,
                    " performer: 'organisations/office' way: 'by_consent' "
                    "send: true } }"));
    return *uid;
  }
  casework::Referral AtHome(const base::Uid& uid) {
    const auto referral = clinic_.LastReferral(uid);
    EXPECT_TRUE(referral.ok()) << referral.status();
    return referral.ok() ? *referral : casework::Referral{};
  }

  const calendar::CalendarSet calendars_ = engine::testing::LoadCalendars();
  SimulatedWorld world_{{.seed = 7, .calendars = calendars_}};
  Agency clinic_{world_, {.hub = "west", .organisation = "clinic"}};
  Agency office_{world_, {.hub = "east", .organisation = "office"}};
};

TEST_F(TwoAgencies, TheOutcomeOfAReferralComesBack) {
  const base::Uid uid = Refer();
  world_.Run(absl::Seconds(10));
  const base::Uid referral = AtHome(uid).uid;
  EXPECT_EQ(office_.StateHere(referral), model::v1::REFERRAL_STATE_RECEIVED);
  Perform(referral, "accept { can_meet_needs: true }");
  Perform(referral, "complete { outcome: 'done' }");
  world_.Run(absl::Seconds(10));
  EXPECT_EQ(casework::StateOf(AtHome(uid)),
            model::v1::REFERRAL_STATE_COMPLETED);
}

TEST_F(TwoAgencies, NothingIsLostWhenTheNetworkIsBadAndTheirHubDies) {
  world_.network().set_faults(
      {.lost = 30, .doubled = 30, .delay_max = absl::Seconds(5)});
  world_.hub("east").Crash();
  const base::Uid uid = Refer();
  world_.Run(absl::Minutes(20));
  EXPECT_EQ(casework::StateOf(AtHome(uid)),
            model::v1::REFERRAL_STATE_REQUESTED);
  world_.hub("east").Start();
  world_.Run(absl::Minutes(7));
  world_.hub("east").Crash();
  world_.hub("east").Start();
  world_.network().set_faults({});
  world_.Run(absl::Minutes(20));
  const base::Uid referral = AtHome(uid).uid;
  Perform(referral, "accept { can_meet_needs: true }");
  world_.Run(absl::Minutes(1));
  EXPECT_EQ(casework::StateOf(AtHome(uid)), model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_EQ(AtHome(uid).performance.entries, 2) << "each entry once";
}

TEST_F(TwoAgencies, WhatWasAcknowledgedOutlivesThePower) {
  const base::Uid uid = Refer();  // acknowledged
  world_.hub("west").Crash();
  world_.hub("west").Start();
  // What the process that died had taken is left alone for two minutes.
  world_.Run(absl::Minutes(3));
  EXPECT_EQ(office_.StateHere(AtHome(uid).uid),
            model::v1::REFERRAL_STATE_RECEIVED);
}

TEST_F(TwoAgencies, AHubThatIsDownSaysSo) {
  world_.hub("west").Crash();
  EXPECT_EQ(clinic_.Report("test-route", {.number = 2}).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace careroute::testing

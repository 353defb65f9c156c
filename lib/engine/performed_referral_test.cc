// A referral whose case lives at another hub, folded: total, and the same
// whatever came late.

#include "lib/engine/performed_referral.h"

#include <cstdint>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace careroute::engine {
namespace {

using model::v1::ReferralState;

class PerformedReferralTest : public ::testing::Test {
 protected:
  void Fold(const std::string& body) {
    event::v1::ReferralEvent event;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(body, &event));
    event.mutable_header()->set_version(state_.version + 1);
    if (event.header().format() == 0) event.mutable_header()->set_format(1);
    FoldPerformed(event, state_);
  }

  void Arrive(const std::string& more = "") {
    Fold("arrived { from_hub: 'east' taken: 1 outcomes: 'helped' " + more +
         " referral { requester: 'organisations/clinic' performer: "
         "'organisations/office' disclosed { classes: DATA_CLASS_ROUTE "
         "classes: DATA_CLASS_IDENTITY classes: DATA_CLASS_NEEDS } request { "
         "sequence: 1 move: REFERRAL_MOVE_MADE } request { sequence: 2 move: "
         "REFERRAL_MOVE_SENT } } }");
  }

  ReferralState Now() const { return casework::StateOf(state_.referral); }

  PerformedReferral state_;
};

constexpr char kCancelAsked[] =
    "mirrored { taken: 2 entries { sequence: 3 move: "
    "REFERRAL_MOVE_CANCEL_ASKED } }";

TEST_F(PerformedReferralTest, IsAskedForOnceItArrived) {
  Arrive();
  EXPECT_TRUE(state_.arrived);
  EXPECT_EQ(state_.home_hub, "east");
  EXPECT_EQ(state_.taken, 1);
  EXPECT_EQ(Now(), model::v1::REFERRAL_STATE_REQUESTED);
}

TEST_F(PerformedReferralTest, IsKnownByItsPartiesWhenItCameWithheld) {
  Fold(
      "withheld { taken: 1 why: 'no_ground' from_hub: 'east' requester: "
      "'organisations/clinic' performer: 'organisations/office' }");
  EXPECT_FALSE(state_.arrived);
  EXPECT_EQ(state_.referral.performer, "organisations/office");
  EXPECT_EQ(state_.taken, 1);
  Fold(kCancelAsked);
  EXPECT_TRUE(casework::CancelIsAsked(state_.referral));
}

TEST_F(PerformedReferralTest, ThatArrivesLateKnowsWhatCameSince) {
  Fold("kept { sequence: 1 from_hub: 'east' }");
  Fold(kCancelAsked);
  EXPECT_TRUE(IsKept(state_, 1));
  Arrive();
  EXPECT_FALSE(IsKept(state_, 1));
  EXPECT_EQ(state_.taken, 2);
  EXPECT_TRUE(casework::CancelIsAsked(state_.referral));
  EXPECT_EQ(state_.referral.request.entries, 3);
}

TEST_F(PerformedReferralTest, IsCancelledByWhatWasKeptWhileOthersCame) {
  Arrive();
  Fold("kept { sequence: 2 from_hub: 'east' }");
  Fold(
      "mirrored { taken: 3 entries { sequence: 4 loop: 7 move: "
      "REFERRAL_MOVE_INFORMATION_GIVEN } }");
  Fold(kCancelAsked);
  EXPECT_TRUE(casework::CancelIsAsked(state_.referral));
  EXPECT_EQ(state_.referral.request.entries, 4);
  EXPECT_EQ(state_.taken, 3);
  EXPECT_FALSE(IsKept(state_, 2));
}

TEST_F(PerformedReferralTest, KeepsWhatLaterEntriesSayWhenAnEarlierOneIsTold) {
  Arrive();
  Fold("kept { sequence: 2 from_hub: 'east' }");
  Fold(
      "mirrored { taken: 3 entries { sequence: 5 move: "
      "REFERRAL_MOVE_CANCEL_ASKED reason: REFERRAL_REASON_PERSON_REFUSED } }");
  Fold(
      "mirrored { taken: 2 entries { sequence: 2 move: REFERRAL_MOVE_SENT } "
      "entries { sequence: 3 move: REFERRAL_MOVE_CANCEL_ASKED reason: "
      "REFERRAL_REASON_NO_PLACES } entries { sequence: 4 loop: 7 move: "
      "REFERRAL_MOVE_INFORMATION_GIVEN } }");
  EXPECT_EQ(state_.referral.request.cancel_loop, 5);
  EXPECT_EQ(state_.referral.request.reason,
            model::v1::REFERRAL_REASON_PERSON_REFUSED);
  EXPECT_EQ(state_.referral.request.questions, std::vector<int32_t>{7});
  EXPECT_EQ(state_.referral.request.entries, 5);
}

TEST_F(PerformedReferralTest, ThatArrivesLateIsCancelledByItsOwnEntries) {
  Fold("kept { sequence: 1 from_hub: 'east' }");
  Fold(
      "mirrored { taken: 2 entries { sequence: 4 loop: 7 move: "
      "REFERRAL_MOVE_INFORMATION_GIVEN } }");
  Fold(
      "arrived { from_hub: 'east' taken: 1 referral { request { sequence: 1 "
      "move: REFERRAL_MOVE_MADE } request { sequence: 2 move: "
      "REFERRAL_MOVE_SENT } request { sequence: 3 move: "
      "REFERRAL_MOVE_CANCEL_ASKED } } }");
  EXPECT_TRUE(casework::CancelIsAsked(state_.referral));
}

TEST_F(PerformedReferralTest, ShowsWhatWasDisclosedUntilItIsRecalled) {
  Arrive();
  EXPECT_TRUE(ReadableClasses(state_).Contains(model::v1::DATA_CLASS_IDENTITY));
  Fold("recalled { taken: 2 classes: DATA_CLASS_IDENTITY }");
  EXPECT_FALSE(
      ReadableClasses(state_).Contains(model::v1::DATA_CLASS_IDENTITY));
  EXPECT_TRUE(ReadableClasses(state_).Contains(model::v1::DATA_CLASS_NEEDS));
  EXPECT_FALSE(AllIsRecalled(state_));
  Fold("recalled { taken: 3 classes: DATA_CLASS_NEEDS }");
  EXPECT_TRUE(AllIsRecalled(state_));
}

TEST_F(PerformedReferralTest, ShowsNothingToWhoRejectedIt) {
  Arrive();
  Fold(
      "grown { envelope: 1 entries { sequence: 1 move: "
      "REFERRAL_MOVE_REJECTED } }");
  EXPECT_TRUE(ReadableClasses(state_).empty());
}

TEST_F(PerformedReferralTest, EntriesOfTheOtherHalfChangeNothingInAHalf) {
  Arrive();
  Fold(
      "mirrored { taken: 2 entries { sequence: 1 move: "
      "REFERRAL_MOVE_COMPLETED } }");
  Fold(
      "grown { envelope: 1 entries { sequence: 3 move: "
      "REFERRAL_MOVE_CANCEL_ASKED } }");
  EXPECT_EQ(Now(), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_FALSE(casework::CancelIsAsked(state_.referral));
}

TEST_F(PerformedReferralTest, StaysAsItWasBeforeWhatANewerReleaseWrote) {
  Arrive();
  Fold(
      "header { format: 2 } grown { envelope: 1 entries { sequence: 1 move: "
      "REFERRAL_MOVE_REJECTED } }");
  EXPECT_TRUE(state_.ahead);
  EXPECT_EQ(Now(), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_EQ(state_.version, 1);
}

}  // namespace
}  // namespace careroute::engine

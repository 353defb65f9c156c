// Who is out of service leaves its posts, and no post is ever empty.

#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using testing::CaseStage;

constexpr char kAnna[] = "organisations/centre/members/anna";
constexpr char kBoris[] = "organisations/centre/members/boris";
constexpr char kHanna[] = "organisations/centre/members/hanna";
constexpr char kOther[] = "organisations/office/members/m1";

class DecideVacatePost : public ::testing::Test {
 protected:
  DecideVacatePost() { stage_.Open(); }

  static std::string Leaving(const std::string& member) {
    return "vacate_post { member: '" + member + "' }";
  }
  void Vacate(const std::string& member) {
    stage_.DoAs(CaseStage::Hub(), Leaving(member));
  }
  void Offer(const std::string& post, const std::string& to) {
    stage_.Do("offer_post { post: " + post + " to: '" + to + "' }");
  }

  CaseStage stage_;
};

TEST_F(DecideVacatePost, TheDeputyStepsInAndTheHeadIsTheDeputy) {
  Vacate(kAnna);
  EXPECT_EQ(stage_.state().coordinator, kBoris);
  EXPECT_EQ(stage_.state().deputy, kHanna);
  EXPECT_TRUE(stage_.WasTold(kHanna, "post_vacated"));
  EXPECT_TRUE(stage_.WasTold(kBoris, "post_vacated"));
  stage_.ExpectReplays();
}

TEST_F(DecideVacatePost, TheHeadTakesBothPostsWhenTheDeputyIsGoneToo) {
  stage_.directory().Dismiss(kBoris);
  Vacate(kAnna);
  EXPECT_EQ(stage_.state().coordinator, kHanna);
  EXPECT_EQ(stage_.state().deputy, kHanna);
}

TEST_F(DecideVacatePost, TheHeadTakesThePostOfTheDeputy) {
  Vacate(kBoris);
  EXPECT_EQ(stage_.state().coordinator, kAnna);
  EXPECT_EQ(stage_.state().deputy, kHanna);
  EXPECT_TRUE(stage_.WasTold(kHanna, "deputy_needed"));
}

TEST_F(DecideVacatePost, WithoutAHeadTheCoordinatorIsItsOwnDeputy) {
  stage_.directory().Dismiss(kHanna);
  Vacate(kBoris);
  EXPECT_EQ(stage_.state().coordinator, kAnna);
  EXPECT_EQ(stage_.state().deputy, kAnna);
}

TEST_F(DecideVacatePost, IsRefusedWhereTheCaseWouldBeEmpty) {
  stage_.directory().Dismiss(kBoris);
  stage_.directory().Dismiss(kHanna);
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Hub(), Leaving(kAnna)),
            model::v1::ERROR_REASON_WRONG_STATE);
  ASSERT_EQ(stage_.refusal().missing_size(), 1);
  EXPECT_EQ(stage_.refusal().missing(0).what(), "organisation/head");
  EXPECT_EQ(stage_.state().coordinator, kAnna);
}

TEST_F(DecideVacatePost, WhatIsOfferedToWhoLeavesLapses) {
  Offer("POST_COORDINATOR", kOther);
  Vacate(kOther);
  EXPECT_EQ(stage_.state().coordinator, kAnna);
  EXPECT_TRUE(stage_.state().hand_overs.empty());
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Actor("office", "m1"),
                            "accept_post { hand_over: 1 }"),
            model::v1::ERROR_REASON_NOT_FOUND);
}

TEST_F(DecideVacatePost, AnOfferOfThePostToAnotherStands) {
  Offer("POST_COORDINATOR", kOther);
  Vacate(kAnna);
  stage_.DoAs(CaseStage::Actor("office", "m1"), "accept_post { hand_over: 1 }");
  EXPECT_EQ(stage_.state().coordinator, kOther);
  // Who holds the post is free now, not who left it.
  EXPECT_TRUE(stage_.WasTold(kBoris, "post_accepted"));
  EXPECT_FALSE(stage_.WasTold(kAnna, "post_accepted"));
}

TEST_F(DecideVacatePost, AnOfferToWhoHoldsThePostNowLapses) {
  Offer("POST_COORDINATOR", kBoris);
  Vacate(kAnna);
  EXPECT_EQ(stage_.state().coordinator, kBoris);
  EXPECT_TRUE(stage_.state().hand_overs.empty());
}

TEST_F(DecideVacatePost, ARepeatFindsNothingToDo) {
  Vacate(kAnna);
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Hub(), Leaving(kAnna)),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(stage_.refusal().message_key(), "holds_no_post");
}

TEST_F(DecideVacatePost, IsTheHubsAlone) {
  EXPECT_EQ(stage_.Refuse(Leaving(kAnna)),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

}  // namespace
}  // namespace careroute::casework

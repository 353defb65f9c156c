// Who takes no part in a case may see it in an emergency: for a while, and
// never unseen.

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using testing::CaseStage;

constexpr char kAnna[] = "organisations/centre/members/anna";
constexpr char kBoris[] = "organisations/centre/members/boris";
constexpr char kOpening[] = "open_in_emergency { reason: 'unconscious' }";

class DecideOpenInEmergency : public ::testing::Test {
 protected:
  DecideOpenInEmergency() { stage_.Open(); }

  static model::v1::Actor Doctor(const std::string& member = "m1") {
    return CaseStage::Actor("care", member);
  }
  [[nodiscard]] bool Sees(const std::string& member) const {
    return SeesInEmergency(stage_.state(), member, stage_.now());
  }

  CaseStage stage_;
};

TEST_F(DecideOpenInEmergency, ShowsTheCaseToThatMemberForADay) {
  stage_.DoAs(Doctor(), kOpening);
  const std::string doctor = Doctor().member();
  EXPECT_TRUE(Sees(doctor));
  EXPECT_FALSE(Sees(Doctor("m2").member()));
  stage_.Advance(kEmergencySight - absl::Seconds(1));
  EXPECT_TRUE(Sees(doctor));
  stage_.Advance(absl::Seconds(1));
  EXPECT_FALSE(Sees(doctor));
  stage_.ExpectReplays();
}

TEST_F(DecideOpenInEmergency, TellsWhoLeadsTheCaseAndKeepsTheReason) {
  stage_.DoAs(Doctor(), kOpening);
  EXPECT_TRUE(stage_.WasTold(kAnna, "opened_in_emergency"));
  EXPECT_TRUE(stage_.WasTold(kBoris, "opened_in_emergency"));
  ASSERT_EQ(stage_.parts().size(), 1U);
  EXPECT_EQ(stage_.parts()[0].data_class, model::v1::DATA_CLASS_SOCIAL);
}

TEST_F(DecideOpenInEmergency, MakesNobodyAParticipant) {
  const auto before = stage_.state().participants;
  stage_.DoAs(Doctor(), kOpening);
  EXPECT_EQ(stage_.state().participants, before);
}

TEST_F(DecideOpenInEmergency, HoldsForADayFromTheLastTime) {
  stage_.DoAs(Doctor(), kOpening);
  stage_.Advance(absl::Hours(20));
  stage_.DoAs(Doctor(), kOpening);
  ASSERT_EQ(stage_.state().emergencies.size(), 1U);
  stage_.Advance(absl::Hours(20));
  EXPECT_TRUE(Sees(Doctor().member()));
}

TEST_F(DecideOpenInEmergency, KeepsOnlyWhatHoldsAndNoMoreThanSo) {
  stage_.DoAs(Doctor(), kOpening);
  stage_.Advance(kEmergencySight);
  stage_.DoAs(Doctor("m2"), kOpening);
  EXPECT_EQ(stage_.state().emergencies.size(), 1U);
  for (size_t i = 0; i < 2 * kEmergenciesMax; ++i) {
    stage_.DoAs(Doctor(absl::StrCat("n", i)), kOpening);
  }
  EXPECT_EQ(stage_.state().emergencies.size(), kEmergenciesMax);
  EXPECT_TRUE(
      Sees(Doctor(absl::StrCat("n", 2 * kEmergenciesMax - 1)).member()));
  stage_.ExpectReplays(7);
}

TEST_F(DecideOpenInEmergency, IsNotForWhoTakesPart) {
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Coordinator(), kOpening),
            model::v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(DecideOpenInEmergency, IsForCareOnly) {
  model::v1::Actor curious = Doctor();
  curious.set_purpose("coordination");
  EXPECT_EQ(stage_.RefuseAs(curious, kOpening),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

TEST_F(DecideOpenInEmergency, OpensNothingOnceThePersonIsErased) {
  stage_.DoAs(Doctor(), kOpening);
  stage_.DoAs(CaseStage::Hub(), "erase_case {}");
  EXPECT_FALSE(Sees(Doctor().member()));
  EXPECT_EQ(stage_.RefuseAs(Doctor(), kOpening),
            model::v1::ERROR_REASON_ERASED);
}

}  // namespace
}  // namespace careroute::casework

// What another hub writes was checked by no door of this one: it may be more,
// longer or stranger than any performer here can make it.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kCare[] = "organisations/care";
constexpr char kOurs[] = "organisations/centre/members/anna";

// A referral to another hub, which received it.
class MirrorBounds : public ::testing::Test {
 protected:
  MirrorBounds() {
    stage_.directory().At(kCare).hub = "east";
    stage_.Open();
    stage_.Do(StrCat(
        "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
        "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
        "given_by: '",
        testing::kMother, "' word_given: WORD_GIVEN_IN_WRITING } }"));
    stage_.Do("start_step { step: 'help' }");
    stage_.Do(StrCat("referral { make { occurrence: ", stage_.Number("help"),
                     " performer: 'organisations/care' way: 'by_consent' send: "
                     "true } }"));
    Hear(1, Entry(1, "RECEIVED"));
  }

  ~MirrorBounds() override { stage_.ExpectReplays(); }

  static std::string Entry(int sequence, const std::string& move,
                           const std::string& more = "") {
    return StrCat("entries { sequence: ", sequence, " move: REFERRAL_MOVE_",
                  move, " ", more, "} ");
  }

  const event::v1::CaseEvent& Hear(int number, const std::string& entries) {
    return stage_.DoAs(CaseStage::Hub(),
                       StrCat("mirror_performance { referral: 1 envelope: ",
                              number, " ", entries, "}"));
  }

  const Referral& Told() { return *FindReferral(stage_.state(), 1); }

  CaseStage stage_;
};

TEST_F(MirrorBounds, OnlySoManyQuestionsWaitForAnAnswer) {
  std::string entries;
  for (int i = 0; i < 30; ++i) {
    entries += Entry(2 + i, "INFORMATION_ASKED");
  }
  Hear(2, entries);
  EXPECT_EQ(Told().performance.entries, 31);
  const auto& deadlines = stage_.state().deadlines;
  EXPECT_EQ(static_cast<size_t>(std::count_if(
                deadlines.begin(), deadlines.end(),
                [](const auto& one) { return one.limit == "information"; })),
            kQuestionsMax);
}

TEST_F(MirrorBounds, APerformerRejectsForNobodyElse) {
  Hear(2, Entry(2, "REJECTED",
                "reason: REFERRAL_REASON_NO_PLACES performed_by: "
                "'organisations/other-care' "));
  EXPECT_THAT(stage_.Find("help")->excluded, ElementsAre(kCare));
}

TEST_F(MirrorBounds, ACodeNoDoorWouldTakeIsPassedOver) {
  const std::string longer(2000, 'x');
  Hear(2, Entry(2, "COMPLETED", StrCat("outcome: '", longer, "' ")) +
              Entry(3, "REJECTED", StrCat("better_provider: '", longer, "' ")));
  EXPECT_TRUE(stage_.WasTold(kOurs, "outcome_not_applied"));
  EXPECT_EQ(StateOf(Told()), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_THAT(Told().performance.outcome, IsEmpty());
  EXPECT_THAT(Told().performance.better_provider, IsEmpty());
  Hear(3, Entry(4, "ACCEPTED"));
  EXPECT_EQ(StateOf(Told()), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST_F(MirrorBounds, AWordOfAnUnknownClassIsSealedAsTheMostGuardedOne) {
  const event::v1::CaseEvent& event = Hear(
      2, Entry(2, "ACCEPTED", "texts { data_class: 4000 text: 'unheard' } "));
  EXPECT_THAT(event.DebugString(), Not(HasSubstr("unheard")));
  ASSERT_EQ(stage_.parts().size(), 1U);
  EXPECT_EQ(stage_.parts()[0].data_class, model::v1::DATA_CLASS_DIAGNOSIS);
}

}  // namespace
}  // namespace careroute::casework

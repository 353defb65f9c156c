// What this hub had said of a referral comes back after a restore: the case is
// as it was when the backup was made, the performer's hub remembers more.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/casework/testing/case_stage.h"

namespace careroute::casework {
namespace {

using absl::StrCat;
using testing::CaseStage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCare[] = "organisations/care";
constexpr char kOurs[] = "organisations/centre/members/anna";

// A referral that was made and sent in envelope 1, with two entries.
class AdoptRequest : public ::testing::Test {
 protected:
  AdoptRequest() {
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
    stage_.SetLeft({1});
  }

  ~AdoptRequest() override { stage_.ExpectReplays(); }

  static std::string Envelope(int number, const std::string& told) {
    return StrCat("adopt_request { referral: 1 envelope: ", number, " ", told,
                  "}");
  }
  static std::string Entry(int sequence, const std::string& move,
                           const std::string& more = "") {
    return StrCat("entries { sequence: ", sequence, " move: REFERRAL_MOVE_",
                  move, " happened_time { seconds: 1772409600 } ", more, "} ");
  }
  const event::v1::CaseEvent& GiveBack(int number, const std::string& told) {
    return stage_.DoAs(CaseStage::Hub(), Envelope(number, told));
  }

  static std::vector<std::string> Told(const event::v1::CaseEvent& event) {
    std::vector<std::string> told;
    for (const event::v1::Message& one : event.consequences().messages()) {
      told.push_back(StrCat(one.kind(), " ", one.envelope()));
    }
    return told;
  }
  bool Runs(const std::string& limit) {
    const auto& deadlines = stage_.state().deadlines;
    return std::any_of(
        deadlines.begin(), deadlines.end(),
        [&limit](const DeadlineRecord& one) { return one.limit == limit; });
  }
  const Referral& Now() { return *FindReferral(stage_.state(), 1); }

  CaseStage stage_;
};

TEST_F(AdoptRequest, TakesAnEntryUnderItsNumberAndTellsTheCoordinator) {
  const event::v1::CaseEvent& event =
      GiveBack(2, Entry(3, "CANCEL_ASKED", "note: 'she moved' "));
  EXPECT_THAT(Told(event), ElementsAre("referral 2"));
  EXPECT_THAT(event.referral_moved().request(0).note(), IsEmpty()) << "sealed";
  ASSERT_EQ(stage_.parts().size(), 1u);
  EXPECT_EQ(stage_.parts()[0].part->texts(0).field(), "note");
  EXPECT_TRUE(CancelIsAsked(Now()));
  EXPECT_EQ(Now().envelopes, 2);
  EXPECT_TRUE(stage_.WasTold(kOurs, "request_given_back"));
}

TEST_F(AdoptRequest, LetsTheNextEntryGoOnFromThere) {
  stage_.DoAs(CaseStage::Hub(),
              StrCat("mirror_performance { referral: 1 envelope: 1 ",
                     Entry(1, "RECEIVED"),
                     Entry(2, "INFORMATION_ASKED", "note: 'which?' "), "}"));
  EXPECT_TRUE(Runs("information"));
  GiveBack(2, Entry(3, "INFORMATION_GIVEN", "loop: 2 "));
  EXPECT_FALSE(Runs("information"));
  EXPECT_EQ(OpenQuestion(Now()), 0);
  EXPECT_THAT(Told(stage_.Do("referral { referral: 1 ask_cancel { reason: "
                             "REFERRAL_REASON_NO_STAFF } }")),
              ElementsAre("referral 3"));
  EXPECT_EQ(Now().request.entries, 4);
}

TEST_F(AdoptRequest, KeepsTheNumberOfWhatIsKnownNoMore) {
  GiveBack(2, "");
  GiveBack(3, Entry(4, "CANCEL_ASKED"));  // one that is missing goes before
  EXPECT_EQ(Now().envelopes, 3);
  EXPECT_EQ(Now().request.entries, 2);
}

TEST_F(AdoptRequest, RecallsAgainWhatWasRecalled) {
  const event::v1::CaseEvent& event =
      GiveBack(2, "recalled: DATA_CLASS_IDENTITY ");
  EXPECT_THAT(Told(event), ElementsAre("recall 2"));
  EXPECT_EQ(Now().envelopes, 2);
}

TEST_F(AdoptRequest, TakesNothingOutOfOrderOfTheOtherHalfOrFromPeople) {
  EXPECT_EQ(
      stage_.RefuseAs(CaseStage::Hub(), Envelope(3, Entry(3, "CANCEL_ASKED"))),
      model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(ExpectedEnvelope(stage_.refusal()), 2);
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Hub(), Envelope(1, Entry(1, "MADE"))),
            model::v1::ERROR_REASON_WRONG_STATE);
  EXPECT_TRUE(IsAlreadyApplied(stage_.refusal()));
  stage_.Refuse(Envelope(2, Entry(3, "CANCEL_ASKED")));
  GiveBack(2, Entry(1, "COMPLETED", "outcome: 'done' "));
  EXPECT_EQ(StateOf(Now()), model::v1::REFERRAL_STATE_REQUESTED);
}

}  // namespace
}  // namespace careroute::casework

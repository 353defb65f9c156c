// A referral whose performer is at another hub: what is told there, what is
// heard of there, and that both hubs come to the same.

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
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kCare[] = "organisations/care";
constexpr char kOurs[] = "organisations/centre/members/anna";

class RemoteReferral : public ::testing::Test {
 protected:
  RemoteReferral() {
    stage_.directory().At(kCare).hub = "east";
    stage_.Open();
    stage_.Do(StrCat(
        "give_consent { consent { matter: CONSENT_MATTER_DATA classes: "
        "DATA_CLASS_IDENTITY to_kinds: AGENCY_KIND_SOCIAL purpose: 'support' "
        "given_by: '",
        testing::kMother, "' word_given: WORD_GIVEN_IN_WRITING } }"));
    stage_.Do("start_step { step: 'help' }");
  }

  ~RemoteReferral() override { stage_.ExpectReplays(); }

  std::string Make(const char* performer, const char* way, bool send) {
    return StrCat("referral { make { occurrence: ", stage_.Number("help"),
                  " performer: 'organisations/", performer, "' way: '", way,
                  "' send: ", send ? "true" : "false", " } }");
  }

  static std::string Move(const std::string& move, int number = 1) {
    return StrCat("referral { referral: ", number, " ", move, " }");
  }

  // An entry of the performer's half.
  static std::string Entry(int sequence, const std::string& move,
                           const std::string& more = "") {
    return StrCat("entries { sequence: ", sequence, " move: REFERRAL_MOVE_",
                  move, " happened_time { seconds: 1772409600 } ", more, "} ");
  }

  static std::string Envelope(int number, const std::string& entries) {
    return StrCat("mirror_performance { referral: 1 envelope: ", number, " ",
                  entries, "}");
  }

  const event::v1::CaseEvent& Hear(int number, const std::string& entries) {
    return stage_.DoAs(CaseStage::Hub(), Envelope(number, entries));
  }

  // Kind, referral and number of each envelope of the event.
  static std::vector<std::string> Told(const event::v1::CaseEvent& event) {
    std::vector<std::string> told;
    for (const event::v1::Message& one : event.consequences().messages()) {
      if (!HubIn(one.to()).empty()) {
        told.push_back(StrCat(one.kind(), " ", one.referral(), "/",
                              one.envelope(), " to ", one.to()));
      }
    }
    return told;
  }

  const Referral& Of(int number) {
    return *FindReferral(stage_.state(), number);
  }

  CaseStage stage_;
};

// --- What is told ------------------------------------------------------------

TEST_F(RemoteReferral, IsToldOnceItIsSentAndWhenItGrows) {
  EXPECT_THAT(Told(stage_.Do(Make("care", "by_consent", false))), IsEmpty());
  EXPECT_EQ(Of(1).hub, "");
  EXPECT_THAT(Told(stage_.Do(Move("send {}"))),
              ElementsAre("referral 1/1 to hub/east"));
  EXPECT_EQ(Of(1).hub, "east");
  EXPECT_GT(Of(1).first_message, 0);
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_REQUESTED);
  EXPECT_EQ(QueueOf(Of(1)), "organisations/centre");
  const int64_t first = Of(1).first_message;
  EXPECT_THAT(
      Told(stage_.Do(Move("ask_cancel { reason: REFERRAL_REASON_NO_STAFF }"))),
      ElementsAre("referral 1/2 to hub/east"));
  EXPECT_EQ(Of(1).envelopes, 2);
  EXPECT_EQ(Of(1).first_message, first);
}

TEST_F(RemoteReferral, IsToldInOneEnvelopeWhenItIsSentAtOnce) {
  EXPECT_THAT(Told(stage_.Do(Make("care", "by_consent", true))),
              ElementsAre("referral 1/1 to hub/east"));
}

TEST_F(RemoteReferral, TellsNobodyElsewhereOfOneInHandOrOfThisHub) {
  EXPECT_THAT(Told(stage_.Do(Make("care", "in_hand", true))), IsEmpty());
  stage_.Do(Move("cancel {}"));
  EXPECT_THAT(Told(stage_.Do(Make("other-care", "by_consent", true))),
              IsEmpty());
  EXPECT_EQ(Of(2).hub, "");
}

TEST_F(RemoteReferral, IsToldThatItsCaseEnded) {
  stage_.Do(Make("care", "by_consent", true));
  stage_.SetLeft({1});
  EXPECT_THAT(Told(stage_.Do("close_case { ending: 'died' note: 'register' }")),
              ElementsAre("referral 1/2 to hub/east"));
  EXPECT_TRUE(CancelIsAsked(Of(1)));
}

TEST_F(RemoteReferral, IsTakenBackWholeWhileNothingHasLeft) {
  stage_.Do(Make("care", "by_consent", true));
  EXPECT_THAT(Told(stage_.Do(Move("cancel {}"))),
              ElementsAre("referral 1/2 to hub/east"));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_CANCELLED);
}

TEST_F(RemoteReferral, TakenBackBeforeItLeftIsToldOfNothingMore) {
  stage_.Do(Make("care", "by_consent", true));
  stage_.Do(Move("cancel {}"));
  EXPECT_THAT(Told(stage_.Do(Move("mark_in_error { note: 'a slip' }"))),
              IsEmpty());
  EXPECT_THAT(Told(stage_.DoAs(CaseStage::Hub(), "erase_case {}")), IsEmpty());
}

TEST_F(RemoteReferral, CannotBeTakenBackOnceItHasLeft) {
  stage_.Do(Make("care", "by_consent", true));
  stage_.SetLeft({1});
  EXPECT_EQ(stage_.Refuse(Move("cancel {}")),
            model::v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(RemoteReferral, StaysWithTheHubItWasSentTo) {
  stage_.Do(Make("care", "by_consent", true));
  stage_.directory().At(kCare).hub = "west";
  EXPECT_THAT(
      Told(stage_.Do(Move("ask_cancel { reason: REFERRAL_REASON_NO_STAFF }"))),
      ElementsAre("referral 1/2 to hub/east"));
}

TEST_F(RemoteReferral, ToldThatAnErasedPersonsDataMustGo) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED"));
  EXPECT_THAT(
      Told(stage_.DoAs(CaseStage::Hub(), "erase_case {}")),
      ElementsAre("referral 1/2 to hub/east", "erasure 1/3 to hub/east"));
}

TEST_F(RemoteReferral, ToldOfAnErasureAlsoWhenItIsOver) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") +
              Entry(2, "REJECTED", "reason: REFERRAL_REASON_NO_PLACES "));
  EXPECT_THAT(Told(stage_.DoAs(CaseStage::Hub(), "erase_case {}")),
              ElementsAre("erasure 1/2 to hub/east"));
}

// --- What is heard
// ------------------------------------------------------------

TEST_F(RemoteReferral, TheHalfHeardOfHasTheEffectsOfOneAtThisHub) {
  stage_.Do(Make("care", "by_consent", true));
  EXPECT_EQ(stage_.Deadline("help", "answer"), nullptr);
  EXPECT_THAT(Told(Hear(1, Entry(1, "RECEIVED"))), IsEmpty());
  EXPECT_EQ(Of(1).taken, 1);
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(QueueOf(Of(1)), kCare);
  EXPECT_NE(stage_.Deadline("help", "answer"), nullptr);
  Hear(2, Entry(2, "ACCEPTED", "can_meet_needs: true ") + Entry(3, "BEGUN"));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_IN_PROGRESS);
  stage_.RunTo(stage_.Day("2026-03-12"));
  EXPECT_FALSE(stage_.IsLive("welfare")) << "an answer ends the silence";
  Hear(3, Entry(4, "COMPLETED", "outcome: 'done' late_reason: 'snow' "));
  EXPECT_TRUE(stage_.HasEnded("help", "done"));
  EXPECT_EQ(stage_.Deadline("", "answer"), nullptr);
}

TEST_F(RemoteReferral, ARejectionAsksTheNext) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") +
              Entry(2, "REJECTED", "reason: REFERRAL_REASON_NO_PLACES "));
  ASSERT_TRUE(stage_.IsLive("help"));
  EXPECT_THAT(stage_.Find("help")->excluded, ElementsAre(kCare));
  EXPECT_EQ(stage_.Find("help")->performer, "");
}

TEST_F(RemoteReferral, AQuestionWaitsForTheRequester) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED"));
  Hear(2, Entry(2, "INFORMATION_ASKED", "note: 'which days' "));
  EXPECT_EQ(QueueOf(Of(1)), "organisations/centre");
  const DeadlineRecord* deadline = stage_.Deadline("", "information");
  ASSERT_NE(deadline, nullptr);
  EXPECT_EQ(deadline->referral, 1);
  EXPECT_THAT(
      Told(stage_.Do(Move("give_information { question: 2 texts { data_class: "
                          "DATA_CLASS_IDENTITY text: 'any' } }"))),
      ElementsAre("referral 1/2 to hub/east"));
  EXPECT_EQ(stage_.Deadline("", "information"), nullptr);
}

TEST_F(RemoteReferral, AQuestionOfWorkThatIsOverWaitsForNobody) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") + Entry(2, "INFORMATION_ASKED") +
              Entry(3, "REJECTED", "reason: REFERRAL_REASON_NO_PLACES "));
  EXPECT_EQ(stage_.Deadline("", "information"), nullptr);
}

TEST_F(RemoteReferral, WordsAreSealedUnderTheNumberOfTheirEntry) {
  stage_.Do(Make("care", "by_consent", true));
  const event::v1::CaseEvent& event =
      Hear(1, Entry(1, "RECEIVED") + Entry(2, "ACCEPTED", "note: 'gladly' ") +
                  Entry(3, "HELD", "note: 'no road' "));
  EXPECT_THAT(event.DebugString(), Not(HasSubstr("gladly")));
  ASSERT_EQ(stage_.parts().size(), 1u);
  const auto& texts = stage_.parts()[0].part->texts();
  ASSERT_EQ(texts.size(), 2);
  EXPECT_EQ(texts[0].field(), "note/2");
  EXPECT_EQ(texts[0].text(), "gladly");
  EXPECT_EQ(texts[1].field(), "note/3");
}

TEST_F(RemoteReferral, HearsEachEnvelopeOnceAndInOrder) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED"));
  stage_.RefuseAs(CaseStage::Hub(), Envelope(1, Entry(1, "RECEIVED")));
  EXPECT_TRUE(IsAlreadyApplied(stage_.refusal()));
  EXPECT_FALSE(ExpectedEnvelope(stage_.refusal()).has_value());
  stage_.RefuseAs(CaseStage::Hub(), Envelope(4, Entry(4, "BEGUN")));
  EXPECT_EQ(stage_.refusal().message_key(), "envelope_gap");
  EXPECT_EQ(ExpectedEnvelope(stage_.refusal()), 2);
}

TEST_F(RemoteReferral, IsHeardOfOnlyByTheHub) {
  stage_.Do(Make("care", "by_consent", true));
  EXPECT_EQ(stage_.Refuse(Envelope(1, Entry(1, "RECEIVED"))),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Actor("care", "m1"),
                            Move("accept { can_meet_needs: true }")),
            model::v1::ERROR_REASON_NOT_YOUR_MOVE);
  EXPECT_EQ(stage_.refusal().message_key(), "performed_at_other_hub");
}

TEST_F(RemoteReferral, WhatDoesNotFitIsForTheCoordinator) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") + Entry(2, "ACCEPTED"));
  const event::v1::CaseEvent event =
      Hear(2, Entry(3, "COMPLETED",
                    "outcome: 'unheard_of' facts { fact: 'unheard_of' value { "
                    "truth: true } } "));
  EXPECT_TRUE(stage_.WasTold(kOurs, "outcome_not_applied"));
  EXPECT_TRUE(stage_.IsLive("help"));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_COMPLETED);
  // Of what class an unknown fact is nobody knows: the clear event has none.
  EXPECT_THAT(event.referral_moved().performance(0).facts(), IsEmpty());
}

TEST_F(RemoteReferral, AMoveOfANewerReleaseIsPassedOver) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, "entries { sequence: 1 move: REFERRAL_MOVE_SENT } ");
  EXPECT_TRUE(stage_.WasTold(kOurs, "outcome_not_applied"));
  EXPECT_EQ(Of(1).taken, 1);
  Hear(2, Entry(2, "ACCEPTED"));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST_F(RemoteReferral, AWithheldAnswerIsTakenAndTold) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED"));
  Hear(2, "");
  EXPECT_TRUE(stage_.WasTold(kOurs, "answer_withheld"));
  EXPECT_EQ(Of(1).taken, 2);
  // The entries that were withheld had numbers.
  Hear(3, Entry(4, "BEGUN"));
  EXPECT_EQ(Of(1).performance.entries, 4);
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_IN_PROGRESS);
}

TEST_F(RemoteReferral, AClockOfAnotherHubMayBeWrong) {
  stage_.Do(Make("care", "by_consent", true));
  const event::v1::CaseEvent& event =
      Hear(1,
           "entries { sequence: 1 move: REFERRAL_MOVE_RECEIVED happened_time { "
           "seconds: 4000000000 } } ");
  EXPECT_EQ(event.header().happened_time().seconds(),
            absl::ToUnixSeconds(stage_.now()));
}

TEST_F(RemoteReferral, IsHeardOfAfterTheEndOfItsCase) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") + Entry(2, "ACCEPTED") + Entry(3, "BEGUN"));
  stage_.Do("close_case { ending: 'died' note: 'register' }");
  EXPECT_NE(stage_.Deadline("", "cancel"), nullptr);
  Hear(2,
       Entry(4, "CANCELLED", StrCat("loop: ", Of(1).request.cancel_loop, " ")));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_EQ(stage_.Deadline("", "cancel"), nullptr);
}

TEST_F(RemoteReferral, OfAnErasedCaseOnlyTheMovesAreKept) {
  stage_.Do(Make("care", "by_consent", true));
  Hear(1, Entry(1, "RECEIVED") + Entry(2, "ACCEPTED") + Entry(3, "BEGUN"));
  stage_.DoAs(CaseStage::Hub(), "erase_case {}");
  const event::v1::CaseEvent& event =
      Hear(2, Entry(4, "COMPLETED",
                    "outcome: 'done' note: 'well' facts { fact: 'wishes_care' "
                    "value { truth: true } } "));
  EXPECT_EQ(StateOf(Of(1)), model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_THAT(stage_.parts(), IsEmpty());
  EXPECT_THAT(event.referral_moved().performance(0).facts(), IsEmpty());
  EXPECT_THAT(event.consequences().steps_ended(), IsEmpty());
}

// --- Both at once -----------------------------------------------------------

struct Crossing {
  const char* name;
  const char* asked;  // by the requester, while the others are on their way
  std::vector<const char*> performed;  // moves after RECEIVED
  const char* more;                    // of the last of them
  model::v1::ReferralState state;      // at both hubs
  bool ends_step;
};

class Crossed : public RemoteReferral,
                public ::testing::WithParamInterface<Crossing> {
 protected:
  // The referral as its performer's hub has it: its own half first, then what
  // was told of the other.
  Referral AsPerformed() {
    event::v1::ReferralMade made;
    event::v1::ReferralTouched request;
    event::v1::ReferralTouched performance;
    for (const std::string& bytes : stage_.stream()) {
      event::v1::CaseEvent event;
      EXPECT_TRUE(event.ParseFromString(bytes));
      if (event.has_referral_made()) {
        made = event.referral_made();
        request.mutable_request()->Swap(made.mutable_request());
      } else if (event.has_referral_moved()) {
        request.mutable_request()->MergeFrom(event.referral_moved().request());
        performance.mutable_performance()->MergeFrom(
            event.referral_moved().performance());
      }
    }
    Referral referral = NewReferral(made);
    Fold(performance, referral);
    Fold(request, referral);
    return referral;
  }
};

TEST_P(Crossed, BothHubsComeToTheSame) {
  stage_.Do(Make("care", "by_consent", true));
  stage_.Do(Move(GetParam().asked));
  std::string entries = Entry(1, "RECEIVED");
  int number = 1;
  for (const char* move : GetParam().performed) {
    const bool last = move == GetParam().performed.back();
    entries += Entry(++number, move, last ? GetParam().more : "");
  }
  Hear(1, entries);
  EXPECT_EQ(StateOf(Of(1)), GetParam().state);
  EXPECT_EQ(stage_.HasEnded("help", "done"), GetParam().ends_step);
  const Referral there = AsPerformed();
  EXPECT_EQ(StateOf(there), GetParam().state);
  EXPECT_EQ(QueueOf(there), QueueOf(Of(1)));
  EXPECT_EQ(CancelIsAsked(there), CancelIsAsked(Of(1)));
  EXPECT_EQ(there.performance, Of(1).performance);
}

constexpr char kDone[] = "outcome: 'done' late_reason: 'snow' ";

INSTANTIATE_TEST_SUITE_P(
    Moves, Crossed,
    ::testing::Values(
        Crossing{"AskedAndCompleted",
                 "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }",
                 {"ACCEPTED", "BEGUN", "COMPLETED"},
                 kDone,
                 model::v1::REFERRAL_STATE_COMPLETED,
                 true},
        Crossing{"AskedAndCancelled",
                 "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }",
                 {"CANCELLED"},
                 "loop: 3 ",
                 model::v1::REFERRAL_STATE_CANCELLED,
                 false},
        Crossing{"AskedAndBegun",
                 "ask_cancel { reason: REFERRAL_REASON_NO_STAFF }",
                 {"ACCEPTED", "BEGUN"},
                 "",
                 model::v1::REFERRAL_STATE_IN_PROGRESS,
                 false},
        Crossing{"TakenBackAndAccepted",
                 "cancel {}",
                 {"ACCEPTED"},
                 "",
                 model::v1::REFERRAL_STATE_CANCELLED,
                 false},
        Crossing{"TakenBackAndCompleted",
                 "cancel {}",
                 {"ACCEPTED", "BEGUN", "COMPLETED"},
                 kDone,
                 model::v1::REFERRAL_STATE_COMPLETED,
                 true},
        Crossing{"InErrorAndCompleted",
                 "mark_in_error { note: 'another person' }",
                 {"ACCEPTED", "BEGUN", "COMPLETED"},
                 kDone,
                 model::v1::REFERRAL_STATE_ENTERED_IN_ERROR,
                 false}),
    [](const auto& crossing) { return std::string(crossing.param.name); });

// --- What did not arrive -----------------------------------------------------

class Undelivered : public RemoteReferral {
 protected:
  Undelivered() { stage_.Do(Make("care", "by_consent", true)); }

  static std::string Note(int envelope, const std::string& why) {
    return StrCat("note_undelivered { referral: 1 envelope: ", envelope,
                  " why: '", why, "' }");
  }
};

TEST_F(Undelivered, IsToldTheCoordinatorOnce) {
  stage_.DoAs(CaseStage::Hub(), Note(1, "peer_silent"));
  EXPECT_TRUE(stage_.WasTold(kOurs, "referral_undelivered"));
  EXPECT_EQ(Of(1).undelivered, 1);
  EXPECT_EQ(Of(1).undelivered_why, "peer_silent");
  stage_.RefuseAs(CaseStage::Hub(), Note(1, "peer_silent"));
  EXPECT_TRUE(IsAlreadyApplied(stage_.refusal()));
  stage_.DoAs(CaseStage::Hub(), Note(1, "refused"));
  EXPECT_EQ(Of(1).undelivered_why, "refused");
}

TEST_F(Undelivered, EndsWhenItArrivesAfterAll) {
  stage_.DoAs(CaseStage::Hub(), Note(1, "peer_silent"));
  stage_.DoAs(CaseStage::Hub(), Note(1, "arrived"));
  EXPECT_FALSE(stage_.WasTold(kOurs, "referral_undelivered"));
  EXPECT_EQ(Of(1).undelivered, 0);
  EXPECT_EQ(Of(1).undelivered_why, "");
  stage_.RefuseAs(CaseStage::Hub(), Note(1, "arrived"));
  EXPECT_TRUE(IsAlreadyApplied(stage_.refusal()));
}

TEST_F(Undelivered, EndsWhenThePerformerAnswers) {
  stage_.DoAs(CaseStage::Hub(), Note(1, "peer_silent"));
  Hear(1, Entry(1, "RECEIVED"));
  EXPECT_EQ(Of(1).undelivered, 0);
}

TEST_F(Undelivered, StaysSoWhenTheFirstWasWithheld) {
  stage_.Do(
      "referral { referral: 1 ask_cancel { reason: "
      "REFERRAL_REASON_REQUESTER_CANCELLED } }");
  stage_.DoAs(CaseStage::Hub(), Note(1, "withheld"));
  stage_.RefuseAs(CaseStage::Hub(), Note(2, "arrived"));
  EXPECT_TRUE(IsAlreadyApplied(stage_.refusal()));
  EXPECT_EQ(Of(1).undelivered_why, "withheld");
}

TEST_F(Undelivered, IsOfAnEnvelopeThatWasSent) {
  EXPECT_EQ(stage_.RefuseAs(CaseStage::Hub(), Note(2, "refused")),
            model::v1::ERROR_REASON_INVALID_REQUEST);
  EXPECT_EQ(stage_.Refuse(Note(1, "refused")),
            model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
}

}  // namespace
}  // namespace careroute::casework

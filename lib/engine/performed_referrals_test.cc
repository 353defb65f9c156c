// Referrals whose case lives at another hub: what is told has its effect once
// and in order, and the performer works on them as on any other.

#include "lib/engine/performed_referrals.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/performed_rows.h"
#include "lib/engine/tables.h"
#include "lib/engine/testing/performed_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCancelAsked;
using testing::kOffice;
using testing::kPerformedUid;
using testing::PerformedBench;
using ::testing::SizeIs;

class PerformedReferralsTest : public ::testing::Test,
                               protected PerformedBench {};

TEST_F(PerformedReferralsTest, IsTakenInByItselfAndWorkedOnToItsEnd) {
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
  EXPECT_EQ(Disclosed().identity().given_name(), "Вера");
  EXPECT_EQ(Disclosed().texts(0).text(), "lives alone");
  ASSERT_THAT(Rows(Table::kQueue, kOffice), SizeIs(1));
  EXPECT_EQ(ReadPerformedRow(Rows(Table::kQueue, kOffice)[0]), kPerformedUid);
  EXPECT_EQ(ReadReferralRow(Rows(Table::kQueue, kOffice)[0]), std::nullopt);
  Do("accept {}");
  Do("begin {}");
  Do("complete { outcome: 'helped' note: 'she is well' }");
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_THAT(Rows(Table::kQueue, kOffice), IsEmpty());
  EXPECT_THAT(Owed(), ElementsAre(1, 2, 3, 4));
}

TEST_F(PerformedReferralsTest, OwesAnEnvelopeWithItsWordsForEachOfItsMoves) {
  Take(1, Sent());
  Do("accept {}");
  Do("complete { outcome: 'helped' note: 'she is well' facts { fact: "
     "'is_well' value { truth: true } } }");
  for (const store::OutboxRow& row : bench().Waiting()) {
    const absl::StatusOr<PerformedEvent> event = Event(row.event_version);
    ASSERT_TRUE(event.ok()) << event.status();
    EXPECT_EQ(event->state->home_hub, "east");
  }
  const absl::StatusOr<PerformedEvent> last = Event(3);
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->event.grown().envelope(), 3);
  EXPECT_EQ(last->event.grown().entries(0).note(), "she is well");
  EXPECT_EQ(last->event.grown().entries(0).facts(0).fact(), "is_well");
  EXPECT_EQ(Event(4).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(PerformedReferralsTest, HasNoEffectTwiceAlsoAfterARestart) {
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
  bench().Restart();
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
  EXPECT_EQ(Read().version, 1);
  EXPECT_THAT(Owed(), ElementsAre(1));
}

TEST_F(PerformedReferralsTest, NamesTheOneThatIsMissing) {
  const TakeResult early = Take(2, Grew(kCancelAsked));
  EXPECT_EQ(early.fate, Fate::kGap);
  EXPECT_EQ(early.expected, 1);
  Take(1, Sent());
  const TakeResult later = Take(4, WithheldWord{.why = "no_ground"});
  EXPECT_EQ(later.fate, Fate::kGap);
  EXPECT_EQ(later.expected, 2);
  EXPECT_EQ(Read().version, 1);
}

TEST_F(PerformedReferralsTest, TakesNothingFromAnyOtherHub) {
  Take(1, Sent());
  Incoming other = Told(2, Grew(kCancelAsked));
  other.from_hub = "west";
  const TakeResult result = Take(std::move(other));
  EXPECT_EQ(result.fate, Fate::kRefused);
  EXPECT_EQ(result.why, "not_yours");
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
}

TEST_F(PerformedReferralsTest, RefusesWhatCannotBeMeant) {
  Arrival other = Sent();
  other.referral.set_uid(base::Uid{.high = 1, .low = 1}.Hex());
  EXPECT_EQ(Take(1, other).why, "malformed");
  Arrival foreign = Sent();
  foreign.referral.set_requester("organisations/third");
  EXPECT_EQ(Take(1, foreign).why, "malformed");
  Arrival odd = Sent();
  odd.profile = "unheard_of";
  EXPECT_EQ(Take(1, odd).why, "unknown_profile");
  EXPECT_EQ(Take(1, Grew(kCancelAsked)).why, "malformed");
  EXPECT_EQ(Take(1, ErasureWord{}).why, "malformed");
  Take(1, Sent());
  EXPECT_EQ(Take(2, Sent()).why, "malformed");
  EXPECT_EQ(Take(2, Grew("sequence: 2 move: REFERRAL_MOVE_COMPLETED")).why,
            "malformed");
  EXPECT_EQ(Read().version, 1);
}

TEST_F(PerformedReferralsTest, CompletesANoticeByItself) {
  Arrival notice = Sent();
  notice.referral.set_kind(model::v1::REFERRAL_KIND_NOTICE);
  Take(1, notice);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_THAT(Owed(), ElementsAre(1));
}

TEST_F(PerformedReferralsTest, CancelsByItselfWhatWasNotBegun) {
  Take(1, Sent());
  Do("accept {}");
  Take(2, Grew(kCancelAsked));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_CANCELLED);
  EXPECT_THAT(Rows(Table::kQueue, kOffice), IsEmpty());
  EXPECT_THAT(Owed(), ElementsAre(1, 2, 3));
}

TEST_F(PerformedReferralsTest, LeavesBegunWorkToThePerformer) {
  Take(1, Sent());
  Do("accept {}");
  Do("begin {}");
  Take(2, Grew(kCancelAsked));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_IN_PROGRESS);
  EXPECT_TRUE(casework::CancelIsAsked(Read().state->referral));
  EXPECT_THAT(Rows(Table::kQueue, kOffice), SizeIs(1));
  Do("answer_cancel { answer: CANCEL_ANSWER_CANCELLED note: 'half was done' }");
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_CANCELLED);
}

// The cancel and the completion pass each other on the way: both hubs then hold
// the same halves, and the completion stands.
TEST_F(PerformedReferralsTest, StaysCompletedWhenACancelCrosses) {
  Take(1, Sent());
  Do("accept {}");
  Do("complete { outcome: 'helped' }");
  Take(2, Grew(kCancelAsked));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_COMPLETED);
  EXPECT_EQ(Read().state->referral.request.entries, 3);
  EXPECT_THAT(Owed(), ElementsAre(1, 2, 3));
}

TEST_F(PerformedReferralsTest, LetsGoWhatNeverArrivedWhenItIsTakenBack) {
  EXPECT_EQ(Take(1, WithheldWord{.why = "consent_withdrawn"}).fate,
            Fate::kTaken);
  EXPECT_EQ(TryRead().status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Owed(), IsEmpty());
  EXPECT_EQ(Take(2, Grew(kCancelAsked)).fate, Fate::kTaken);
  EXPECT_THAT(Owed(), ElementsAre(1));
  const absl::StatusOr<PerformedEvent> event = Event(2);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->state->referral.performer, kOffice);
  EXPECT_EQ(event->event.mirrored().performance().rbegin()->move(),
            model::v1::REFERRAL_MOVE_CANCELLED);
  EXPECT_EQ(Refuse("accept {}").reason(), model::v1::ERROR_REASON_NOT_FOUND);
}

TEST_F(PerformedReferralsTest, TakesOnlyOutcomesThatWereDeclared) {
  Take(1, Sent());
  Do("accept {}");
  const model::v1::Refusal refusal = Refuse("complete { outcome: 'flown' }");
  EXPECT_EQ(refusal.message_key(), "no_such_outcome");
  EXPECT_THAT(refusal.open_to_actor(), ElementsAre("helped", "not_needed"));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_ACCEPTED);
}

TEST_F(PerformedReferralsTest, LeavesTheOtherHalfToTheRequester) {
  Take(1, Sent());
  for (const char* command :
       {"ask_cancel { reason: REFERRAL_REASON_DIED }", "redirect {}"}) {
    EXPECT_EQ(Refuse(command).reason(), model::v1::ERROR_REASON_NOT_YOUR_MOVE)
        << command;
  }
}

TEST_F(PerformedReferralsTest, AsksWhyItIsLateOnceALimitIsOver) {
  Arrival arrival = Sent();
  model::v1::Deadline& limit = *arrival.referral.add_deadlines();
  limit.mutable_due_time()->set_seconds(
      absl::ToUnixSeconds(bench().clock().Now() + absl::Hours(1)));
  Take(1, arrival);
  Do("accept {}");
  bench().Advance(absl::Hours(2));
  EXPECT_EQ(Refuse("complete { outcome: 'helped' }").reason(),
            model::v1::ERROR_REASON_LATE_REASON_NEEDED);
  Do("complete { outcome: 'helped' late_reason: 'no road' }");
}

TEST_F(PerformedReferralsTest, AnswersARepeatAsBeforeAlsoAfterARestart) {
  Take(1, Sent());
  const Reply first = Do(Asking("accept {}", "0123456789abcdef"));
  Do("begin {}");
  bench().Restart();
  const Reply again = Do(Asking("accept {}", "0123456789abcdef"));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.answer, first.answer);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_IN_PROGRESS);
}

TEST_F(PerformedReferralsTest, WritesNothingWhenAskedOnlyToValidate) {
  Take(1, Sent());
  PerformedReferrals::ExecuteRequest request = Asking("accept {}");
  request.info.validate_only = true;
  const Reply reply = Do(std::move(request));
  EXPECT_EQ(reply.answer, absl::StrCat(model::v1::REFERRAL_STATE_ACCEPTED));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_RECEIVED);
}

}  // namespace
}  // namespace careroute::engine

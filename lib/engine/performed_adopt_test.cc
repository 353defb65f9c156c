// The own half of a referral comes back after a restore, before or after the
// referral itself; and until then nothing new may be said of it.

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/exchange_marks.h"
#include "lib/engine/performed_referrals.h"
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

constexpr char kReceived[] = "sequence: 1 move: REFERRAL_MOVE_RECEIVED";
constexpr char kAccepted[] =
    "sequence: 2 move: REFERRAL_MOVE_ACCEPTED note: 'on Monday'";
constexpr char kBegun[] = "sequence: 3 move: REFERRAL_MOVE_BEGUN";

class PerformedAdopt : public ::testing::Test, protected PerformedBench {
 protected:
  static PerformedReferrals::AdoptRequest Envelope(int32_t number,
                                                   const std::string& entry) {
    return {.uid = kPerformedUid,
            .from_hub = "east",
            .envelope = number,
            .requester = "organisations/far-clinic",
            .performer = kOffice,
            .entries = Grew(entry).entries};
  }
  TakeResult Adopt(PerformedReferrals::AdoptRequest request) {
    const auto result =
        bench().Wait<TakeResult>([&](base::Done<TakeResult> done) {
          performed().Adopt(std::move(request), std::move(done));
        });
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : TakeResult{.fate = Fate::kRefused};
  }
  absl::StatusOr<TakeResult> TryTake(Incoming incoming) {
    return bench().Wait<TakeResult>([&](base::Done<TakeResult> done) {
      performed().Take(std::move(incoming), std::move(done));
    });
  }
  ExchangeMarks Marks() {
    const auto rows = Rows(Table::kSharedReferrals, "hub/east");
    EXPECT_THAT(rows, SizeIs(1));
    if (rows.empty()) return {};
    const absl::StatusOr<ExchangeMarks> marks = MarksOf(rows.front());
    EXPECT_TRUE(marks.ok()) << marks.status();
    return marks.ok() ? *marks : ExchangeMarks{};
  }
};

TEST_F(PerformedAdopt, IsWholeBeforeTheReferralArrivesAgain) {
  EXPECT_EQ(Adopt(Envelope(1, kReceived)).fate, Fate::kTaken);
  EXPECT_EQ(Adopt(Envelope(2, kAccepted)).fate, Fate::kTaken);
  EXPECT_EQ(TryRead().status().code(), absl::StatusCode::kNotFound);
  Take(1, Sent());
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_EQ(Read().history[1].event.grown().entries(0).note(), "on Monday");
  EXPECT_THAT(Owed(), IsEmpty()) << "the other hub has it all";
  EXPECT_EQ(Marks().sent, 2);
  EXPECT_EQ(Marks().taken, 1);
  Do("begin {}");
  EXPECT_THAT(Owed(), ElementsAre(3));
}

TEST_F(PerformedAdopt, GoesOnFromWhatTheBackupHeld) {
  Take(1, Sent());
  Adopt(Envelope(2, kAccepted));
  Adopt(Envelope(3, kBegun));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_IN_PROGRESS);
  // It would have been cancelled by the hub, had work not begun.
  Take(2, Grew(kCancelAsked));
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_IN_PROGRESS);
}

TEST_F(PerformedAdopt, TakesEachOnceAndNoneBeforeItsTurn) {
  EXPECT_EQ(Adopt(Envelope(2, kAccepted)).fate, Fate::kGap);
  Adopt(Envelope(1, kReceived));
  EXPECT_EQ(Adopt(Envelope(1, kReceived)).fate, Fate::kTaken);
  Take(1, Sent());
  EXPECT_EQ(Read().version, 2);
}

TEST_F(PerformedAdopt, TakesNothingFromAnotherHubOrOfTheOtherHalf) {
  Take(1, Sent());
  auto foreign = Envelope(2, kAccepted);
  foreign.from_hub = "north";
  EXPECT_EQ(Adopt(std::move(foreign)).why, "not_yours");
  EXPECT_EQ(Adopt(Envelope(2, kCancelAsked)).why, "malformed");
  EXPECT_EQ(Read().version, 1);
}

TEST_F(PerformedAdopt, SaysNothingNewWhileTheLaneIsHeld) {
  Take(1, Sent());
  bench().engine().held_lanes().Hold("hub/east");
  EXPECT_TRUE(
      absl::IsUnavailable(TryTake(Told(2, Grew(kCancelAsked))).status()));
  EXPECT_EQ(Adopt(Envelope(2, kAccepted)).fate, Fate::kTaken);
  bench().engine().held_lanes().Release("hub/east");
  EXPECT_EQ(Take(2, Grew(kCancelAsked)).fate, Fate::kTaken);
  EXPECT_EQ(State(), model::v1::REFERRAL_STATE_CANCELLED);
}

// The requester's hub, put back from a backup, erased under a number that had
// told of something else before.
TEST_F(PerformedAdopt, AnErasureHasItsEffectUnderAnyNumber) {
  Take(1, Sent());
  Do("accept {}");
  Do("begin {}");
  Take(2, Grew(kCancelAsked));
  EXPECT_EQ(Take(2, ErasureWord{}).fate, Fate::kTaken);
  EXPECT_FALSE(KeyIsThere());
  EXPECT_EQ(Marks().taken, 2);
  const int64_t version = Read().version;
  EXPECT_EQ(Take(2, ErasureWord{}).fate, Fate::kTaken);
  EXPECT_EQ(Read().version, version) << "once";
}

}  // namespace
}  // namespace careroute::engine

#include "lib/exchange/reconcile.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace careroute::exchange {
namespace {

using engine::ExchangeMarks;
using engine::Half;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr base::Uid kOne{.high = 0, .low = 1};
constexpr base::Uid kTwo{.high = 0, .low = 2};

ExchangeMarks Request(const base::Uid& uid, int32_t sent, int32_t taken) {
  return {.referral = uid, .own = Half::kRequest, .sent = sent, .taken = taken};
}
ExchangeMarks Performance(const base::Uid& uid, int32_t sent, int32_t taken) {
  return {
      .referral = uid, .own = Half::kPerformance, .sent = sent, .taken = taken};
}

TEST(Reconcile, FindsNothingOwedWhereBothAreThrough) {
  EXPECT_THAT(Reconcile({.ours = {Request(kOne, 3, 2)},
                         .theirs = {Performance(kOne, 2, 3)}}),
              IsEmpty());
}

TEST(Reconcile, TellsWhatWasLostFromWhatHasNotArrived) {
  // We wrote 3 and they took 5: two are lost here. They wrote 4 and we took 1.
  EXPECT_THAT(Reconcile({.ours = {Request(kOne, 3, 1)},
                         .theirs = {Performance(kOne, 4, 5)}}),
              ElementsAre(Owed{.referral = kOne,
                               .own = Half::kRequest,
                               .send = {6, 3},
                               .adopt = {4, 5},
                               .give_back = {5, 1},
                               .await = {2, 4}}));
}

TEST(Reconcile, SaysTheSameFromBothSides) {
  const std::vector<ExchangeMarks> west = {Request(kOne, 2, 7)};
  const std::vector<ExchangeMarks> east = {Performance(kOne, 3, 9)};
  const Owed ours = Reconcile({.ours = west, .theirs = east}).front();
  const Owed theirs = Reconcile({.ours = east, .theirs = west}).front();
  EXPECT_EQ(ours.adopt, theirs.give_back);
  EXPECT_EQ(ours.give_back, theirs.adopt);
  EXPECT_EQ(ours.send, theirs.await);
  EXPECT_EQ(ours.await, theirs.send);
}

TEST(Reconcile, GivesAPerformerBackWhatItNeverHeardOf) {
  const Owed owed =
      Reconcile({.ours = {}, .theirs = {Request(kTwo, 2, 3)}}).front();
  EXPECT_EQ(owed.own, Half::kPerformance);
  EXPECT_EQ(owed.adopt, (Stretch{1, 3}));
  EXPECT_EQ(owed.await, (Stretch{1, 2}));
  EXPECT_EQ(owed.trouble, Trouble::kNone);
}

TEST(Reconcile, MakesNoRequestFromAPerformance) {
  EXPECT_EQ(Reconcile({.ours = {}, .theirs = {Performance(kOne, 1, 1)}})
                .front()
                .trouble,
            Trouble::kRequestLostHere);
  EXPECT_EQ(Reconcile({.ours = {Performance(kOne, 1, 1)}, .theirs = {}})
                .front()
                .trouble,
            Trouble::kRequestLostThere);
}

TEST(Reconcile, TouchesNothingThatBothSayTheyWrite) {
  const Owed owed = Reconcile({.ours = {Request(kOne, 1, 0)},
                               .theirs = {Request(kOne, 5, 0)}})
                        .front();
  EXPECT_EQ(owed.trouble, Trouble::kSameHalf);
  EXPECT_TRUE(owed.adopt.empty());
  EXPECT_TRUE(owed.send.empty());
}

TEST(Reconcile, RefusesMarksThatNoHubCanHave) {
  v1::ReferralMarks marks = ToProto(Request(kOne, 1, 1));
  ASSERT_TRUE(FromProto(marks).ok());
  EXPECT_EQ(*FromProto(marks), Request(kOne, 1, 1));
  marks.set_sent(-1);
  EXPECT_FALSE(FromProto(marks).ok());
  marks.set_sent(1);
  marks.clear_side();
  EXPECT_FALSE(FromProto(marks).ok());
  marks = ToProto(Request(kOne, 1, 1));
  marks.set_referral("short");
  EXPECT_FALSE(FromProto(marks).ok());
}

}  // namespace
}  // namespace careroute::exchange

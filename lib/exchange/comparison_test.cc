// Two hubs, one of which forgets: a backup, more traffic, a restore, and then
// the two compare until both hold the same again. The halves are lists of
// words; what is compared, who gives back what, and when a hub may go on is the
// code of a hub.

#include "lib/exchange/comparison.h"

#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/lanes.h"
#include "lib/exchange/compare_desk.h"
#include "lib/exchange/testing/fake_cases.h"
#include "lib/exchange/testing/fake_halves.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::exchange {
namespace {

using engine::Half;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Records;

// A hub as it runs: its records, what it remembers of the other, and its end of
// the comparison.
class Side final : public Transport {
 public:
  Side(std::string id, std::string peer, base::VirtualClock& clock,
       base::ManualExecutor& executor)
      : id_(std::move(id)),
        peer_(std::move(peer)),
        clock_(clock),
        executor_(executor) {}

  testing::FakeHalves hub;
  testing::FakeCases cases;
  Side* other = nullptr;
  bool is_cut = false;
  bool is_cut_for_referrals = false;
  int asked = 0;           // of referrals
  int asked_of_cases = 0;  // ...and before
  // What becomes of the other's answers on the way here; null = nothing.
  std::function<void(v1::CompareResponse&)> twist;

  // The process starts, over a store of that epoch.
  void Start(int64_t epoch) {
    desk_ =
        std::make_unique<CompareDesk>(CompareDesk::Options{.hub_id = id_,
                                                           .epoch = epoch,
                                                           .peers = {peer_},
                                                           .marks = hub,
                                                           .halves = hub,
                                                           .cases = cases,
                                                           .epochs = epochs_});
    if (Comparison::IsNeeded(epoch)) {
      lanes_.Hold(engine::LaneOf(peer_));
      fence_.Hold(engine::LaneOf(peer_));
    }
    comparison_ =
        std::make_unique<Comparison>(Comparison::Options{.hub_id = id_,
                                                         .epoch = epoch,
                                                         .clock = clock_,
                                                         .executor = executor_,
                                                         .marks = hub,
                                                         .halves = hub,
                                                         .cases = cases,
                                                         .streams = streams_,
                                                         .transport = *this,
                                                         .lanes = lanes_,
                                                         .fence = fence_});
    hub.is_held = [this] { return IsHeld(); };
    comparison_->Start(peer_);
  }

  // A third hub, which says nothing.
  void AlsoAwaits(const std::string& third) {
    fence_.Hold(engine::LaneOf(third));
  }

  // Batches go straight from hub to hub.
  void Deliver(absl::string_view /*peer*/,
               const v1::DeliverRequest& /*request*/, absl::Time /*deadline*/,
               base::Done<v1::DeliverResponse> done) override {
    ADD_FAILURE() << "a comparison delivers nothing";
    std::move(done)(absl::InternalError("not here"));
  }

  void Compare(absl::string_view /*peer*/, const v1::CompareRequest& request,
               absl::Time /*deadline*/,
               base::Done<v1::CompareResponse> done) override {
    ++(request.has_cases() ? asked_of_cases : asked);
    if (is_cut || (is_cut_for_referrals && !request.has_cases())) {
      return std::move(done)(absl::UnavailableError("cut"));
    }
    other->desk_->Compare(
        id_, request,
        [this, done = std::move(done)](
            absl::StatusOr<v1::CompareResponse> answer) mutable {
          if (twist != nullptr && answer.ok()) twist(*answer);
          std::move(done)(std::move(answer));
        });
  }

  [[nodiscard]] const Comparison& comparison() const { return *comparison_; }
  // What it has heard of which store of the other speaks.
  [[nodiscard]] PeerEpochs& epochs() { return epochs_; }
  [[nodiscard]] bool IsFenced() const { return !fence_.Check().ok(); }
  [[nodiscard]] bool IsHeld() const {
    return lanes_.IsHeld(engine::LaneOf(peer_));
  }
  std::set<base::Uid> Lost() {
    std::set<base::Uid> lost;
    for (const std::string& bytes : Remembered().lost) {
      lost.insert(*base::UidFromBytes(bytes));
    }
    return lost;
  }

  PeerState Remembered() {
    PeerState state;
    streams_.Read(peer_, [&state](absl::StatusOr<PeerReading> reading) {
      ASSERT_TRUE(reading.ok()) << reading.status();
      state = *reading->state;
    });
    executor_.RunReady();
    return state;
  }

 private:
  const std::string id_;
  const std::string peer_;
  base::VirtualClock& clock_;
  base::ManualExecutor& executor_;
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now()}};
  PeerStreams streams_{
      {.store = store_, .clock = clock_, .executor = executor_}};
  engine::HeldLanes lanes_;
  engine::CaseFence fence_;
  PeerEpochs epochs_;
  std::unique_ptr<CompareDesk> desk_;
  std::unique_ptr<Comparison> comparison_;
};

struct TwoHubs {
  TwoHubs() {
    west.hub.other = &east.hub;
    east.hub.other = &west.hub;
    west.other = &east;
    east.other = &west;
    west.Start(1);
    east.Start(1);
    executor.RunReady();
  }

  // A request of one hub to the other.
  static base::Uid Refer(Side& from, uint64_t number) {
    const base::Uid uid{.high = 5, .low = number};
    from.hub.records[uid].own = Half::kRequest;
    from.hub.Say(uid, "made");
    return uid;
  }

  void RunMinutes(int minutes) {
    const absl::Time end = clock.Now() + absl::Minutes(minutes);
    while (clock.Now() < end) {
      executor.RunUntil(clock.Now() + absl::Seconds(10));
      west.hub.SendAll();
      east.hub.SendAll();
    }
  }

  // What one said is what the other heard.
  void ExpectSame(const std::set<base::Uid>& but = {}) {
    for (const auto& [uid, shared] : west.hub.records) {
      if (but.count(uid) > 0) continue;
      ASSERT_EQ(east.hub.records.count(uid), 1u) << uid.Hex();
      EXPECT_EQ(shared.said, east.hub.records[uid].heard) << uid.Hex();
      EXPECT_EQ(shared.heard, east.hub.records[uid].said) << uid.Hex();
    }
    for (const auto& [uid, shared] : east.hub.records) {
      if (but.count(uid) > 0) continue;
      EXPECT_EQ(west.hub.records.count(uid), 1u) << uid.Hex();
    }
  }

  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  Side west{"west", "east", clock, executor};
  Side east{"east", "west", clock, executor};
};

TEST(Comparison, GivesARequesterItsOwnWordsBack) {
  TwoHubs hubs;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  const Records backup = hubs.west.hub.records;
  hubs.east.hub.Say(uid, "accepted");
  hubs.west.hub.Say(uid, "cancel asked");
  hubs.east.hub.Say(uid, "cancelled");
  const Records forgotten = hubs.west.hub.records;

  hubs.west.hub.records = backup;
  hubs.west.Start(2);
  EXPECT_TRUE(hubs.west.IsHeld());
  hubs.RunMinutes(1);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_EQ(hubs.west.hub.records, forgotten);
  hubs.ExpectSame();
  EXPECT_EQ(hubs.west.Remembered().compared_epoch, 2);
}

// The referral is wholly unknown to the performer: its own words come back
// before the request does, so that its arrival says nothing anew.
TEST(Comparison, GivesAPerformerAWholeReferralBack) {
  TwoHubs hubs;
  const Records backup = hubs.east.hub.records;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  hubs.east.hub.Say(uid, "accepted");
  const Records forgotten = hubs.east.hub.records;

  hubs.east.hub.records = backup;
  hubs.east.Start(2);
  hubs.RunMinutes(1);
  EXPECT_EQ(hubs.east.hub.records, forgotten);
  EXPECT_THAT(hubs.east.hub.records[uid].said,
              ElementsAre("received", "accepted"));
}

TEST(Comparison, SendsAgainWhatTheRestoredHubNoLongerHasTaken) {
  TwoHubs hubs;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  const Records backup = hubs.west.hub.records;
  for (int i = 0; i < 5; ++i) hubs.east.hub.Say(uid, absl::StrCat("on ", i));
  hubs.west.hub.records = backup;
  hubs.west.Start(2);
  hubs.RunMinutes(1);
  hubs.ExpectSame();
  EXPECT_EQ(hubs.west.hub.records[uid].heard.size(), 6u);
}

// What it would write might be a half of a case that is another hub's by now.
TEST(Comparison, TouchesNoReferralWhileItDoesNotKnowWhichCasesMoved) {
  TwoHubs hubs;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  const Records backup = hubs.west.hub.records;
  hubs.west.hub.Say(uid, "cancel asked");
  hubs.west.hub.records = backup;
  hubs.west.AlsoAwaits("north");
  hubs.west.Start(2);
  hubs.RunMinutes(5);
  EXPECT_TRUE(hubs.west.IsFenced());
  EXPECT_TRUE(hubs.west.IsHeld());
  EXPECT_EQ(hubs.west.asked, 0);
  EXPECT_THAT(hubs.west.comparison().ProblemOf("east"),
              HasSubstr("which cases moved"));
}

// A case that was opened after the backup cannot be made from what a performer
// knows; all else goes on.
TEST(Comparison, NamesTheRequestsThatAreLostForGood) {
  TwoHubs hubs;
  const Records backup = hubs.west.hub.records;
  const base::Uid gone = TwoHubs::Refer(hubs.west, 1);
  const base::Uid kept = TwoHubs::Refer(hubs.east, 2);
  hubs.west.hub.records = backup;
  hubs.west.Start(2);
  hubs.RunMinutes(1);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_THAT(hubs.west.Lost(), ElementsAre(gone));
  EXPECT_EQ(hubs.west.hub.records.count(kept), 1u);
  hubs.ExpectSame({gone});
}

TEST(Comparison, HoldsTheLaneWhileThePeerIsAway) {
  TwoHubs hubs;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  const Records backup = hubs.west.hub.records;
  hubs.west.hub.Say(uid, "cancel asked");
  hubs.west.hub.records = backup;
  hubs.west.is_cut = true;
  hubs.west.Start(2);
  hubs.RunMinutes(60);
  EXPECT_TRUE(hubs.west.IsHeld());
  EXPECT_THAT(hubs.west.comparison().ProblemOf("east"),
              AllOf(HasSubstr("UNAVAILABLE"), HasSubstr("writes to no case"),
                    HasSubstr("configuration")));
  // It is asked again, but not for ever at the first pace.
  EXPECT_GT(hubs.west.asked_of_cases, 50);
  EXPECT_LT(hubs.west.asked_of_cases, 80);
  hubs.west.is_cut = false;
  hubs.RunMinutes(2);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_EQ(hubs.west.comparison().ProblemOf("east"), "");
  hubs.ExpectSame();
}

TEST(Comparison, AsksMoreRarelyOnceCasesAreWrittenTo) {
  TwoHubs hubs;
  const base::Uid uid = TwoHubs::Refer(hubs.west, 1);
  const Records backup = hubs.west.hub.records;
  hubs.west.hub.Say(uid, "cancel asked");
  hubs.west.hub.records = backup;
  hubs.west.is_cut_for_referrals = true;
  hubs.west.Start(2);
  hubs.RunMinutes(60);
  EXPECT_FALSE(hubs.west.IsFenced());
  EXPECT_TRUE(hubs.west.IsHeld());
  EXPECT_GT(hubs.west.asked, 5);
  EXPECT_LT(hubs.west.asked, 30);
  hubs.west.is_cut_for_referrals = false;
  hubs.RunMinutes(11);
  EXPECT_FALSE(hubs.west.IsHeld());
  hubs.ExpectSame();
}

TEST(Comparison, AsksOfCasesUntilNothingMoreComesBack) {
  TwoHubs hubs;
  hubs.east.cases.copies = {{{.high = 7, .low = 1}, 1}};
  hubs.west.Start(2);
  hubs.RunMinutes(1);
  EXPECT_FALSE(hubs.west.IsFenced());
  EXPECT_EQ(hubs.west.cases.copies, hubs.east.cases.copies);
  // Which there are, the one that was lost, and which there are.
  EXPECT_EQ(hubs.west.asked_of_cases, 3);
}

// A batch that it sent before it was put back may be what makes the other hub
// the home of a case: what that one says meanwhile would be too early.
TEST(Comparison, IsAnsweredOnceNothingOlderOfItIsBeingTaken) {
  TwoHubs hubs;
  ASSERT_TRUE(hubs.east.epochs().BeginBatch("west", 1));
  hubs.west.Start(2);
  hubs.RunMinutes(5);
  EXPECT_TRUE(hubs.west.IsFenced());
  hubs.east.epochs().EndBatch("west", 1);
  hubs.RunMinutes(2);
  EXPECT_FALSE(hubs.west.IsFenced());
}

TEST(Comparison, AsksOnceAnEpoch) {
  TwoHubs hubs;
  TwoHubs::Refer(hubs.west, 1);
  EXPECT_EQ(hubs.west.asked, 0);  // the first epoch has forgotten nothing
  hubs.west.Start(2);
  hubs.RunMinutes(1);
  EXPECT_EQ(hubs.west.asked, 1);
  hubs.west.Start(2);
  hubs.RunMinutes(60);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_EQ(hubs.west.asked, 1);
}

TEST(Comparison, GoesThroughMoreReferralsThanOneRequestNames) {
  TwoHubs hubs;
  constexpr uint64_t kMany = 3 * kMarksPerCompareMax + 7;
  Records backup;
  for (uint64_t i = 0; i < kMany; ++i) {
    // East knows stretches of which west knows nothing.
    if (i % 1000 == 0) backup = hubs.west.hub.records;
    TwoHubs::Refer(i < 700 ? hubs.west : hubs.east, i);
  }
  hubs.west.hub.records = backup;
  hubs.west.Start(2);
  hubs.RunMinutes(10);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_THAT(hubs.west.Lost(), IsEmpty());
  EXPECT_EQ(hubs.west.hub.records.size(), kMany);
  hubs.ExpectSame();
}

// Restored, and answered so at first: the lane stays held, nothing is believed,
// and a true answer is as good as ever.
void ExpectNotBelieved(TwoHubs& hubs,
                       std::function<void(v1::CompareResponse&)> twist) {
  hubs.west.twist = std::move(twist);
  hubs.west.Start(2);
  hubs.RunMinutes(1);
  EXPECT_TRUE(hubs.west.IsHeld());
  EXPECT_THAT(hubs.west.comparison().ProblemOf("east"), HasSubstr("backup"));
  hubs.west.twist = nullptr;
  hubs.RunMinutes(11);
  EXPECT_FALSE(hubs.west.IsHeld());
  EXPECT_THAT(hubs.west.Lost(), IsEmpty());
}

// Of one answer.
constexpr uint64_t kTooMany = kMarksPerCompareMax + 1;

// Of a referral that is none of theirs.
void AddMark(uint64_t number, v1::CompareResponse& answer) {
  *answer.add_marks() = ToProto(
      {.referral = {.high = 6, .low = number}, .own = Half::kPerformance});
}

TEST(Comparison, BelievesNoAnswerThatSkipsWhatItWasAskedAbout) {
  TwoHubs hubs;
  for (uint64_t i = 1; i <= kTooMany; ++i) TwoHubs::Refer(hubs.west, i);
  ExpectNotBelieved(hubs, [](v1::CompareResponse& answer) {
    if (answer.upto().empty()) return;  // asked to the last
    answer.set_upto(base::Uid{.high = 6, .low = 1}.Bytes());
  });
}

TEST(Comparison, BelievesNoAnswerThatIsOfOtherReferrals) {
  TwoHubs hubs;
  const base::Uid asked = TwoHubs::Refer(hubs.west, 1);
  ExpectNotBelieved(hubs, [&asked](v1::CompareResponse& answer) {
    if (answer.marks().empty()) return;  // asked beyond it
    answer.set_upto(asked.Bytes());
    AddMark(1, answer);
  });
}

TEST(Comparison, BelievesNoAnswerThatHasTooManyMarks) {
  TwoHubs hubs;
  ExpectNotBelieved(hubs, [](v1::CompareResponse& answer) {
    for (uint64_t i = 1; i <= kTooMany; ++i) AddMark(i, answer);
  });
}

// Any history, any moment of a backup, either hub or both.
TEST(Comparison, ConvergesWhateverWasForgotten) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    base::SeededRandom random(seed);
    TwoHubs hubs;
    Records west_backup;
    Records east_backup;
    for (uint64_t step = 0; step < 80; ++step) {
      Side& side = random.Uniform(2) == 0 ? hubs.west : hubs.east;
      Records& records = side.hub.records;
      if (records.empty() || random.Uniform(5) == 0) {
        TwoHubs::Refer(side, step);
      } else {
        auto one = records.begin();
        std::advance(one, random.Uniform(records.size()));
        side.hub.Say(one->first, absl::StrCat("word ", step));
      }
      if (random.Uniform(20) == 0) west_backup = hubs.west.hub.records;
      if (random.Uniform(20) == 0) east_backup = hubs.east.hub.records;
    }
    const bool both = seed % 3 == 0;
    hubs.west.hub.records = west_backup;
    if (both) hubs.east.hub.records = east_backup;
    hubs.west.Start(2);
    if (both) hubs.east.Start(2);
    hubs.RunMinutes(60);
    EXPECT_FALSE(hubs.west.IsHeld());
    EXPECT_FALSE(hubs.east.IsHeld());
    std::set<base::Uid> lost = hubs.west.Lost();
    lost.merge(hubs.east.Lost());
    hubs.ExpectSame(lost);
  }
}

}  // namespace
}  // namespace careroute::exchange

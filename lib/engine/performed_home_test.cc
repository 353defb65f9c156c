// A referral whose case moves to another hub: its performer answers there.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/lanes.h"
#include "lib/engine/performed_referrals.h"
#include "lib/engine/testing/performed_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCancelAsked;
using testing::kOffice;
using testing::PerformedBench;

constexpr char kNewClinic[] = "organisations/new-clinic";

class PerformedHomeTest : public ::testing::Test, protected PerformedBench {
 protected:
  // The east, where the case was, has taken the own half up to `counted`.
  static HomeMovedWord Moved(int32_t counted) {
    return {.hub = "west", .requester = kNewClinic, .counted = counted};
  }

  absl::StatusOr<TakeResult> FromWest(Incoming incoming) {
    incoming.from_hub = "west";
    incoming.from_organisation = kNewClinic;
    return bench().Wait<TakeResult>([&](base::Done<TakeResult> done) {
      performed().Take(std::move(incoming), std::move(done));
    });
  }

  // What waits, by lane and number.
  std::vector<std::pair<std::string, int64_t>> Lanes() {
    std::vector<std::pair<std::string, int64_t>> lanes;
    for (const store::OutboxRow& row : bench().Waiting()) {
      lanes.emplace_back(row.lane, row.key.sequence);
    }
    return lanes;
  }

  int Replay(PerformedReferrals::ReadKept read) {
    const absl::StatusOr<int> effects =
        bench().Wait<int>([&](base::Done<int> done) {
          performed().ReplayKept(std::move(read), std::move(done));
        });
    EXPECT_TRUE(effects.ok()) << effects.status();
    return effects.ok() ? *effects : -1;
  }
};

TEST_F(PerformedHomeTest, WhatTheOldHomeHasNotTakenIsToldToTheNewOne) {
  Take(1, Sent());
  Do("accept {}");
  Do("begin {}");
  EXPECT_EQ(Take(2, Moved(1)).fate, Fate::kTaken);
  EXPECT_EQ(Read().state->home_hub, "west");
  EXPECT_EQ(Read().state->referral.requester, kNewClinic);
  // The last brings the one before, which is found missing.
  EXPECT_THAT(Lanes(), ElementsAre(std::pair(LaneOf("west"), int64_t{3})));
}

TEST_F(PerformedHomeTest, WhatTheOldHomeHasTakenIsNotToldAgain) {
  Take(1, Sent());
  Do("accept {}");
  EXPECT_EQ(Take(2, Moved(2)).fate, Fate::kTaken);
  EXPECT_THAT(Lanes(), IsEmpty());
  Do("begin {}");
  EXPECT_THAT(Lanes(), ElementsAre(std::pair(LaneOf("west"), int64_t{3})));
}

TEST_F(PerformedHomeTest, TheLastWordOfTheOldHomeIsTakenWheneverItComesAgain) {
  Take(1, Sent());
  Take(2, Moved(1));
  const int64_t version = Read().version;
  EXPECT_EQ(Take(2, Moved(1)).fate, Fate::kTaken);
  bench().Restart();
  EXPECT_EQ(Take(1, Sent()).fate, Fate::kTaken);
  EXPECT_EQ(Read().version, version);
  EXPECT_EQ(Take(3, Grew(kCancelAsked)).why, "not_yours");
}

TEST_F(PerformedHomeTest, AHubThatIsHomeBeforeThatIsKnownHereIsHeardLater) {
  Take(1, Sent());
  const auto early = FromWest(Told(3, Grew(kCancelAsked)));
  EXPECT_EQ(early.status().code(), absl::StatusCode::kUnavailable);
  Take(2, Moved(1));
  const auto later = FromWest(Told(3, Grew(kCancelAsked)));
  ASSERT_TRUE(later.ok()) << later.status();
  EXPECT_EQ(later->fate, Fate::kTaken);
}

TEST_F(PerformedHomeTest, AMoveThatIsNotUnderstoodYetHasItsEffectOnceItIs) {
  Take(1, Sent());
  Do("accept {}");
  EXPECT_EQ(Take(2, KeptBytes{.envelope = "moved"}).fate, Fate::kNotUnderstood);
  // The new home is not sent away meanwhile.
  const auto early = FromWest(Told(3, Grew(kCancelAsked)));
  EXPECT_EQ(early.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Replay([this](const std::string&) -> std::optional<Incoming> {
              return Told(2, Moved(0));
            }),
            1);
  EXPECT_EQ(Read().state->home_hub, "west");
  EXPECT_THAT(Lanes(), ElementsAre(std::pair(LaneOf("west"), int64_t{2})));
  EXPECT_EQ(FromWest(Told(3, Grew(kCancelAsked)))->fate, Fate::kTaken);
}

TEST_F(PerformedHomeTest, AMoveToNowhereChangesNothing) {
  Take(1, Sent());
  Do("accept {}");
  EXPECT_EQ(Take(2, HomeMovedWord{.requester = kNewClinic}).why, "malformed");
  EXPECT_THAT(Owed(), ElementsAre(1, 2));
}

}  // namespace
}  // namespace careroute::engine

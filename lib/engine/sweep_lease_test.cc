// One of several hubs sweeps, and nothing waits for one that does not.

#include "lib/engine/sweep_lease.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "lib/base/executor.h"
#include "lib/engine/engine.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

constexpr absl::Time kStart = absl::FromUnixSeconds(1772409600);
constexpr absl::Duration kTakenOverWithin = absl::Seconds(10);

store::StreamId HubNumber(uint64_t number) {
  return {.kind = store::StreamKind::kAccessLog, .id = {.low = number}};
}

// The claims of a store in memory: counted, and out of order while asked to be.
class Claims final : public store::ClaimStore {
 public:
  Claims(store::ClaimStore& claims, const absl::Status& trouble)
      : claims_(claims), trouble_(trouble) {}

  void ClaimUnique(store::ClaimRequest request,
                   base::Done<store::Claim> done) override {
    ++asked;
    if (!trouble_.ok()) return std::move(done)(trouble_);
    claims_.ClaimUnique(std::move(request), std::move(done));
  }
  void FindClaim(std::string key,
                 base::Done<std::optional<store::Claim>> done) override {
    claims_.FindClaim(std::move(key), std::move(done));
  }
  void ReleaseClaim(store::ReleaseRequest request,
                    base::DoneStatus done) override {
    claims_.ReleaseClaim(std::move(request), std::move(done));
  }

  int asked = 0;

 private:
  store::ClaimStore& claims_;
  const absl::Status& trouble_;
};

// A hub with a clock of its own.
struct Hub {
  Hub(store::ClaimStore& store, const absl::Status& trouble, uint64_t number,
      absl::Duration ahead = absl::ZeroDuration(), bool alone = false)
      : clock(kStart + ahead),
        claims(store, trouble),
        lease({.claims = claims,
               .clock = clock,
               .holder = HubNumber(number),
               .alone = alone}) {}

  base::VirtualClock clock;
  Claims claims;
  SweepLease lease;
};

class SweepLeaseTest : public testing::Test {
 protected:
  bool Sweeps(Hub& hub) {
    std::optional<bool> answer;
    hub.lease.Ask([&answer](bool sweeps) { answer = sweeps; });
    executor_.RunReady();
    EXPECT_TRUE(answer.has_value()) << "nobody answered";
    return answer.value_or(false);
  }

  static void Pass(absl::Duration time, Hub& one, Hub& other) {
    one.clock.AdvanceTo(one.clock.Now() + time);
    other.clock.AdvanceTo(other.clock.Now() + time);
  }

  // How long it takes until `next` sweeps, while nobody else asks.
  absl::Duration UntilSweeps(Hub& next) {
    const absl::Time start = next.clock.Now();
    while (next.clock.Now() - start < kSweepAnywayEvery / 2) {
      if (Sweeps(next)) break;
      next.clock.AdvanceTo(next.clock.Now() + kSweepEvery);
    }
    return next.clock.Now() - start;
  }

  absl::Status trouble_;
  base::VirtualClock clock_{kStart};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_, .exclusive = false}};
};

TEST_F(SweepLeaseTest, StaysWithWhoAsksAgainInTime) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  for (absl::Duration passed; passed < kSweepAnywayEvery;
       passed += kSweepEvery) {
    EXPECT_TRUE(Sweeps(holder)) << passed;
    EXPECT_FALSE(Sweeps(other)) << passed;
    Pass(kSweepEvery, holder, other);
  }
}

TEST_F(SweepLeaseTest, PassesInBoundedTimeWhenItsHolderDies) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  ASSERT_TRUE(Sweeps(holder));
  ASSERT_FALSE(Sweeps(other));
  const absl::Duration waited = UntilSweeps(other);
  EXPECT_GE(waited, kSweepLeaseLapse) << "it was held";
  EXPECT_LE(waited, kTakenOverWithin);
}

TEST_F(SweepLeaseTest, PassesAtOnceWhenItIsGivenBack) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  ASSERT_TRUE(Sweeps(holder));
  ASSERT_FALSE(Sweeps(other));
  absl::Status given_back = absl::UnknownError("nobody answered");
  holder.lease.GiveBack(
      [&given_back](absl::Status status) { given_back = std::move(status); });
  executor_.RunReady();
  ASSERT_TRUE(given_back.ok()) << given_back;
  Pass(kSweepLeaseAskedEvery, holder, other);
  EXPECT_TRUE(Sweeps(other));
  EXPECT_FALSE(Sweeps(holder)) << "it has passed";
}

TEST_F(SweepLeaseTest, IsNotGivenBackByWhoDoesNotHoldIt) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  Hub third(store_, trouble_, 3);
  ASSERT_TRUE(Sweeps(holder));
  ASSERT_FALSE(Sweeps(other));
  other.lease.GiveBack([](absl::Status) {});
  executor_.RunReady();
  EXPECT_FALSE(Sweeps(third));
}

// However the clocks of two hubs part: the one that is left sweeps in time.
TEST_F(SweepLeaseTest, PassesInBoundedTimeWhateverTheClocksSay) {
  for (const absl::Duration ahead :
       {absl::Hours(-26), absl::Seconds(-5), absl::Seconds(-4),
        absl::Milliseconds(-3999), absl::Seconds(-1), absl::Milliseconds(500),
        absl::Milliseconds(3999), absl::Seconds(4), absl::Minutes(59)}) {
    store::MemoryStore store({.executor = executor_, .exclusive = false});
    Hub holder(store, trouble_, 1);
    Hub other(store, trouble_, 2, ahead);
    ASSERT_TRUE(Sweeps(holder));
    EXPECT_LE(UntilSweeps(other), kTakenOverWithin) << ahead;
  }
}

TEST_F(SweepLeaseTest, StaysWithOneWhileTheClocksAgreeRoughly) {
  for (const absl::Duration ahead :
       {absl::Milliseconds(-1900), absl::Milliseconds(1900)}) {
    store::MemoryStore store({.executor = executor_, .exclusive = false});
    Hub holder(store, trouble_, 1);
    Hub other(store, trouble_, 2, ahead);
    for (absl::Duration passed; passed < kSweepAnywayEvery;
         passed += kSweepEvery) {
      EXPECT_TRUE(Sweeps(holder)) << ahead << " after " << passed;
      EXPECT_FALSE(Sweeps(other)) << ahead << " after " << passed;
      Pass(kSweepEvery, holder, other);
    }
  }
}

// To a holder that is hours behind nothing is due: it must keep nobody from
// what is.
TEST_F(SweepLeaseTest, KeepsNobodyWhoseClockIsFarFromItsHolders) {
  Hub behind(store_, trouble_, 1, absl::Hours(-3));
  Hub other(store_, trouble_, 2);
  for (int second = 0; second < 10; ++second) {
    EXPECT_TRUE(Sweeps(behind));
    EXPECT_TRUE(Sweeps(other)) << second;
    Pass(kSweepLeaseAskedEvery, behind, other);
  }
}

// What its holder cannot fire, another hub may be able to.
TEST_F(SweepLeaseTest, LetsEveryHubSweepOnceAMinute) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  int swept = 0;
  constexpr int kMinutes = 3;
  for (absl::Duration passed; passed < kMinutes * kSweepAnywayEvery;
       passed += kSweepEvery) {
    Pass(kSweepEvery, holder, other);
    EXPECT_TRUE(Sweeps(holder));
    if (Sweeps(other)) ++swept;
  }
  EXPECT_EQ(swept, kMinutes);
}

TEST_F(SweepLeaseTest, KeepsNobodyWhenTheStoreCannotTell) {
  Hub holder(store_, trouble_, 1);
  Hub other(store_, trouble_, 2);
  ASSERT_TRUE(Sweeps(holder));
  ASSERT_FALSE(Sweeps(other));
  trouble_ = absl::UnavailableError("cut");
  Pass(kSweepLeaseAskedEvery, holder, other);
  EXPECT_TRUE(Sweeps(holder));
  EXPECT_TRUE(Sweeps(other));
  trouble_ = absl::OkStatus();
  EXPECT_TRUE(Sweeps(holder));
  EXPECT_FALSE(Sweeps(other)) << "it asks again at once";
}

TEST_F(SweepLeaseTest, AsksTheStoreNoOftenerThanItMust) {
  Hub holder(store_, trouble_, 1);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Sweeps(holder));
  EXPECT_EQ(holder.claims.asked, 1);
  holder.clock.AdvanceTo(holder.clock.Now() + kSweepLeaseAskedEvery);
  EXPECT_TRUE(Sweeps(holder));
  EXPECT_EQ(holder.claims.asked, 2);
}

TEST_F(SweepLeaseTest, CostsNothingWhoIsAloneOnTheStore) {
  Hub hub(store_, trouble_, 1, absl::ZeroDuration(), /*alone=*/true);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(Sweeps(hub));
    hub.clock.AdvanceTo(hub.clock.Now() + kSweepLeaseLapse);
  }
  absl::Status given_back = absl::UnknownError("nobody answered");
  hub.lease.GiveBack(
      [&given_back](absl::Status status) { given_back = std::move(status); });
  EXPECT_TRUE(given_back.ok()) << given_back;
  EXPECT_EQ(hub.claims.asked, 0);
  EXPECT_EQ(store_.calls(), 0);
}

}  // namespace
}  // namespace careroute::engine

#include "services/hub/other_hubs.h"

#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lib/engine/sweep_lease.h"
#include "lib/store/memory/memory_store.h"
#include "services/core/await.h"
#include "services/core/thread_pool.h"

namespace careroute::services {
namespace {

// Fails to answer who holds a claim, as over a connection that breaks once.
class Stumbling final : public store::ClaimStore {
 public:
  void ClaimUnique(store::ClaimRequest,
                   base::Done<store::Claim> done) override {
    std::move(done)(absl::UnavailableError("no answer"));
  }
  void FindClaim(std::string,
                 base::Done<std::optional<store::Claim>> done) override {
    std::move(done)(std::optional<store::Claim>());
  }
  void ReleaseClaim(store::ReleaseRequest, base::DoneStatus done) override {
    std::move(done)(absl::OkStatus());
  }
};

class OtherHubsTest : public testing::Test {
 protected:
  absl::Status Check(bool alone = false) {
    return CheckNoHubServes(
        {.claims = store_, .clock = clock_, .random = random_, .alone = alone});
  }

  base::VirtualClock clock_{absl::FromUnixSeconds(1772409600)};
  base::SeededRandom random_{1};
  ThreadPool pool_{{.clock = clock_, .threads = 1}};
  store::MemoryStore store_{{.executor = pool_, .exclusive = false}};
  engine::SweepLease hub_{
      {.claims = store_,
       .clock = clock_,
       .holder = {.kind = store::StreamKind::kAccessLog, .id = {.low = 7}}}};

  void TearDown() override { pool_.Stop(); }

  // Whether the hub has, or still has, the lease.
  bool Serves() {
    return *Await<bool>([this](base::Done<bool> done) {
      hub_.Ask([done = std::move(done)](bool sweeps) mutable {
        std::move(done)(sweeps);
      });
    });
  }
};

TEST_F(OtherHubsTest, AreSeenWhileTheyServe) {
  ASSERT_TRUE(Serves());
  const absl::Status seen = Check();
  EXPECT_TRUE(absl::IsFailedPrecondition(seen)) << seen;
  EXPECT_TRUE(Serves()) << "its lease was taken";
}

TEST_F(OtherHubsTest, AreForgottenOnceTheyHaveStopped) {
  ASSERT_TRUE(Serves());
  ASSERT_TRUE(AwaitStatus([this](base::DoneStatus done) {
                hub_.GiveBack(std::move(done));
              }).ok());
  EXPECT_TRUE(Check().ok());
}

TEST_F(OtherHubsTest, AreForgottenSomeSecondsAfterTheyWereKilled) {
  ASSERT_TRUE(Serves());
  clock_.AdvanceTo(clock_.Now() + engine::kSweepLeaseLapse);
  EXPECT_TRUE(Check().ok());
}

TEST_F(OtherHubsTest, MayServeAtOnceAfterTheCheck) {
  EXPECT_TRUE(Check().ok());
  EXPECT_TRUE(Serves());
}

TEST_F(OtherHubsTest, AreNotRuledOutByAStoreThatCannotTell) {
  Stumbling claims;
  const absl::Status seen =
      CheckNoHubServes({.claims = claims, .clock = clock_, .random = random_});
  EXPECT_TRUE(absl::IsUnavailable(seen)) << seen;
}

TEST_F(OtherHubsTest, CannotBeWhereTheStoreIsOnesOwn) {
  ASSERT_TRUE(Serves());
  EXPECT_TRUE(Check(/*alone=*/true).ok());
}

}  // namespace
}  // namespace careroute::services

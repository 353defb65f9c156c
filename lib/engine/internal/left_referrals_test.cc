// Which referrals have begun to leave, and what it costs to know.

#include "lib/engine/internal/left_referrals.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/executor.h"
#include "lib/store/forwarding_store.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine::internal {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;

constexpr absl::Time kNow = absl::FromUnixSeconds(1772409600);
constexpr base::Uid kCase{.high = 1, .low = 5};

// Notes how many rows of the outbox are asked for.
class WatchedStore final : public store::ForwardingStore<WatchedStore> {
 public:
  explicit WatchedStore(store::Store& beneath) : beneath_(beneath) {}

  [[nodiscard]] const store::StoreInfo& info() const override {
    return beneath_.info();
  }
  void SetCommitListener(store::CommitListener listener) override {
    beneath_.SetCommitListener(std::move(listener));
  }
  void CurrentPosition(base::Done<store::ChangePosition> done) override {
    beneath_.CurrentPosition(std::move(done));
  }
  void ListOutbox(store::ListOutboxRequest request,
                  base::Done<store::OutboxPage> done) override {
    limits.push_back(request.limit);
    beneath_.ListOutbox(std::move(request), std::move(done));
  }

  std::vector<int32_t> limits;

 private:
  friend class store::ForwardingStore<WatchedStore>;

  template <typename Interface, typename Request, typename Answer>
  void Read(void (Interface::*method)(Request, Answer), Request request,
            Answer done) {
    (beneath_.*method)(std::move(request), std::move(done));
  }
  template <typename Interface, typename Request, typename Answer>
  void Write(void (Interface::*method)(Request, Answer), Request request,
             Answer done) {
    (beneath_.*method)(std::move(request), std::move(done));
  }

  store::Store& beneath_;
};

class LeftReferralsTest : public ::testing::Test {
 protected:
  LeftReferralsTest() {
    // Of the cases behind it.
    for (uint64_t other = 6; other < 300; ++other) Owe(other, {1});
  }

  // Messages of a case that wait.
  void Owe(uint64_t number, const std::vector<int64_t>& sequences) {
    store::AppendRequest request{.stream = {.kind = store::StreamKind::kCase,
                                            .id = {.high = 1, .low = number}},
                                 .recorded_time = kNow};
    for (const int64_t sequence : sequences) {
      request.outbox.push_back({.key = {.sequence = sequence},
                                .destination = "hub/east",
                                .lane = "hub/east",
                                .event_version = 1,
                                .due = kNow});
    }
    std::optional<bool> appended;
    store_.Append(std::move(request),
                  [&appended](absl::StatusOr<store::AppendResult> result) {
                    appended = result.ok();
                  });
    executor_.RunReady();
    ASSERT_EQ(appended, true);
  }

  // A referral to another hub whose first message has the number.
  void Refer(int64_t first_message) {
    casework::Referral referral;
    referral.number = static_cast<int32_t>(state_.referrals.size()) + 1;
    referral.hub = "east";
    referral.first_message = first_message;
    referral.request.state = model::v1::REFERRAL_STATE_REQUESTED;
    state_.referrals.push_back(referral);
    state_.next.message = std::max(state_.next.message, first_message + 1);
  }

  std::vector<int32_t> Left() {
    std::vector<int32_t> found;
    FindLeftReferrals(watched_, kCase,
                      std::make_shared<const casework::Case>(state_),
                      [&found](absl::StatusOr<std::vector<int32_t>> left) {
                        ASSERT_TRUE(left.ok()) << left.status();
                        found = *std::move(left);
                      });
    executor_.RunReady();
    return found;
  }

  casework::Case state_;
  base::VirtualClock clock_{kNow};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_}};
  WatchedStore watched_{store_};
};

TEST_F(LeftReferralsTest, HaveLeftWhenTheirFirstMessageWaitsNoMore) {
  Refer(3);
  Refer(5);
  Owe(5, {5, 6});
  EXPECT_THAT(Left(), ElementsAre(1));
}

TEST_F(LeftReferralsTest, HaveNotLeftWhileTheyWaitHoweverManyMessagesDo) {
  std::vector<int64_t> waiting;
  for (int64_t sequence = 3; sequence <= 400; ++sequence) {
    waiting.push_back(sequence);
  }
  Owe(5, waiting);
  Refer(3);
  Refer(400);
  EXPECT_THAT(Left(), IsEmpty());
}

// Every command on a case with such a referral asks.
TEST_F(LeftReferralsTest, AreFoundWithoutReadingWhatOtherCasesOwe) {
  Refer(3);
  EXPECT_THAT(Left(), ElementsAre(1));
  Refer(5);
  Owe(5, {5});
  EXPECT_THAT(Left(), ElementsAre(1));
  EXPECT_THAT(watched_.limits, Each(Le(3)));
}

}  // namespace
}  // namespace careroute::engine::internal

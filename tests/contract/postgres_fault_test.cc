// A database server that goes away and comes back while appends are under way.

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/mutex.h"
#include "lib/store/asker.h"
#include "lib/store/chain.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/postgres/test_cluster.h"
#include "tests/contract/thread_executor.h"

namespace careroute::tests {
namespace {

using store::AppendRequest;
using store::AppendResult;
using store::Store;
using store::StreamHead;
using store::StreamId;

const absl::Time kNow = absl::FromUnixSeconds(1735689600);
const store::IndexList kList{.table = 1, .key = "list"};

StreamId CaseOf(uint64_t number) {
  return {.kind = store::StreamKind::kCase, .id = {.low = number}};
}

// The first event of a stream with all that belongs to it.
AppendRequest FirstEvent(uint64_t number) {
  const std::string bytes = absl::StrCat("event ", number);
  return {.stream = CaseOf(number),
          .recorded_time = kNow,
          .events = {{.bytes = bytes,
                      .chain_hash = store::ChainHash(
                          {.previous = store::ChainStart(), .stored = bytes})}},
          .request =
              store::RequestRecord{.key = {.caller_key = "c",
                                           .request_id = absl::StrCat(number)},
                                   .body_hash = std::string(32, 'b'),
                                   .answer = bytes},
          .put_rows = {{.list = kList, .id = absl::StrCat(number)}},
          .outbox = {{.key = {.sequence = 1},
                      .destination = "hub",
                      .event_version = 1,
                      .due = absl::InfiniteFuture()}}};
}

class PostgresFaultTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store::MigratePostgres({.address = address_}).ok());
  }

  absl::StatusOr<std::unique_ptr<Store>> Open(base::Executor& executor) {
    return store::OpenPostgresStore({.executor = executor,
                                     .clock = clock_,
                                     .address = address_,
                                     .kind = store::ClockKind::kVirtual,
                                     .new_uid = {.low = 1},
                                     .notifications = false});
  }

  // Everything of an append is there, or nothing.
  void ExpectWholeOrNothing(uint64_t number, bool whole) {
    const StreamId stream = CaseOf(number);
    const store::Asker ask{.store = store_, .executor = executor_};
    const auto head = ask(&Store::ReadHead, stream);
    const auto request =
        ask(&Store::FindRequest,
            {.stream = stream,
             .key = {.caller_key = "c", .request_id = absl::StrCat(number)}});
    const auto row = ask(
        &Store::GetRow,
        {.stream = stream, .row = {.list = kList, .id = absl::StrCat(number)}});
    ASSERT_TRUE(head.ok() && request.ok() && row.ok()) << head.status();
    EXPECT_EQ(head->version, whole ? 1 : 0) << number;
    EXPECT_EQ(request->has_value(), whole) << number;
    EXPECT_EQ(row->has_value(), whole) << number;
  }

  store::TestCluster cluster_{store::Fsync::kOn};
  const std::string address_ = cluster_.NewAddress();
  base::VirtualClock clock_{kNow};
  base::ManualExecutor executor_{clock_};
  std::unique_ptr<Store> store_;
};

TEST_F(PostgresFaultTest, SaysThatTheServerIsGoneAndGoesOnWhenItIsBack) {
  auto opened = Open(executor_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  store_ = *std::move(opened);
  const store::Asker ask{.store = store_, .executor = executor_};
  ASSERT_TRUE(ask(&Store::Append, FirstEvent(1)).ok());
  cluster_.Kill();
  EXPECT_TRUE(absl::IsUnavailable(ask(&Store::Append, FirstEvent(2)).status()));
  EXPECT_TRUE(absl::IsUnavailable(ask(&Store::ReadHead, CaseOf(1)).status()));
  cluster_.Start();
  EXPECT_TRUE(ask(&Store::Append, FirstEvent(2)).ok());
  ExpectWholeOrNothing(1, true);
  ExpectWholeOrNothing(2, true);
}

// The connections that were idle are found broken before they are used.
TEST_F(PostgresFaultTest, NobodyNoticesARestartBetweenTwoCalls) {
  auto opened = Open(executor_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  store_ = *std::move(opened);
  const store::Asker ask{.store = store_, .executor = executor_};
  ASSERT_TRUE(ask(&Store::Append, FirstEvent(1)).ok());
  ASSERT_TRUE(ask(&Store::ReadHead, CaseOf(1)).ok());
  cluster_.Kill();
  cluster_.Start();
  EXPECT_TRUE(ask(&Store::Append, FirstEvent(2)).ok());
  EXPECT_TRUE(ask(&Store::ReadHead, CaseOf(2)).ok());
}

// Many appends at once, and the server killed in the middle of them, several
// times: what was acknowledged is there, nothing is there by half, and what
// nobody knows is settled by a repeat.
TEST_F(PostgresFaultTest, LosesNothingItAcknowledgedWhenKilledInMidBatch) {
  constexpr uint64_t kRounds = 3;
  constexpr uint64_t kAppends = 400;
  std::map<uint64_t, absl::Status> answers;
  base::Mutex mutex;
  for (uint64_t round = 0; round < kRounds; ++round) {
    ThreadExecutor threads(8);
    auto opened = Open(threads);
    ASSERT_TRUE(opened.ok()) << opened.status();
    // The more rounds, the further in.
    const uint64_t fatal = 20 * (round + 1);
    std::atomic<uint64_t> answered = 0;
    for (uint64_t i = 1; i <= kAppends; ++i) {
      const uint64_t number = round * kAppends + i;
      (*opened)->Append(
          FirstEvent(number),
          [&, number](const absl::StatusOr<AppendResult>& result) {
            {
              base::MutexLock lock(mutex);
              answers[number] = result.status();
            }
            if (++answered == fatal) cluster_.Kill();
          });
    }
    threads.Join();
    *opened = nullptr;
    cluster_.Start();
  }
  auto opened = Open(executor_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  store_ = *std::move(opened);
  const store::Asker ask{.store = store_, .executor = executor_};
  ASSERT_EQ(answers.size(), kRounds * kAppends);
  size_t failed = 0;
  for (const auto& [number, status] : answers) {
    if (!status.ok()) {
      ++failed;
      EXPECT_TRUE(absl::IsUnavailable(status)) << status;
      const auto repeated = ask(&Store::Append, FirstEvent(number));
      ASSERT_TRUE(repeated.ok()) << repeated.status();
    }
    ExpectWholeOrNothing(number, true);
  }
  EXPECT_GT(failed, 0u) << "the server was killed too late";
}

}  // namespace
}  // namespace careroute::tests

// What one process sees of another's writes: two stores over one database.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/store/asker.h"
#include "lib/store/chain.h"
#include "lib/store/postgres/internal/connection.h"
#include "lib/store/postgres/internal/feed.h"
#include "lib/store/postgres/internal/key_vacuum.h"
#include "lib/store/postgres/postgres_store.h"
#include "lib/store/postgres/test_cluster.h"

namespace careroute::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const IndexList kList{.table = 1, .key = "list"};
const RequestKey kKey{.caller_key = "c", .request_id = "r"};

StreamId CaseOf(uint64_t number) {
  return {.kind = StreamKind::kCase, .id = {.low = number}};
}

// A process: its executor, its store, and what its listener heard.
struct Process {
  explicit Process(const std::string& address) {
    auto opened = OpenPostgresStore({.executor = executor,
                                     .clock = clock,
                                     .address = address,
                                     .kind = ClockKind::kVirtual,
                                     .new_uid = {.low = 1},
                                     .notifications = false});
    EXPECT_TRUE(opened.ok()) << opened.status();
    if (opened.ok()) store = *std::move(opened);
    store->SetCommitListener(
        [this](const Commit& commit) { heard.push_back(commit); });
  }
  ~Process() {
    store = nullptr;
    executor.RunReady();
  }

  AppendRequest Next(const StreamId& stream, const std::string& bytes) const {
    const auto head = ask(&Store::ReadHead, stream);
    EXPECT_TRUE(head.ok()) << head.status();
    return {.stream = stream,
            .expected_version = head->version,
            .recorded_time = clock.Now(),
            .events = {{.bytes = bytes,
                        .chain_hash = ChainHash(
                            {.previous = head->hash, .stored = bytes})}},
            .put_rows = {{.list = kList, .id = bytes}}};
  }
  absl::StatusOr<AppendResult> Append(const StreamId& stream,
                                      const std::string& bytes) const {
    return ask(&Store::Append, Next(stream, bytes));
  }

  // Lets the feed have its round.
  void Listen() { executor.RunUntil(clock.Now() + postgres::kFeedInterval); }

  base::VirtualClock clock{absl::FromUnixSeconds(1735689600)};
  base::ManualExecutor executor{clock};
  std::unique_ptr<Store> store;
  std::vector<Commit> heard;
  const Asker ask{.store = store, .executor = executor};
};

class SharedStoreTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = std::make_unique<TestCluster>(); }
  static void TearDownTestSuite() { cluster_ = nullptr; }

  void SetUp() override {
    ASSERT_TRUE(MigratePostgres({.address = address_}).ok());
    one_.emplace(address_);
    other_.emplace(address_);
  }

  static std::unique_ptr<TestCluster> cluster_;
  const std::string address_ = cluster_->NewAddress();
  std::optional<Process> one_;
  std::optional<Process> other_;
};

std::unique_ptr<TestCluster> SharedStoreTest::cluster_;

TEST_F(SharedStoreTest, IsOneStoreThatNobodyHasAlone) {
  EXPECT_EQ(one_->store->info(), other_->store->info());
  EXPECT_FALSE(one_->store->info().exclusive);
}

TEST_F(SharedStoreTest, NoUpdateIsLost) {
  const AppendRequest late = other_->Next(CaseOf(1), "late");
  ASSERT_TRUE(one_->Append(CaseOf(1), "first").ok());
  const auto refused = other_->ask(&Store::Append, late);
  EXPECT_EQ(ConflictingVersion(refused.status()), std::optional<int64_t>(1));
  EXPECT_TRUE(other_->Append(CaseOf(1), "second").ok());
  // The first has not seen that, and what it knows is still true.
  EXPECT_TRUE(one_->Append(CaseOf(1), "third").ok());
}

TEST_F(SharedStoreTest, ARequestHasOneEffectWhoeverIsAsked) {
  AppendRequest request = one_->Next(CaseOf(1), "a");
  request.request = RequestRecord{
      .key = kKey, .body_hash = std::string(32, 'b'), .answer = "answer"};
  ASSERT_TRUE(one_->ask(&Store::Append, request).ok());
  const auto repeated = other_->ask(&Store::Append, request);
  ASSERT_TRUE(repeated.ok() && repeated->duplicate.has_value());
  EXPECT_EQ(repeated->duplicate->answer, "answer");
}

TEST_F(SharedStoreTest, AClaimIsHeldOnceAcrossProcesses) {
  const auto ours =
      one_->ask(&Store::ClaimUnique,
                {.key = "k", .owner = CaseOf(1), .now = one_->clock.Now()});
  const auto theirs =
      other_->ask(&Store::ClaimUnique,
                  {.key = "k", .owner = CaseOf(2), .now = one_->clock.Now()});
  ASSERT_TRUE(ours.ok() && theirs.ok());
  EXPECT_EQ(ours->owner, CaseOf(1));
  EXPECT_EQ(theirs->owner, CaseOf(1));
}

TEST_F(SharedStoreTest, AnOutboxRowIsTakenByOneProcess) {
  AppendRequest request = one_->Next(CaseOf(1), "a");
  request.outbox = {{.key = {.sequence = 1},
                     .destination = "hub",
                     .event_version = 1,
                     .due = one_->clock.Now()}};
  ASSERT_TRUE(one_->ask(&Store::Append, request).ok());
  const TakeDueRequest take{.now = one_->clock.Now()};
  const auto ours = one_->ask(&Store::TakeDue, take);
  const auto theirs = other_->ask(&Store::TakeDue, take);
  ASSERT_TRUE(ours.ok() && theirs.ok());
  EXPECT_EQ(ours->size(), 1u);
  EXPECT_THAT(*theirs, IsEmpty());
}

TEST_F(SharedStoreTest, TheListenerHearsOthersCommitsWithTheirLists) {
  ASSERT_TRUE(other_->Append(CaseOf(1), "a").ok());
  ASSERT_TRUE(other_->Append(CaseOf(1), "b").ok());
  EXPECT_THAT(one_->heard, IsEmpty());
  one_->Listen();
  ASSERT_EQ(one_->heard.size(), 1u) << "several of a stream come as one";
  EXPECT_EQ(one_->heard[0].head.stream, CaseOf(1));
  EXPECT_EQ(one_->heard[0].head.version, 2);
  EXPECT_THAT(one_->heard[0].changed_lists, ElementsAre(kList));
  const auto head = other_->ask(&Store::ReadHead, CaseOf(1));
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(one_->heard[0].head.hash, head->hash);
  one_->Listen();
  EXPECT_EQ(one_->heard.size(), 1u) << "and once";
}

// What nobody follows is written without a stamp, so that its indexes stay.
TEST_F(SharedStoreTest, KeepsNoTimeOfChangeOfARowThatNobodyFollows) {
  const auto append = [this](const std::string& payload) {
    AppendRequest request = one_->Next(CaseOf(1), payload);
    request.put_rows = {
        {.list = kList, .id = "row", .payload = payload, .followed = false}};
    return one_->ask(&Store::Append, request);
  };
  for (const char* const payload : {"old", "new"}) {
    ASSERT_TRUE(append(payload).ok());
    const auto page =
        one_->ask(&Store::Scan, ScanRequest{.list = kList, .limit = 10});
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_EQ(page->rows.size(), 1u);
    EXPECT_EQ(page->rows[0].payload, payload);
    EXPECT_EQ(page->rows[0].stamp, 0);
    EXPECT_FALSE(page->rows[0].followed);
  }
  AppendRequest gone = one_->Next(CaseOf(1), "gone");
  gone.put_rows.clear();
  gone.delete_rows = {{.list = kList, .id = "row"}};
  ASSERT_TRUE(one_->ask(&Store::Append, gone).ok());
  const auto changed = other_->ask(&Store::ScanChanged, {.list = kList});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(changed->rows, IsEmpty());
  other_->Listen();
  ASSERT_EQ(other_->heard.size(), 1u);
  EXPECT_EQ(other_->heard[0].head.version, 3);
  EXPECT_THAT(other_->heard[0].changed_lists, IsEmpty());
}

// The events a caller missed and the head come in one look while they are few.
TEST_F(SharedStoreTest, LoadsWhatACallerMissedHoweverMuchItIs) {
  for (int64_t version = 1; version <= 20; ++version) {
    ASSERT_TRUE(one_->Append(CaseOf(1), std::to_string(version)).ok());
  }
  const auto head = other_->ask(&Store::ReadHead, CaseOf(1));
  ASSERT_TRUE(head.ok()) << head.status();
  for (int64_t known = 1; known <= 21; ++known) {
    const auto load = other_->ask(
        &Store::ReadForLoad, {.stream = CaseOf(1), .known_version = known});
    ASSERT_TRUE(load.ok()) << load.status();
    EXPECT_EQ(load->head, *head) << known;
    EXPECT_FALSE(load->more);
    const auto missed = static_cast<size_t>(std::max<int64_t>(20 - known, 0));
    ASSERT_EQ(load->events.size(), missed) << known;
    if (missed > 0) {
      EXPECT_EQ(load->events[0].bytes, std::to_string(known + 1));
      EXPECT_EQ(load->events[0].version, known + 1);
    }
  }
}

TEST_F(SharedStoreTest, TheListenerHearsItsOwnCommitsOnce) {
  ASSERT_TRUE(one_->Append(CaseOf(1), "a").ok());
  ASSERT_EQ(one_->heard.size(), 1u);
  one_->Listen();
  EXPECT_EQ(one_->heard.size(), 1u);
}

// Transactions are numbered as they begin and seen as they end.
TEST_F(SharedStoreTest, AWatcherMissesNoSlowWriter) {
  auto slow = postgres::Connection::Open(
      {.address = address_, .use = postgres::Use::kWrite});
  ASSERT_TRUE(slow.ok()) << slow.status();
  ASSERT_TRUE((*slow)
                  ->Execute("BEGIN; INSERT INTO index_rows (stream, "
                            "list_table, list_key, row_id, sort, payload, "
                            "stamp) VALUES ('\\x0100000000000000000000000000"
                            "000009', 1, 'list', 'slow', '', '', "
                            "pg_current_xact_id()::text::bigint << 12)")
                  .ok());
  ASSERT_TRUE(one_->Append(CaseOf(1), "fast").ok());
  const auto before = one_->ask(&Store::ScanChanged, {.list = kList});
  ASSERT_TRUE(before.ok()) << before.status();
  ASSERT_EQ(before->rows.size(), 1u);
  EXPECT_EQ(before->rows[0].id, "fast");

  ASSERT_TRUE((*slow)->Execute("COMMIT").ok());
  const auto after = one_->ask(&Store::ScanChanged,
                               {.list = kList, .after = before->position});
  ASSERT_TRUE(after.ok()) << after.status();
  ASSERT_EQ(after->rows.size(), 1u) << "the fast one does not come again";
  EXPECT_EQ(after->rows[0].id, "slow");
}

// How often the server has vacuumed the table of keys.
int64_t VacuumsOf(const std::string& address) {
  constexpr char kVacuums[] =
      "SELECT vacuum_count FROM pg_stat_user_tables "
      "WHERE relid = 'stream_keys'::regclass";
  auto db = postgres::Connection::Open(
      {.address = address, .use = postgres::Use::kUpkeep});
  if (!db.ok()) return -1;
  const auto rows = (*db)->Run(kVacuums, postgres::Params());
  return rows.ok() && rows->size() == 1 ? rows->Int(0, 0) : -1;
}

TEST_F(SharedStoreTest, LeavesNoOldRowOfADestroyedKey) {
  AppendRequest made = one_->Next(CaseOf(1), "a");
  made.put_key = {.wrapping_key = 1, .wrapped = "locked"};
  ASSERT_TRUE(one_->ask(&Store::Append, made).ok());
  one_->executor.RunUntil(one_->clock.Now() + postgres::kVacuumAfter);
  EXPECT_EQ(VacuumsOf(address_), 0) << "nothing was destroyed";

  AppendRequest erased = one_->Next(CaseOf(1), "b");
  erased.destroy_key = true;
  ASSERT_TRUE(one_->ask(&Store::Append, erased).ok());
  one_->executor.RunUntil(one_->clock.Now() + postgres::kVacuumAfter);
  EXPECT_EQ(VacuumsOf(address_), 1);
}

TEST_F(SharedStoreTest, VacuumsOnceAfterManyDestroyedKeys) {
  for (uint64_t number = 1; number <= 5; ++number) {
    const absl::Status destroyed =
        one_->ask(&Store::DestroyKey,
                  {.owner = CaseOf(number), .now = one_->clock.Now()});
    ASSERT_TRUE(destroyed.ok()) << destroyed;
  }
  one_->executor.RunUntil(one_->clock.Now() + postgres::kVacuumAfter);
  EXPECT_EQ(VacuumsOf(address_), 1);
}

// As after a backup was put back into a server that counts from the beginning.
TEST_F(SharedStoreTest, ARestoredStoreForgetsTheOldServersCount) {
  ASSERT_TRUE(one_->Append(CaseOf(1), "a").ok());
  auto db = postgres::Connection::Open(
      {.address = address_, .use = postgres::Use::kUpkeep});
  ASSERT_TRUE(db.ok()) << db.status();
  ASSERT_TRUE((*db)
                  ->Execute("UPDATE index_rows SET stamp = 1::bigint << 50; "
                            "UPDATE events SET stamp = 1::bigint << 50")
                  .ok());
  one_.reset();
  other_.reset();
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  auto opened = OpenPostgresStore({.executor = executor,
                                   .clock = clock,
                                   .address = address_,
                                   .kind = ClockKind::kVirtual,
                                   .restored = true,
                                   .notifications = false});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->info().epoch, 2);
  const Asker ask{.store = *opened, .executor = executor};
  const auto all = ask(&Store::ScanChanged, {.list = kList});
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->rows.size(), 1u);
  const auto again =
      ask(&Store::ScanChanged, {.list = kList, .after = all->position});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->rows, IsEmpty());
}

TEST_F(SharedStoreTest, ANewPlaceMustBeMigratedFirst) {
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  const auto opened = OpenPostgresStore({.executor = executor,
                                         .clock = clock,
                                         .address = cluster_->NewAddress(),
                                         .notifications = false});
  EXPECT_TRUE(absl::IsFailedPrecondition(opened.status())) << opened.status();
}

// Looking must not be what gives a store its name.
TEST_F(SharedStoreTest, WhoOnlyLooksWritesNothing) {
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  const std::string fresh = cluster_->NewAddress();
  ASSERT_TRUE(MigratePostgres({.address = fresh}).ok());
  EXPECT_TRUE(absl::IsNotFound(
      OpenPostgresStoreReadOnly({.executor = executor, .address = fresh})
          .status()));
  Process hub(fresh);
  ASSERT_TRUE(hub.Append(CaseOf(1), "a").ok());

  auto opened =
      OpenPostgresStoreReadOnly({.executor = executor, .address = fresh});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->info(), hub.store->info());
  const Asker ask{.store = *opened, .executor = executor};
  const auto head = ask(&Store::ReadHead, CaseOf(1));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->version, 1);
  EXPECT_TRUE(absl::IsFailedPrecondition(
      ask(&Store::Append, hub.Next(CaseOf(1), "b")).status()));
}

// Whoever compares lists with events must not see a commit in between.
TEST_F(SharedStoreTest, IsReadAsItWasAtTheFirstRead) {
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  const std::string fresh = cluster_->NewAddress();
  ASSERT_TRUE(MigratePostgres({.address = fresh}).ok());
  Process hub(fresh);
  ASSERT_TRUE(hub.Append(CaseOf(1), "a").ok());
  auto opened =
      OpenPostgresStoreReadOnly({.executor = executor, .address = fresh});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const Asker ask{.store = *opened, .executor = executor};
  const auto before = ask(&Store::ReadHead, CaseOf(1));
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(before->version, 1);

  ASSERT_TRUE(hub.Append(CaseOf(1), "b").ok());
  const auto after = ask(&Store::ReadHead, CaseOf(1));
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->version, 1);
  const auto page = ask(&Store::Scan, ScanRequest{.list = kList, .limit = 10});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->rows.size(), 1u);
}

TEST_F(SharedStoreTest, SaysThatNobodyAnswers) {
  base::VirtualClock clock(absl::FromUnixSeconds(1735689600));
  base::ManualExecutor executor(clock);
  const auto opened =
      OpenPostgresStore({.executor = executor,
                         .clock = clock,
                         .address = "host=/nowhere-at-all dbname=x user=y",
                         .notifications = false});
  EXPECT_TRUE(absl::IsUnavailable(opened.status())) << opened.status();
}

}  // namespace
}  // namespace careroute::store

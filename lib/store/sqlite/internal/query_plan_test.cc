// Costs do not grow with the store: no statement reads a whole table, sorts,
// or builds an index for itself. SQLite counts such steps; here every query
// runs over tables that hold rows, and the count must stay at nothing.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/internal/append_writer.h"
#include "lib/store/sqlite/internal/claim_queries.h"
#include "lib/store/sqlite/internal/connection.h"
#include "lib/store/sqlite/internal/event_queries.h"
#include "lib/store/sqlite/internal/index_queries.h"
#include "lib/store/sqlite/internal/key_queries.h"
#include "lib/store/sqlite/internal/meta_queries.h"
#include "lib/store/sqlite/internal/outbox_queries.h"
#include "lib/store/sqlite/internal/schema.h"
#include "lib/store/sqlite/test_store.h"

namespace careroute::store::internal {
namespace {

constexpr uint64_t kCases = 20;
const absl::Time kNow = absl::FromUnixSeconds(1735689600);

// Opens a database of kCases cases with everything an append can bring.
class QueryPlan : public testing::Test {
 protected:
  void SetUp() override {
    auto db = Connection::Open(
        {.path = scratch_.File("db"), .mode = OpenMode::kOwner});
    ASSERT_TRUE(db.ok()) << db.status();
    db_ = *std::move(db);
    ASSERT_TRUE(MigrateSchema(*db_).ok());
    ASSERT_TRUE(CreateMeta(*db_, {}).ok());
    for (uint64_t number = 1; number <= kCases; ++number) {
      Fill(number);
    }
    ASSERT_EQ(db_->unindexed_steps(), 0) << "while writing";
  }

  void Fill(uint64_t number) {
    const std::string claim = absl::StrCat("claim ", number);
    ASSERT_TRUE(
        ClaimUnique(*db_,
                    {.key = claim, .owner = TestCase(number), .now = kNow})
            .ok());
    const auto head = ReadHead(*db_, TestCase(number));
    ASSERT_TRUE(head.ok()) << head.status();
    AppendRequest request = OneEvent(*head, "event", kNow);
    request.snapshot = NewSnapshot{.bytes = "state"};
    request.put_key = WrappedKey{.wrapped = "key"};
    request.confirm_claims = {claim};
    request.outbox[0].due = kNow;
    request.outbox.push_back({.key = {.sequence = 2},
                              .destination = "hub/east",
                              .lane = "hub/east",
                              .due = kNow});
    Write(request);
    AppendRequest remove{.stream = TestCase(number),
                         .expected_version = 1,
                         .recorded_time = kNow};
    remove.delete_rows = {{kTestList, TestCase(number).id.Hex()}};
    if (number % 2 == 0) {
      Write(remove);
    }
    ASSERT_TRUE(PutBlob(*db_, {.kind = static_cast<int32_t>(number % 2),
                               .bytes = claim})
                    .ok());
  }

  void Write(const AppendRequest& request) {
    WriteContext context{.db = *db_, .last_stamp = last_stamp_};
    const auto result = WriteAppend(context, request);
    ASSERT_TRUE(result.ok()) << result.status();
    last_stamp_ = context.last_stamp;
  }

  ScratchDirectory scratch_;
  std::unique_ptr<Connection> db_;
  int64_t last_stamp_ = 0;
};

TEST_F(QueryPlan, ReadsOfStreamsUseAnIndex) {
  const StreamId stream = TestCase(3);
  EXPECT_TRUE(ReadEvents(*db_, {.stream = stream}).ok());
  EXPECT_TRUE(ReadForLoad(*db_, {.stream = stream,
                                 .request = RequestKey{.caller_key = "c",
                                                       .request_id = "1"}})
                  .ok());
  EXPECT_TRUE(ReadManyEvents(*db_, {{.stream = stream}}).ok());
  EXPECT_TRUE(ReadManyForLoad(*db_, {{.stream = stream}}).ok());
  EXPECT_TRUE(ListStreams(*db_, {.limit = 5}).ok());
  EXPECT_EQ(db_->unindexed_steps(), 0);
}

TEST_F(QueryPlan, ReadsOfListsUseAnIndex) {
  const ScanPosition middle{.sort = TestCase(9).Bytes()};
  for (const ScanOrder order :
       {ScanOrder::kAscending, ScanOrder::kDescending}) {
    EXPECT_TRUE(Scan(*db_, {.list = kTestList, .order = order}).ok());
    const auto page = Scan(
        *db_, {.list = kTestList, .after = middle, .limit = 2, .order = order});
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->rows.size(), 2u);
  }
  EXPECT_TRUE(ScanChanged(*db_, {.list = kTestList}).ok());
  EXPECT_TRUE(CurrentPosition(*db_).ok());
  EXPECT_TRUE(
      GetRow(*db_, {.stream = TestCase(3), .row = {kTestList, "x"}}).ok());
  const auto count = Count(*db_, kTestList);
  ASSERT_TRUE(count.ok()) << count.status();
  EXPECT_EQ(*count, static_cast<int64_t>(kCases) / 2);
  EXPECT_EQ(db_->unindexed_steps(), 0);
}

TEST_F(QueryPlan, CountsReadNoRow) {
  const std::string explain = absl::StrCat("EXPLAIN QUERY PLAN ", kCountRows);
  Query plan(*db_, explain.c_str());
  std::string steps;
  while (true) {
    const absl::StatusOr<bool> more = plan.Step();
    ASSERT_TRUE(more.ok()) << more.status();
    if (!*more) break;
    absl::StrAppend(&steps, plan.Bytes(3), "\n");
  }
  EXPECT_THAT(steps, testing::HasSubstr("USING COVERING INDEX")) << steps;
}

TEST_F(QueryPlan, PurgesUseAnIndex) {
  const PurgeRequest all{.before = kNow + absl::Hours(1), .limit = 3};
  const auto answers = PurgeAnswers(*db_, all);
  ASSERT_TRUE(answers.ok()) << answers.status();
  EXPECT_EQ(*answers, 3);
  const auto tombstones = PurgeTombstones(*db_, all);
  ASSERT_TRUE(tombstones.ok()) << tombstones.status();
  EXPECT_EQ(*tombstones, 3);
  EXPECT_EQ(db_->unindexed_steps(), 0);
}

TEST_F(QueryPlan, TellsNoChangeOfWhatNobodyFollows) {
  const IndexList list{.table = 9, .key = "read only"};
  AppendRequest request{
      .stream = TestCase(3), .expected_version = 1, .recorded_time = kNow};
  request.put_rows = {{.list = list, .id = "row", .followed = false}};
  Write(request);
  const auto page = Scan(*db_, {.list = list});
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->rows.size(), 1u);
  EXPECT_FALSE(page->rows[0].followed);
  request.put_rows.clear();
  request.delete_rows = {{list, "row"}};
  Write(request);
  const auto gone = Scan(*db_, {.list = list});
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_TRUE(gone->rows.empty());
  const auto changed = ScanChanged(*db_, {.list = list});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_TRUE(changed->rows.empty());
  EXPECT_EQ(db_->unindexed_steps(), 0);
}

TEST_F(QueryPlan, TheRestUsesAnIndex) {
  EXPECT_TRUE(FindClaim(*db_, "claim 3").ok());
  EXPECT_TRUE(
      ReleaseClaim(*db_, {.key = "claim 3", .owner = TestCase(3)}).ok());
  const auto due = TakeDue(*db_, {.now = kNow, .limit = 3});
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_EQ(due->size(), 3u);
  EXPECT_TRUE(Settle(*db_, {(*due)[0].key}).ok());
  EXPECT_TRUE(Reschedule(*db_, {.key = (*due)[1].key, .due = kNow}).ok());
  EXPECT_TRUE(ListOutbox(*db_, {.after = (*due)[1].key, .limit = 3}).ok());
  const auto lane = ListOutbox(*db_, {.lane = "hub/east", .limit = 3});
  ASSERT_TRUE(lane.ok()) << lane.status();
  EXPECT_EQ(lane->rows.size(), 3u);
  EXPECT_TRUE(TakeDue(*db_, {.lane = "hub/east", .now = kNow}).ok());
  EXPECT_TRUE(DueNow(*db_, {.lane = "hub/east", .now = kNow, .limit = 3}).ok());
  EXPECT_TRUE(GetKeys(*db_, {TestCase(3), TestCase(4)}).ok());
  EXPECT_TRUE(ListKeys(*db_, {.after = TestCase(3), .limit = 3}).ok());
  EXPECT_TRUE(
      ReplaceKey(*db_, {.owner = TestCase(3), .key = {.wrapped = "new"}}).ok());
  WriteContext context{.db = *db_};
  EXPECT_TRUE(DestroyKey(context, {.owner = TestCase(3), .now = kNow}).ok());
  EXPECT_TRUE(ListBlobs(*db_, {.kind = 1, .limit = 3}).ok());
  EXPECT_TRUE(GetBlob(*db_, std::string(32, 'x')).ok());
  EXPECT_TRUE(ReadMeta(*db_).ok());
  EXPECT_EQ(db_->unindexed_steps(), 0);
}

}  // namespace
}  // namespace careroute::store::internal

// What stays when the store is closed and opened again.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/event_store_contract.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;

using store::AppendRequest;
using store::ClockKind;
using store::IndexList;
using store::Store;

const IndexList kCases{.table = 1, .key = "org"};

TEST_P(PersistentStoreContract, KeepsEverythingAcrossAReopening) {
  const store::RequestKey key{.caller_key = "c", .request_id = "r"};
  ASSERT_TRUE(ask_(&Store::ClaimUnique,
                   {.key = "claim", .owner = Case(1), .now = clock_.Now()})
                  .ok());
  AppendRequest request = Next(Case(1), {"a", "b"});
  request.snapshot = store::NewSnapshot{.fold_version = 1, .bytes = "ab"};
  request.request =
      store::RequestRecord{.key = key, .body_hash = Body(), .answer = "answer"};
  request.put_rows = {{.list = kCases, .id = "row"}};
  request.outbox = {
      {.key = {.sequence = 1}, .destination = "hub", .due = clock_.Now()}};
  request.confirm_claims = {"claim"};
  request.put_key = store::WrappedKey{.wrapping_key = 1, .wrapped = "key"};
  const auto appended = Append(request);
  ASSERT_TRUE(appended.ok()) << appended.status();
  const auto hash = ask_(&Store::PutBlob, {.kind = 1, .bytes = "blob"});
  ASSERT_TRUE(hash.ok()) << hash.status();

  ASSERT_TRUE(Reopen(Opening()).ok());
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a", "b"));
  EXPECT_THAT(IdsOf(kCases), ElementsAre("row"));
  const auto repeated = Append(request);
  ASSERT_TRUE(repeated.ok() && repeated->duplicate.has_value());
  EXPECT_EQ(repeated->duplicate->answer, "answer");
  EXPECT_EQ(repeated->head_hash, appended->head_hash);
  const auto load =
      ask_(&Store::ReadForLoad, {.stream = Case(1), .fold_version = 1});
  ASSERT_TRUE(load.ok() && load->snapshot.has_value()) << load.status();
  const auto claim = ask_(&Store::FindClaim, std::string("claim"));
  ASSERT_TRUE(claim.ok() && claim->has_value()) << claim.status();
  EXPECT_TRUE((*claim)->confirmed);
  const auto keys = ask_(&Store::GetKeys, {Case(1)});
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->size(), 1u);
  const auto due = ask_(&Store::TakeDue, {.now = clock_.Now()});
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_EQ(due->size(), 1u);
  const auto blob = ask_(&Store::GetBlob, *hash);
  ASSERT_TRUE(blob.ok() && blob->has_value()) << blob.status();
}

// Purging the newest tombstone must not let its stamp be given out again.
TEST_P(PersistentStoreContract, AWatcherResumesAfterAReopening) {
  AppendRequest put = Next(Case(1), {"a"});
  put.put_rows = {{.list = kCases, .id = "gone"}};
  ASSERT_TRUE(Append(put).ok());
  AppendRequest remove = Next(Case(1), {"b"});
  remove.delete_rows = {{.list = kCases, .id = "gone"}};
  ASSERT_TRUE(Append(remove).ok());
  const auto seen = ask_(&Store::CurrentPosition);
  ASSERT_TRUE(seen.ok()) << seen.status();
  ASSERT_TRUE(
      ask_(&Store::PurgeTombstones, {.before = clock_.Now() + absl::Hours(1)})
          .ok());

  ASSERT_TRUE(Reopen(Opening()).ok());
  AppendRequest next = Next(Case(2), {"a"});
  next.put_rows = {{.list = kCases, .id = "new"}};
  ASSERT_TRUE(Append(next).ok());
  const auto page = ask_(&Store::ScanChanged, {.list = kCases, .after = *seen});
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->rows.size(), 1u);
  EXPECT_EQ(page->rows[0].id, "new");
}

TEST_P(PersistentStoreContract, OpensOnlyUnderItsKindOfClock) {
  ASSERT_TRUE(
      Reopen({.executor = executor_, .clock = ClockKind::kVirtual}).ok());
  EXPECT_EQ(store_->info().clock, ClockKind::kVirtual);
  EXPECT_EQ(Reopen({.executor = executor_, .clock = ClockKind::kReal}).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(
      Reopen({.executor = executor_, .clock = ClockKind::kVirtual}).ok());
}

TEST_P(PersistentStoreContract, KeepsItsNameAndCountsEpochs) {
  const store::StoreInfo before = store_->info();
  EXPECT_EQ(before.epoch, 1);
  ASSERT_TRUE(Reopen(Opening()).ok());
  EXPECT_EQ(store_->info(), before);
  ASSERT_TRUE(Reopen({.executor = executor_, .restored = true}).ok());
  EXPECT_EQ(store_->info().uid, before.uid);
  EXPECT_EQ(store_->info().epoch, 2);
  ASSERT_TRUE(Reopen(Opening()).ok());
  EXPECT_EQ(store_->info().epoch, 2);
}

// Between a backup and its restore a watcher may have seen changes that the
// restored store never made.
TEST_P(PersistentStoreContract, ARestoredStoreRefusesEarlierPositions) {
  AppendRequest put = Next(Case(1), {"a"});
  put.put_rows = {{.list = kCases, .id = "row"}};
  ASSERT_TRUE(Append(put).ok());
  const auto seen = ask_(&Store::CurrentPosition);
  ASSERT_TRUE(seen.ok()) << seen.status();
  ASSERT_TRUE(Reopen({.executor = executor_, .restored = true}).ok());
  EXPECT_EQ(ask_(&Store::ScanChanged, {.list = kCases, .after = *seen})
                .status()
                .code(),
            absl::StatusCode::kOutOfRange);
  const auto all = ask_(&Store::ScanChanged, {.list = kCases});
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->rows.size(), 1u);
}

}  // namespace
}  // namespace careroute::tests

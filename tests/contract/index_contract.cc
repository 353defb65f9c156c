// Lists: order, pages that stay stable, changes that are never skipped.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/event_store_contract.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using store::AppendRequest;
using store::ChangePosition;
using store::IndexList;
using store::IndexRow;
using store::ScanOrder;
using store::ScanPosition;
using store::Store;

const IndexList kQueue{.table = 2, .key = "org"};

IndexRow Row(const std::string& id, const std::string& sort,
             const std::string& payload = "") {
  return {.list = kQueue, .sort = sort, .id = id, .payload = payload};
}

// "id@sort", and "-id" for a tombstone.
std::vector<std::string> Shown(const std::vector<IndexRow>& rows) {
  std::vector<std::string> texts;
  texts.reserve(rows.size());
  for (const IndexRow& row : rows) {
    texts.push_back(row.deleted ? absl::StrCat("-", row.id)
                                : absl::StrCat(row.id, "@", row.sort));
  }
  return texts;
}

ScanPosition PositionOf(const IndexRow& row) {
  return {.sort = row.sort, .id = row.id, .stream = row.stream};
}

}  // namespace

void IndexStoreContract::Put(const store::StreamId& stream,
                             std::vector<IndexRow> rows) {
  AppendRequest request = Next(stream, {"event"});
  request.put_rows = std::move(rows);
  const auto result = Append(std::move(request));
  ASSERT_TRUE(result.ok()) << result.status();
}

void IndexStoreContract::Delete(const store::StreamId& stream,
                                const std::string& id) {
  AppendRequest request = Next(stream, {"event"});
  request.delete_rows = {{.list = kQueue, .id = id}};
  const auto result = Append(std::move(request));
  ASSERT_TRUE(result.ok()) << result.status();
}

store::IndexPage IndexStoreContract::Page(store::ScanRequest request) {
  request.list = kQueue;
  const auto page = ask_(&Store::Scan, std::move(request));
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *page : store::IndexPage{};
}

ChangePosition IndexStoreContract::Now() {
  const auto position = ask_(&Store::CurrentPosition);
  EXPECT_TRUE(position.ok()) << position.status();
  return position.ok() ? *position : ChangePosition();
}

store::ChangedPage IndexStoreContract::Changed(const ChangePosition& after,
                                               int32_t limit) {
  const auto page = ask_(&Store::ScanChanged,
                         {.list = kQueue, .after = after, .limit = limit});
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *page : store::ChangedPage{};
}

namespace {

TEST_P(IndexStoreContract, ListsARowThatNobodyFollowsAsAnyOther) {
  IndexRow row = Row("a", "1", "old");
  row.followed = false;
  Put(Case(1), {row, Row("b", "2")});
  row.payload = "new";
  Put(Case(1), {row});
  EXPECT_EQ(Page({}).rows[0].payload, "new");
  row.sort = "3";
  Put(Case(1), {row});
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("b@2", "a@3"));
  Delete(Case(1), "a");
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("b@2"));
  Put(Case(1), {Row("a", "4")});
  EXPECT_THAT(Shown(Changed("").rows), ElementsAre("b@2", "a@4"));
}

TEST_P(IndexStoreContract, ScansTheBeginningsOfSeveralListsAtOnce) {
  const IndexList other{.table = 3, .key = "org"};
  Put(Case(1),
      {Row("b", "2"), Row("a", "1"), {.list = other, .sort = "3", .id = "c"}});
  const auto pages =
      ask_(&Store::ScanMany,
           {.lists = {other, {.table = 4}, kQueue, other}, .limit = 1});
  ASSERT_TRUE(pages.ok()) << pages.status();
  ASSERT_EQ(pages->size(), 4u);
  EXPECT_THAT(Shown((*pages)[0].rows), ElementsAre("c@3"));
  EXPECT_FALSE((*pages)[0].more);
  EXPECT_THAT((*pages)[1].rows, IsEmpty());
  EXPECT_THAT(Shown((*pages)[2].rows), ElementsAre("a@1"));
  EXPECT_TRUE((*pages)[2].more);
  EXPECT_EQ((*pages)[3], (*pages)[0]);
}

TEST_P(IndexStoreContract, ScansABoundedNumberOfLists) {
  const auto code = [this](size_t lists, int32_t limit) {
    return ask_(
               &Store::ScanMany,
               {.lists = std::vector<IndexList>(lists, kQueue), .limit = limit})
        .status()
        .code();
  };
  EXPECT_EQ(code(store::kListsPerScanMax, 1), absl::StatusCode::kOk);
  EXPECT_EQ(code(store::kListsPerScanMax + 1, 1),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(0, 1), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(1, 0), absl::StatusCode::kInvalidArgument);
}

TEST_P(IndexStoreContract, OrdersRowsBySortThenId) {
  Put(Case(1), {Row("b", "2"), Row("a", "2"), Row("z", "1")});
  Put(Case(2), {Row("c", "3")});
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("z@1", "a@2", "b@2", "c@3"));
  EXPECT_THAT(Shown(Page({.order = ScanOrder::kDescending}).rows),
              ElementsAre("c@3", "b@2", "a@2", "z@1"));
}

TEST_P(IndexStoreContract, OrdersByBytesAndKeepsThem) {
  const std::string zero("\0", 1);
  const std::string high("\xff", 1);
  Put(Case(1), {Row("h", high, high), Row("z", zero, zero), Row("e", "")});
  EXPECT_THAT(IdsOf(kQueue), ElementsAre("e", "z", "h"));
  EXPECT_EQ(Page({}).rows[1].payload, zero);
  EXPECT_EQ(Page({}).rows[2].sort, high);
}

TEST_P(IndexStoreContract, KeepsListsApart) {
  IndexRow other_key = Row("k", "1");
  other_key.list.key = "other";
  IndexRow other_table = Row("t", "1");
  other_table.list.table = 3;
  IndexRow no_key = Row("n", "1");
  no_key.list.key = "";
  Put(Case(1), {Row("a", "1"), other_key, other_table, no_key});
  EXPECT_THAT(IdsOf(kQueue), ElementsAre("a"));
  EXPECT_THAT(IdsOf(other_key.list), ElementsAre("k"));
  EXPECT_THAT(IdsOf(other_table.list), ElementsAre("t"));
  EXPECT_THAT(IdsOf(no_key.list), ElementsAre("n"));
}

TEST_P(IndexStoreContract, GetsOneRow) {
  Put(Case(1), {Row("a", "1", "payload")});
  const auto row = ask_(
      &Store::GetRow, {.stream = Case(1), .row = {.list = kQueue, .id = "a"}});
  ASSERT_TRUE(row.ok() && row->has_value()) << row.status();
  EXPECT_EQ((*row)->payload, "payload");
  EXPECT_EQ((*row)->stream, Case(1));
  EXPECT_FALSE((*row)->deleted);
  const auto foreign = ask_(
      &Store::GetRow, {.stream = Case(2), .row = {.list = kQueue, .id = "a"}});
  ASSERT_TRUE(foreign.ok()) << foreign.status();
  EXPECT_FALSE(foreign->has_value());
}

TEST_P(IndexStoreContract, ReplacesMovesAndDeletesRows) {
  Put(Case(1), {Row("a", "1", "old"), Row("b", "2")});
  Put(Case(1), {Row("a", "1", "new")});
  EXPECT_EQ(Page({}).rows[0].payload, "new");
  Put(Case(1), {Row("a", "3", "moved")});
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("b@2", "a@3"));
  Delete(Case(1), "a");
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("b@2"));
  const auto gone = ask_(
      &Store::GetRow, {.stream = Case(1), .row = {.list = kQueue, .id = "a"}});
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->has_value());
  Put(Case(1), {Row("a", "1", "back")});
  EXPECT_THAT(Shown(Page({}).rows), ElementsAre("a@1", "b@2"));
}

TEST_P(IndexStoreContract, AStreamDeletesOnlyItsOwnRows) {
  Put(Case(1), {Row("a", "1")});
  Delete(Case(2), "a");
  EXPECT_THAT(IdsOf(kQueue), ElementsAre("a"));
}

TEST_P(IndexStoreContract, PagesInBothDirections) {
  Put(Case(1), {Row("a", "1"), Row("b", "1"), Row("c", "2"), Row("d", "2"),
                Row("e", "3")});
  for (const ScanOrder order :
       {ScanOrder::kAscending, ScanOrder::kDescending}) {
    std::string seen;
    store::ScanRequest request{.limit = 2, .order = order};
    bool more = true;
    while (more && seen.size() < 10) {
      const store::IndexPage page = Page(request);
      ASSERT_FALSE(page.rows.empty());
      for (const IndexRow& row : page.rows) {
        seen += row.id;
      }
      request.after = PositionOf(page.rows.back());
      more = page.more;
    }
    EXPECT_EQ(seen, order == ScanOrder::kAscending ? "abcde" : "edcba");
  }
}

TEST_P(IndexStoreContract, StartsInsideAList) {
  Put(Case(1), {Row("a", "1"), Row("b", "2"), Row("c", "3")});
  EXPECT_THAT(Shown(Page({.after = ScanPosition{.sort = "2"}}).rows),
              ElementsAre("b@2", "c@3"));
  EXPECT_THAT(Shown(Page({.after = ScanPosition{.sort = "2"},
                          .order = ScanOrder::kDescending})
                        .rows),
              ElementsAre("a@1"));
}

// The last row of the first page goes, and rows come before and after it.
TEST_P(IndexStoreContract, PagesStayStableWhileRowsComeAndGo) {
  Put(Case(1), {Row("b", "2"), Row("d", "4"), Row("f", "6"), Row("h", "8")});
  const store::IndexPage first = Page({.limit = 2});
  Delete(Case(1), "d");
  Put(Case(2), {Row("a", "1"), Row("e", "5")});
  const store::IndexPage rest = Page({.after = PositionOf(first.rows.back())});
  EXPECT_THAT(Shown(first.rows), ElementsAre("b@2", "d@4"));
  EXPECT_THAT(Shown(rest.rows), ElementsAre("e@5", "f@6", "h@8"));
}

TEST_P(IndexStoreContract, RowsOfTwoStreamsMayShareSortAndId) {
  Put(Case(1), {Row("same", "1")});
  Put(Case(2), {Row("same", "1")});
  const store::IndexPage first = Page({.limit = 1});
  ASSERT_EQ(first.rows.size(), 1u);
  EXPECT_TRUE(first.more);
  const store::IndexPage second =
      Page({.after = PositionOf(first.rows[0]), .limit = 1});
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_FALSE(second.more);
  EXPECT_NE(first.rows[0].stream, second.rows[0].stream);
}

TEST_P(IndexStoreContract, EndsAPageByBytes) {
  const std::string large(store::kIndexPayloadBytesMax, 'p');
  for (uint64_t number = 1; number <= 70; ++number) {
    Put(Case(number), {Row(absl::StrCat(number), "1", large)});
  }
  const store::IndexPage page = Page({});
  EXPECT_LT(page.rows.size(), 70u);
  EXPECT_TRUE(page.more);
}

TEST_P(IndexStoreContract, CountsUpToTheLimit) {
  for (uint64_t number = 1; number <= 3; ++number) {
    std::vector<IndexRow> rows;
    rows.reserve(334);
    for (int i = 0; i < 334; ++i) {
      rows.push_back(Row(absl::StrCat(number, "-", i), "1"));
    }
    Put(Case(number), rows);
  }
  const auto full = ask_(&Store::Count, kQueue);
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(*full, store::kCountMax);
  for (const std::string id : {"1-0", "2-0"}) {
    Delete(Case(id[0] == '1' ? 1 : 2), id);
  }
  const auto fewer = ask_(&Store::Count, kQueue);
  ASSERT_TRUE(fewer.ok()) << fewer.status();
  EXPECT_EQ(*fewer, 1000);
  const auto none = ask_(&Store::Count, {.table = 99});
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_EQ(*none, 0);
}

TEST_P(IndexStoreContract, ShowsWhatChangedAfterAPosition) {
  Put(Case(1), {Row("a", "1"), Row("b", "2")});
  const ChangePosition seen = Now();
  EXPECT_THAT(Changed(seen).rows, IsEmpty());
  Put(Case(2), {Row("c", "3")});
  Put(Case(1), {Row("a", "4")});
  Delete(Case(1), "b");
  const store::ChangedPage page = Changed(seen);
  EXPECT_THAT(Shown(page.rows), ElementsAre("c@3", "a@4", "-b"));
  EXPECT_EQ(page.rows[2].payload, "");
  EXPECT_FALSE(page.more);
  EXPECT_THAT(Changed(page.position).rows, IsEmpty());
}

TEST_P(IndexStoreContract, ShowsEverythingFromTheBeginning) {
  Put(Case(1), {Row("a", "1"), Row("b", "2")});
  Put(Case(1), {Row("a", "1", "again")});
  EXPECT_THAT(Shown(Changed("").rows), ElementsAre("b@2", "a@1"));
}

TEST_P(IndexStoreContract, StampsGrowWithEveryWrite) {
  Put(Case(1), {Row("a", "1"), Row("b", "1")});
  Put(Case(2), {Row("c", "1")});
  int64_t last = 0;
  for (const IndexRow& row : Changed("").rows) {
    EXPECT_GT(row.stamp, last);
    last = row.stamp;
  }
}

// A refused append must not leave a hole that hides a later row.
TEST_P(IndexStoreContract, SkipsNothingAroundARefusedAppend) {
  const ChangePosition seen = Now();
  AppendRequest good = Next(Case(1), {"a"});
  good.put_rows = {Row("a", "1")};
  AppendRequest refused = Next(Case(2), {"b"});
  refused.put_rows = {Row("b", "1")};
  refused.outbox = {{.key = {.sequence = 1}, .destination = "h"}};
  AppendRequest before = Next(Case(2), {"first"});
  before.outbox = refused.outbox;
  ASSERT_TRUE(Append(before).ok());
  refused = Next(Case(2), {"b"});
  refused.put_rows = {Row("b", "1")};
  refused.outbox = before.outbox;
  AppendRequest last = Next(Case(3), {"c"});
  last.put_rows = {Row("c", "1")};
  const auto answers = AppendTogether({good, refused, last});
  EXPECT_EQ(answers[1].status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(Shown(Changed(seen).rows), ElementsAre("a@1", "c@1"));
}

// A watcher that follows pages and keeps its place ends up with exactly the
// rows of the list, whatever was written while it read.
TEST_P(IndexStoreContract, AWatcherSeesEveryRowWhileOthersWrite) {
  std::set<std::string> known;
  ChangePosition position;
  uint64_t number = 0;
  for (int round = 0; round < 20; ++round) {
    ++number;
    Put(Case(number), {Row(absl::StrCat("n", number), "1"),
                       Row(absl::StrCat("m", number), "2")});
    if (round % 3 == 2) {
      Delete(Case(number - 1), absl::StrCat("n", number - 1));
    }
    const store::ChangedPage page = Changed(position, 2);
    for (const IndexRow& row : page.rows) {
      row.deleted ? (void)known.erase(row.id) : (void)known.insert(row.id);
    }
    position = page.position;
  }
  bool more = true;
  while (more) {
    const store::ChangedPage page = Changed(position, 2);
    for (const IndexRow& row : page.rows) {
      row.deleted ? (void)known.erase(row.id) : (void)known.insert(row.id);
    }
    position = page.position;
    more = page.more;
  }
  const std::vector<std::string> ids = IdsOf(kQueue);
  EXPECT_EQ(known, std::set<std::string>(ids.begin(), ids.end()));
}

TEST_P(IndexStoreContract, PurgesOldTombstonesAndRefusesOlderPositions) {
  Put(Case(1), {Row("a", "1"), Row("b", "2"), Row("c", "3")});
  const ChangePosition before = Now();
  Delete(Case(1), "a");
  clock_.AdvanceTo(clock_.Now() + absl::Hours(1));
  Delete(Case(1), "b");
  const ChangePosition after = Now();

  const auto purged = ask_(&Store::PurgeTombstones, {.before = clock_.Now()});
  ASSERT_TRUE(purged.ok()) << purged.status();
  EXPECT_EQ(*purged, 1);
  EXPECT_THAT(Shown(Changed("").rows), ElementsAre("c@3", "-b"));
  EXPECT_THAT(Changed(after).rows, IsEmpty());
  EXPECT_EQ(ask_(&Store::ScanChanged, {.list = kQueue, .after = before})
                .status()
                .code(),
            absl::StatusCode::kOutOfRange);
  const auto none = ask_(&Store::PurgeTombstones, {.before = clock_.Now()});
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_EQ(*none, 0);
}

TEST_P(IndexStoreContract, PurgesAtMostAsManyAsAsked) {
  Put(Case(1), {Row("a", "1"), Row("b", "2"), Row("c", "3")});
  for (const std::string id : {"a", "b", "c"}) {
    Delete(Case(1), id);
  }
  const absl::Time later = clock_.Now() + absl::Hours(1);
  const auto two = ask_(&Store::PurgeTombstones, {.before = later, .limit = 2});
  const auto one = ask_(&Store::PurgeTombstones, {.before = later, .limit = 2});
  ASSERT_TRUE(two.ok() && one.ok());
  EXPECT_EQ(*two, 2);
  EXPECT_EQ(*one, 1);
}

TEST_P(IndexStoreContract, RefusesAPositionItNeverMade) {
  EXPECT_EQ(ask_(&Store::ScanChanged, {.list = kQueue, .after = "foreign"})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace careroute::tests

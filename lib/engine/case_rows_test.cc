// What becomes of the rows of a case when it changes: the difference is
// written, and nothing stale stays.

#include "lib/engine/case_rows.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

using Key = std::pair<store::IndexList, std::string>;
using Content = std::pair<std::string, std::string>;

store::IndexRow Row(int list, int id, const std::string& content) {
  return {.list = {.table = 1, .key = absl::StrCat("list", list)},
          .sort = absl::StrCat("sort ", content),
          .id = absl::StrCat("id", id),
          .payload = content};
}

// Sorted, no two alike: `seed` decides which rows and what they hold.
CaseRows SomeRows(base::Random& random) {
  CaseRows rows;
  for (int list = 0; list < 3; ++list) {
    for (int id = 0; id < 4; ++id) {
      const int pick = static_cast<unsigned char>(random.Bytes(1)[0]) % 4;
      if (pick > 0) rows.push_back(Row(list, id, absl::StrCat(pick)));
    }
  }
  return rows;
}

std::map<Key, Content> Stored(const CaseRows& rows) {
  std::map<Key, Content> stored;
  for (const store::IndexRow& row : rows) {
    stored[{row.list, row.id}] = {row.sort, row.payload};
  }
  return stored;
}

TEST(PutDifference, TurnsAnyRowsIntoAnyOthers) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    base::SeededRandom random(seed);
    const CaseRows before = SomeRows(random);
    const CaseRows after = SomeRows(random);
    store::AppendRequest write;
    PutDifference(before, after, write);
    std::map<Key, Content> stored = Stored(before);
    std::set<Key> touched;
    for (const store::IndexRowId& row : write.delete_rows) {
      EXPECT_EQ(stored.erase({row.list, row.id}), 1U) << "deletes what is not";
      EXPECT_TRUE(touched.insert({row.list, row.id}).second);
    }
    for (const store::IndexRow& row : write.put_rows) {
      const Content content{row.sort, row.payload};
      Content& old = stored[{row.list, row.id}];
      EXPECT_NE(old, content) << "writes what has not changed";
      old = content;
      EXPECT_TRUE(touched.insert({row.list, row.id}).second);
    }
    EXPECT_EQ(stored, Stored(after));
  }
}

TEST(PutDifference, WritesNothingWhenNothingChanged) {
  base::SeededRandom random(7);
  const CaseRows rows = SomeRows(random);
  store::AppendRequest write;
  PutDifference(rows, rows, write);
  EXPECT_TRUE(write.put_rows.empty());
  EXPECT_TRUE(write.delete_rows.empty());
}

TEST(RowsOf, ACaseThatWasNotOpenedHasNone) {
  EXPECT_TRUE(RowsOf({.high = 1, .low = 2}, casework::Case(), "").empty());
}

TEST(ReadReferralRow, TakesNothingItDidNotWrite) {
  const std::string uid = base::Uid{.high = 1, .low = 2}.Hex();
  const auto read = ReadReferralRow({.payload = uid + ":7:1:2"});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->number, 7);
  for (const std::string& payload :
       {std::string(), std::string(":"), uid, uid + ":", uid + ":x",
        "x" + uid + ":7", std::string("zz:7")}) {
    EXPECT_FALSE(ReadReferralRow({.payload = payload}).has_value()) << payload;
  }
}

TEST(ReadTimerRow, TakesNothingItDidNotWrite) {
  const std::string uid = base::Uid{.high = 1, .low = 2}.Hex();
  const auto row = [](const std::string& id) {
    return store::IndexRow{.sort = SortByTime(absl::UnixEpoch()), .id = id};
  };
  EXPECT_TRUE(ReadTimerRow(row(uid + ":1:2:3")).has_value());
  for (const std::string& id :
       {std::string(), uid, uid + ":1:2", uid + ":1:2:3:4", uid + ":x:2:3",
        uid + ":9999:2:3", uid + ":1::3", "x:1:2:3" + uid}) {
    EXPECT_FALSE(ReadTimerRow(row(id)).has_value()) << id;
  }
}

}  // namespace
}  // namespace careroute::engine

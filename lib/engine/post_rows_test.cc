// The rows of a case in the lists of those who hold its posts.

#include "lib/engine/post_rows.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

constexpr base::Uid kCase{.high = 1, .low = 2};
constexpr absl::Time kDue = absl::FromUnixSeconds(1772409600);

casework::Case Open() {
  casework::Case state;
  state.version = 1;
  state.coordinator = "anna";
  state.deputy = "boris";
  state.deadlines.push_back({.number = 1, .due = kDue, .level = 0});
  state.deadlines.push_back(
      {.number = 2, .due = kDue + absl::Hours(1), .level = -1});
  state.hand_overs.push_back(
      {.number = 7, .post = model::v1::POST_COORDINATOR, .to = "boris"});
  return state;
}

std::vector<store::IndexRow> Rows(const casework::Case& state) {
  std::vector<store::IndexRow> rows;
  AddPostRows(kCase, state, rows);
  for (store::IndexRow& row : rows) row.stream.id = kCase;
  return rows;
}

TEST(AddPostRows, GivesEachMemberWhatItHasInHand) {
  const std::vector<store::IndexRow> rows = Rows(Open());
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].list, ListOf(Table::kPosts, "anna"));
  const auto coordinates = ReadPostRow(rows[0]);
  ASSERT_TRUE(coordinates.has_value());
  EXPECT_EQ(coordinates->kind, kCoordinates);
  EXPECT_EQ(coordinates->case_uid, kCase);
  EXPECT_EQ(coordinates->overdue, 1);
  EXPECT_EQ(coordinates->next_due, kDue + absl::Hours(1));
  EXPECT_EQ(rows[1].list, ListOf(Table::kPosts, "boris"));
  EXPECT_EQ(ReadPostRow(rows[1])->kind, kDeputises);
  EXPECT_EQ(rows[2].list, ListOf(Table::kPosts, "boris"));
  EXPECT_EQ(ReadPostRow(rows[2])->kind, kOffered);
  EXPECT_EQ(ReadPostRow(rows[2])->hand_over, 7);
}

TEST(AddPostRows, ACaseThatIsOverIsInNobodysHand) {
  casework::Case over = Open();
  over.ending.emplace();
  EXPECT_TRUE(Rows(over).empty());
  over.occurrences.push_back({.number = 1, .step = "monitoring"});
  EXPECT_EQ(Rows(over).size(), 3U);  // work goes on after the ending
  over.erased = true;
  EXPECT_TRUE(Rows(over).empty());
}

TEST(AddPostRows, WithNoClockRunningNothingIsDue) {
  casework::Case calm = Open();
  calm.deadlines.clear();
  EXPECT_EQ(ReadPostRow(Rows(calm)[0])->next_due, absl::InfiniteFuture());
}

TEST(ReadPostRow, TakesNothingItDidNotWrite) {
  const auto read = [](const std::string& kind, const std::string& payload) {
    return ReadPostRow({.sort = kind, .payload = payload}).has_value();
  };
  EXPECT_TRUE(read(kCoordinates, "0:"));
  EXPECT_FALSE(read(kCoordinates, ""));
  EXPECT_FALSE(read(kCoordinates, "x:"));
  EXPECT_FALSE(read(kCoordinates, "1:x"));
  EXPECT_FALSE(read(kCoordinates, "1:2:3"));
  EXPECT_FALSE(read(kOffered, "x"));
  EXPECT_FALSE(read("other", "1"));
}

}  // namespace
}  // namespace careroute::engine

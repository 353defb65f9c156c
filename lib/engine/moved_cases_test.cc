#include "lib/engine/moved_cases.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/tables.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr base::Uid kCase{.high = 1, .low = 2};

CaseCopy Moved(uint64_t number) {
  return {.case_uid = {.high = 1, .low = number},
          .version = static_cast<int64_t>(number),
          .offered = number % 2 == 0};
}

struct Bench {
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now()}};

  void Write(const CaseCopy& moved) {
    store::AppendRequest request{
        .stream = {.kind = store::StreamKind::kCase, .id = moved.case_uid},
        .recorded_time = clock.Now()};
    request.events.push_back(
        {.bytes = "event",
         .chain_hash = store::ChainHash(
             {.previous = store::ChainStart(), .stored = "event"})});
    request.put_rows.push_back(CaseCopyRow("hub/east", moved));
    store.Append(std::move(request),
                 [](absl::StatusOr<store::AppendResult> result) {
                   ASSERT_TRUE(result.ok()) << result.status();
                 });
    executor.RunReady();
  }

  MovedCasesPage Page(std::optional<base::Uid> after, int32_t limit) {
    MovedCasesPage found;
    StoredMovedCases moved(store);
    moved.Page({.lane = "hub/east", .after = after, .limit = limit},
               [&found](absl::StatusOr<MovedCasesPage> page) {
                 ASSERT_TRUE(page.ok()) << page.status();
                 found = *std::move(page);
               });
    executor.RunReady();
    return found;
  }
};

// The cases that RowsOf lists for the lane of that hub.
std::vector<CaseCopy> ListedFor(const std::string& lane,
                                const casework::Case& state) {
  std::vector<CaseCopy> listed;
  for (const store::IndexRow& row : RowsOf(kCase, state, "west")) {
    if (row.list != ListOf(Table::kMovedCases, lane)) continue;
    const absl::StatusOr<CaseCopy> moved = CaseCopyOf(row);
    EXPECT_TRUE(moved.ok()) << moved.status();
    if (moved.ok()) listed.push_back(*moved);
  }
  return listed;
}

casework::Case At(const std::string& hub, std::vector<std::string> past) {
  casework::Case state;
  state.version = 7;
  state.home.hub = hub;
  state.home.past = std::move(past);
  return state;
}

TEST(StoredMovedCases, PagesThoseOfOneHub) {
  Bench bench;
  for (const uint64_t number : {3U, 1U, 2U, 5U}) bench.Write(Moved(number));
  const MovedCasesPage first = bench.Page(std::nullopt, 2);
  EXPECT_THAT(first.cases, ElementsAre(Moved(1), Moved(2)));
  EXPECT_TRUE(first.more);
  // After one that is not in the list, too.
  const MovedCasesPage next = bench.Page(base::Uid{.high = 1, .low = 4}, 1);
  EXPECT_THAT(next.cases, ElementsAre(Moved(5)));
  EXPECT_FALSE(next.more);
}

TEST(CaseCopyOf, RefusesARowItDidNotWrite) {
  store::IndexRow row = CaseCopyRow("hub/east", Moved(1));
  row.payload = "seven";
  EXPECT_TRUE(absl::IsDataLoss(CaseCopyOf(row).status()));
}

TEST(MovedCases, ACaseThatNeverMovedIsInNoList) {
  EXPECT_THAT(ListedFor("hub/east", At("west", {})), IsEmpty());
}

TEST(MovedCases, ACaseThatLeftOrCameIsListedForTheOtherHub) {
  const CaseCopy listed{.case_uid = kCase, .version = 7};
  EXPECT_THAT(ListedFor("hub/east", At("east", {"west"})), ElementsAre(listed));
  EXPECT_THAT(ListedFor("hub/east", At("west", {"east"})), ElementsAre(listed));
  EXPECT_THAT(ListedFor("hub/west", At("west", {"east", "west"})), IsEmpty());
}

TEST(MovedCases, AHistoryThatCameBeforeItsOfferIsListed) {
  EXPECT_THAT(ListedFor("hub/east", At("east", {})),
              ElementsAre(CaseCopy{.case_uid = kCase, .version = 7}));
}

TEST(MovedCases, AnOfferIsListedForTheHubThatOwesAnAnswer) {
  casework::Case state = At("west", {});
  state.home.frozen = casework::FreezeRecord{.hub = "east", .version = 7};
  EXPECT_THAT(
      ListedFor("hub/east", state),
      ElementsAre(CaseCopy{.case_uid = kCase, .version = 7, .offered = true}));
}

}  // namespace
}  // namespace careroute::engine

#include "lib/engine/exchange_marks.h"

#include <optional>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using testing::ElementsAre;

ExchangeMarks Marks(uint64_t number) {
  return {.referral = {.high = 1, .low = number},
          .own = number % 2 == 0 ? Half::kRequest : Half::kPerformance,
          .sent = static_cast<int32_t>(number),
          .taken = 7};
}

struct Bench {
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now()}};

  void Write(const std::string& lane, const ExchangeMarks& marks) {
    const std::string hash =
        store::ChainHash({.previous = store::ChainStart(), .stored = "event"});
    store::AppendRequest request{
        .stream = {.kind = store::StreamKind::kReferral, .id = marks.referral},
        .recorded_time = clock.Now()};
    request.events.push_back({.bytes = "event", .chain_hash = hash});
    request.put_rows.push_back(MarksRow(lane, marks));
    store.Append(std::move(request),
                 [](absl::StatusOr<store::AppendResult> result) {
                   ASSERT_TRUE(result.ok()) << result.status();
                 });
    executor.RunReady();
  }

  MarksPage Page(std::optional<base::Uid> after, int32_t limit) {
    MarksPage found;
    StoredMarks marks(store);
    marks.Page({.lane = "hub/east", .after = after, .limit = limit},
               [&found](absl::StatusOr<MarksPage> page) {
                 ASSERT_TRUE(page.ok()) << page.status();
                 found = *std::move(page);
               });
    executor.RunReady();
    return found;
  }
};

TEST(StoredMarks, PagesTheReferralsSharedWithOneHub) {
  Bench bench;
  bench.Write("hub/east", Marks(3));
  bench.Write("hub/east", Marks(1));
  bench.Write("hub/west", Marks(2));
  bench.Write("hub/east", Marks(4));
  const MarksPage first = bench.Page(std::nullopt, 2);
  EXPECT_THAT(first.marks, ElementsAre(Marks(1), Marks(3)));
  EXPECT_TRUE(first.more);
  const MarksPage rest = bench.Page(Marks(3).referral, 2);
  EXPECT_THAT(rest.marks, ElementsAre(Marks(4)));
  EXPECT_FALSE(rest.more);
}

// The other hub names how far it went by a referral that is not known here.
TEST(StoredMarks, FillsAPageAlsoAfterAReferralThatIsNotThere) {
  Bench bench;
  for (const uint64_t number : {1u, 3u, 4u, 5u}) {
    bench.Write("hub/east", Marks(number));
  }
  const MarksPage page = bench.Page(Marks(2).referral, 2);
  EXPECT_THAT(page.marks, ElementsAre(Marks(3), Marks(4)));
  EXPECT_TRUE(page.more);
}

TEST(StoredMarks, RefusesARowThatIsNone) {
  store::IndexRow row = MarksRow("hub/east", Marks(1));
  ASSERT_TRUE(MarksOf(row).ok());
  row.id = "no uid";
  EXPECT_EQ(MarksOf(row).status().code(), absl::StatusCode::kDataLoss);
  row = MarksRow("hub/east", Marks(1));
  row.payload = "3 1 1";
  EXPECT_EQ(MarksOf(row).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace careroute::engine

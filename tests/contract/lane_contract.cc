// Lanes of the outbox: each has its own taker, and costs only itself.

#include <string>
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
using store::OutboxRow;
using store::Store;

const char kEast[] = "hub/east";
const char kWest[] = "hub/west";

OutboxRow Owed(const std::string& lane, int64_t sequence, absl::Time due) {
  return {.key = {.sequence = sequence},
          .destination = "somebody",
          .lane = lane,
          .event_version = sequence,
          .due = due};
}

// "case/sequence" of each row, in order.
std::vector<std::string> Shown(const std::vector<OutboxRow>& rows) {
  std::vector<std::string> shown;
  shown.reserve(rows.size());
  for (const OutboxRow& row : rows) {
    shown.push_back(absl::StrCat(row.key.stream.id.low, "/", row.key.sequence));
  }
  return shown;
}

TEST_P(EventStoreContract, TakesOfOneLaneOnly) {
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed("", 1, now), Owed(kEast, 2, now), Owed(kWest, 3, now),
                    Owed(kEast, 4, now - absl::Hours(1))};
  ASSERT_TRUE(Append(request).ok());
  const auto east = ask_(&Store::TakeDue, {.lane = kEast, .now = now});
  ASSERT_TRUE(east.ok()) << east.status();
  EXPECT_THAT(Shown(*east), ElementsAre("1/4", "1/2"));
  EXPECT_EQ((*east)[0].lane, kEast);
  const auto own = ask_(&Store::TakeDue, {.now = now});
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_THAT(Shown(*own), ElementsAre("1/1"));
  // A lane is its whole name, not how it begins.
  const auto none = ask_(&Store::TakeDue, {.lane = "hub/w", .now = now});
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_THAT(*none, IsEmpty());
  const auto west = ask_(&Store::TakeDue, {.lane = kWest, .now = now});
  ASSERT_TRUE(west.ok()) << west.status();
  EXPECT_THAT(Shown(*west), ElementsAre("1/3"));
}

TEST_P(EventStoreContract, ARescheduledRowStaysInItsLane) {
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(kEast, 1, now)};
  ASSERT_TRUE(Append(request).ok());
  const absl::Time later = now + absl::Hours(1);
  ASSERT_TRUE(ask_(&Store::Reschedule,
                   {.key = {.stream = Case(1), .sequence = 1}, .due = later})
                  .ok());
  const auto soon = ask_(&Store::TakeDue, {.lane = kEast, .now = now});
  ASSERT_TRUE(soon.ok()) << soon.status();
  EXPECT_THAT(*soon, IsEmpty());
  const auto taken = ask_(&Store::TakeDue, {.lane = kEast, .now = later});
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_THAT(Shown(*taken), ElementsAre("1/1"));
  ASSERT_TRUE(ask_(&Store::Settle, {{.stream = Case(1), .sequence = 1}}).ok());
  const auto left = ask_(&Store::ListOutbox, {.lane = kEast});
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_THAT(left->rows, IsEmpty());
}

TEST_P(EventStoreContract, TellsTheListenerWhichLanesHoldMore) {
  std::vector<std::vector<std::string>> heard;
  store_->SetCommitListener(
      [&](const store::Commit& commit) { heard.push_back(commit.lanes); });
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(kWest, 1, now), Owed("", 2, now), Owed(kEast, 3, now),
                    Owed(kWest, 4, now)};
  ASSERT_TRUE(Append(request).ok());
  ASSERT_TRUE(Append(Next(Case(2), {"b"})).ok());
  EXPECT_THAT(heard, ElementsAre(ElementsAre("", kEast, kWest), IsEmpty()));
}

TEST_P(EventStoreContract, ListsALaneInTheOrderOfKeys) {
  const absl::Time now = clock_.Now();
  for (const uint64_t number : {2U, 1U}) {
    AppendRequest request = Next(Case(number), {"a"});
    request.outbox = {Owed(kEast, 3, now), Owed(kWest, 2, now),
                      Owed(kEast, 1, now + absl::Hours(1))};
    ASSERT_TRUE(Append(request).ok());
  }
  const auto first = ask_(&Store::ListOutbox, {.lane = kEast, .limit = 3});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(Shown(first->rows), ElementsAre("1/1", "1/3", "2/1"));
  EXPECT_TRUE(first->more);
  const auto rest = ask_(&Store::ListOutbox,
                         {.lane = kEast, .after = first->rows.back().key});
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_THAT(Shown(rest->rows), ElementsAre("2/3"));
  EXPECT_FALSE(rest->more);
  const auto own = ask_(&Store::ListOutbox, {.lane = ""});
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_THAT(own->rows, IsEmpty());
  const auto all = ask_(&Store::ListOutbox, {});
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_THAT(Shown(all->rows),
              ElementsAre("1/1", "1/2", "1/3", "2/1", "2/2", "2/3"));
}

// What was put off for ever is tried again, and keeps what is known of it.
TEST_P(EventStoreContract, MakesALaneDueAPageAtATime) {
  const absl::Time now = clock_.Now();
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(kEast, 1, now - absl::Hours(1)), Owed(kEast, 2, now),
                    Owed(kWest, 3, now + absl::Hours(1)),
                    Owed(kEast, 4, now + absl::Hours(1))};
  ASSERT_TRUE(Append(request).ok());
  ASSERT_TRUE(ask_(&Store::TakeDue,
                   {.lane = kEast, .now = now - absl::Hours(1), .limit = 1})
                  .ok());
  const store::OutboxKey refused{.stream = Case(1), .sequence = 1};
  ASSERT_TRUE(ask_(&Store::Reschedule, {.key = refused,
                                        .due = now + absl::Hours(24 * 3650),
                                        .problem = "refused"})
                  .ok());
  const auto first =
      ask_(&Store::DueNow, {.lane = kEast, .now = now, .limit = 2});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->rows, 1) << "the second is due already";
  ASSERT_TRUE(first->last.has_value());
  EXPECT_EQ(first->last->sequence, 2);
  const auto rest =
      ask_(&Store::DueNow,
           {.lane = kEast, .now = now, .after = first->last, .limit = 2});
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(*rest, (store::DueNowResult{.rows = 1}));

  const auto due = ask_(&Store::TakeDue, {.lane = kEast, .now = now});
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_THAT(Shown(*due), ElementsAre("1/1", "1/2", "1/4"));
  EXPECT_EQ((*due)[0].attempts, 2);
  EXPECT_EQ((*due)[0].problem, "refused");
  const auto west = ask_(&Store::TakeDue, {.lane = kWest, .now = now});
  ASSERT_TRUE(west.ok()) << west.status();
  EXPECT_THAT(*west, IsEmpty());
}

TEST_P(EventStoreContract, ALaneWithoutRowsIsThroughAtOnce) {
  const auto made =
      ask_(&Store::DueNow, {.lane = kEast, .now = clock_.Now(), .limit = 1});
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(*made, store::DueNowResult{});
}

TEST_P(EventStoreContract, RefusesALaneLongerThanADestination) {
  const std::string longer(store::kDestinationBytesMax + 1, 'x');
  AppendRequest request = Next(Case(1), {"a"});
  request.outbox = {Owed(longer, 1, clock_.Now())};
  EXPECT_EQ(Append(request).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ask_(&Store::DueNow, {.lane = longer}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace careroute::tests

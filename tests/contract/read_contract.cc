// Reads: pages, snapshots, the streams there are.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/store/chain.h"
#include "tests/contract/event_store_contract.h"

namespace careroute::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using store::AppendRequest;
using store::LoadRequest;
using store::LoadResult;
using store::Store;
using store::StreamKind;

std::vector<int64_t> VersionsOf(const std::vector<store::StoredEvent>& events) {
  std::vector<int64_t> versions;
  versions.reserve(events.size());
  for (const store::StoredEvent& event : events) {
    versions.push_back(event.version);
  }
  return versions;
}

TEST_P(EventStoreContract, PagesThroughAStream) {
  Append(Case(1), {"a", "b", "c", "d", "e"});
  const auto first = ask_(&Store::ReadEvents, {.stream = Case(1), .limit = 2});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(VersionsOf(first->events), ElementsAre(1, 2));
  EXPECT_TRUE(first->more);
  const auto last = ask_(&Store::ReadEvents,
                         {.stream = Case(1), .after_version = 2, .limit = 3});
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_THAT(VersionsOf(last->events), ElementsAre(3, 4, 5));
  EXPECT_FALSE(last->more);
  const auto beyond =
      ask_(&Store::ReadEvents, {.stream = Case(1), .after_version = 9});
  ASSERT_TRUE(beyond.ok()) << beyond.status();
  EXPECT_THAT(beyond->events, IsEmpty());
}

TEST_P(EventStoreContract, StoredEventsLinkToEachOther) {
  Append(Case(1), {"a", "b"});
  Append(Case(1), {"c"});
  const auto page = ask_(&Store::ReadEvents, {.stream = Case(1)});
  ASSERT_TRUE(page.ok()) << page.status();
  std::string hash = store::ChainStart();
  for (const store::StoredEvent& event : page->events) {
    hash = store::ChainHash({.previous = hash, .stored = event.bytes});
    EXPECT_EQ(event.chain_hash, hash);
  }
  const auto head = ask_(&Store::ReadHead, Case(1));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->hash, hash);
}

TEST_P(EventStoreContract, EndsAPageOfEventsByBytes) {
  const std::string large(store::kEventBytesMax, 'e');
  for (int i = 0; i < 2; ++i) {
    Append(Case(1), {large, large, large});
  }
  const auto page = ask_(&Store::ReadEvents, {.stream = Case(1)});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_LT(page->events.size(), 6u);
  EXPECT_GE(page->events.size(), 1u);
  EXPECT_TRUE(page->more);
}

TEST_P(EventStoreContract, LoadsTheNewestSnapshotAndWhatFollows) {
  AppendRequest first = Next(Case(1), {"a", "b"});
  first.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "ab"};
  ASSERT_TRUE(Append(first).ok());
  Append(Case(1), {"c"});
  AppendRequest second = Next(Case(1), {"d"});
  second.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "abcd"};
  const auto appended = Append(second);
  ASSERT_TRUE(appended.ok()) << appended.status();
  Append(Case(1), {"e"});

  const auto load =
      ask_(&Store::ReadForLoad, {.stream = Case(1), .fold_version = 3});
  ASSERT_TRUE(load.ok()) << load.status();
  EXPECT_EQ(load->head.version, 5);
  ASSERT_TRUE(load->snapshot.has_value());
  EXPECT_EQ(*load->snapshot, (store::Snapshot{.version = 4,
                                              .head_hash = appended->head_hash,
                                              .fold_version = 3,
                                              .bytes = "abcd"}));
  EXPECT_THAT(VersionsOf(load->events), ElementsAre(5));
  EXPECT_FALSE(load->more);
}

TEST_P(EventStoreContract, DropsASnapshotOfAnotherFold) {
  AppendRequest request = Next(Case(1), {"a", "b"});
  request.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "ab"};
  ASSERT_TRUE(Append(request).ok());
  const auto load =
      ask_(&Store::ReadForLoad, {.stream = Case(1), .fold_version = 4});
  ASSERT_TRUE(load.ok()) << load.status();
  EXPECT_FALSE(load->snapshot.has_value());
  EXPECT_THAT(VersionsOf(load->events), ElementsAre(1, 2));
}

TEST_P(EventStoreContract, LoadsOnlyWhatACacheDoesNotHold) {
  AppendRequest request = Next(Case(1), {"a", "b", "c"});
  request.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "abc"};
  ASSERT_TRUE(Append(request).ok());
  const auto load =
      ask_(&Store::ReadForLoad,
           {.stream = Case(1), .known_version = 2, .fold_version = 3});
  ASSERT_TRUE(load.ok()) << load.status();
  EXPECT_FALSE(load->snapshot.has_value());
  EXPECT_THAT(VersionsOf(load->events), ElementsAre(3));
}

TEST_P(EventStoreContract, ASnapshotMayComeWithoutEvents) {
  const auto head = Append(Case(1), {"a"});
  AppendRequest request = Next(Case(1), {});
  request.snapshot = store::NewSnapshot{.fold_version = 1, .bytes = "a"};
  ASSERT_TRUE(Append(request).ok());
  const auto load =
      ask_(&Store::ReadForLoad, {.stream = Case(1), .fold_version = 1});
  ASSERT_TRUE(load.ok()) << load.status();
  ASSERT_TRUE(load->snapshot.has_value());
  EXPECT_EQ(load->snapshot->version, 1);
  EXPECT_EQ(load->snapshot->head_hash, head.head_hash);
}

TEST_P(EventStoreContract, FindsARequestInTheRoundTripOfALoad) {
  const store::RequestKey key{.caller_key = "c", .request_id = "r"};
  AppendRequest request = Next(Case(1), {"a"});
  request.request =
      store::RequestRecord{.key = key, .body_hash = Body(), .answer = "answer"};
  ASSERT_TRUE(Append(request).ok());
  const auto load =
      ask_(&Store::ReadForLoad, {.stream = Case(1), .request = key});
  ASSERT_TRUE(load.ok()) << load.status();
  ASSERT_TRUE(load->request.has_value());
  EXPECT_EQ(load->request->answer, "answer");
}

TEST_P(EventStoreContract, LoadsSeveralStreamsAsEachAlone) {
  AppendRequest request = Next(Case(1), {"a", "b"});
  request.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "ab"};
  ASSERT_TRUE(Append(request).ok());
  Append(Case(1), {"c"});
  Append(Case(2), {"x", "y"});
  const std::vector<LoadRequest> asked = {
      {.stream = Case(2), .known_version = 1, .fold_version = 3},
      {.stream = Case(7), .fold_version = 3},
      {.stream = Case(1), .fold_version = 3},
      {.stream = Case(2), .fold_version = 3}};
  const auto many = ask_(&Store::ReadManyForLoad, asked);
  ASSERT_TRUE(many.ok()) << many.status();
  ASSERT_EQ(many->size(), asked.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    const auto alone = ask_(&Store::ReadForLoad, asked[i]);
    ASSERT_TRUE(alone.ok()) << alone.status();
    EXPECT_EQ((*many)[i], *alone) << i;
  }
}

TEST_P(EventStoreContract, PagesThroughSeveralStreamsAsThroughEachAlone) {
  Append(Case(1), {"a", "b", "c"});
  Append(Case(2), {"x"});
  const std::vector<store::ReadEventsRequest> asked = {
      {.stream = Case(2)},
      {.stream = Case(1), .after_version = 1, .limit = 1},
      {.stream = Case(7)},
      {.stream = Case(1)}};
  const auto many = ask_(&Store::ReadManyEvents, asked);
  ASSERT_TRUE(many.ok()) << many.status();
  ASSERT_EQ(many->size(), asked.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    const auto alone = ask_(&Store::ReadEvents, asked[i]);
    ASSERT_TRUE(alone.ok()) << alone.status();
    EXPECT_EQ((*many)[i], *alone) << i;
  }
}

TEST_P(EventStoreContract, ReadsABoundedNumberOfStreams) {
  const auto pages = [this](size_t streams, int32_t limit) {
    return ask_(&Store::ReadManyEvents,
                std::vector<store::ReadEventsRequest>(
                    streams, {.stream = Case(1), .limit = limit}))
        .status()
        .code();
  };
  const auto loads = [this](size_t streams, int64_t known) {
    return ask_(&Store::ReadManyForLoad,
                std::vector<LoadRequest>(
                    streams, {.stream = Case(1), .known_version = known}))
        .status()
        .code();
  };
  EXPECT_EQ(pages(store::kStreamsPerReadMax, 1), absl::StatusCode::kOk);
  EXPECT_EQ(loads(store::kStreamsPerReadMax, 0), absl::StatusCode::kOk);
  for (const size_t streams : {size_t{0}, store::kStreamsPerReadMax + 1}) {
    EXPECT_EQ(pages(streams, 1), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(loads(streams, 0), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(pages(1, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(loads(1, -1), absl::StatusCode::kInvalidArgument);
}

TEST_P(EventStoreContract, ListsTheStreamsOfOneKind) {
  for (const uint64_t number : {3u, 1u, 2u}) {
    Append(Case(number), {"a"});
    Append(Case(number), {"b"});
  }
  Append(Person(1), {"p"});
  // A key alone makes no stream.
  ASSERT_TRUE(
      ask_(&Store::DestroyKey, {.owner = Case(9), .now = clock_.Now()}).ok());
  const auto first =
      ask_(&Store::ListStreams, {.kind = StreamKind::kCase, .limit = 2});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->streams.size(), 2u);
  EXPECT_EQ(first->streams[0].stream, Case(1));
  EXPECT_EQ(first->streams[0].version, 2);
  EXPECT_TRUE(first->more);
  const auto last =
      ask_(&Store::ListStreams, {.kind = StreamKind::kCase,
                                 .after = first->streams[1].stream.id,
                                 .limit = 2});
  ASSERT_TRUE(last.ok()) << last.status();
  ASSERT_EQ(last->streams.size(), 1u);
  EXPECT_EQ(last->streams[0].stream, Case(3));
  EXPECT_FALSE(last->more);
}

}  // namespace
}  // namespace careroute::tests

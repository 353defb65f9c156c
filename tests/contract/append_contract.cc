// Appends: atomic, linked, numbered, once a request, apart from each other.

#include <algorithm>
#include <optional>
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
using store::AppendResult;
using store::IndexList;
using store::RequestKey;
using store::RequestRecord;
using store::Store;

const RequestKey kRequest{.caller_key = "polyclinic", .request_id = "r-1"};
const IndexList kCases{.table = 1, .key = "org"};

RequestRecord Record(const std::string& answer) {
  return {.key = kRequest, .body_hash = std::string(32, 'b'), .answer = answer};
}

// An append that uses every part of the request.
AppendRequest Everything(AppendRequest request) {
  request.snapshot = store::NewSnapshot{.fold_version = 3, .bytes = "state"};
  request.request = Record("answer");
  request.put_rows = {{.list = kCases, .sort = "s", .id = "row"}};
  request.outbox = {{.key = {.sequence = 1},
                     .destination = "hub",
                     .event_version = 1,
                     .due = request.recorded_time}};
  request.put_key = store::WrappedKey{.wrapping_key = 7, .wrapped = "key"};
  return request;
}

TEST_P(EventStoreContract, AnEmptyStreamHasVersionZeroAndTheChainStart) {
  const auto head = ask_(&Store::ReadHead, Case(1));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->version, 0);
  EXPECT_EQ(head->hash, store::ChainStart());
  EXPECT_THAT(EventsOf(Case(1)), IsEmpty());
}

TEST_P(EventStoreContract, AppendsEventsInOrderWithoutGaps) {
  const AppendResult first = Append(Case(1), {"a", "b"});
  EXPECT_EQ(first.version, 2);
  const AppendResult second = Append(Case(1), {"c"});
  EXPECT_EQ(second.version, 3);
  EXPECT_EQ(second.head_hash,
            store::ChainHash({.previous = first.head_hash, .stored = "c"}));
  EXPECT_FALSE(second.duplicate.has_value());
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a", "b", "c"));
  EXPECT_THAT(EventsOf(Case(2)), IsEmpty());
}

TEST_P(EventStoreContract, KeepsBytesAsTheyAre) {
  const std::string bytes("\0\xff'; DROP TABLE events; --\n", 27);
  Append(Case(1), {bytes});
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre(bytes));
}

TEST_P(EventStoreContract, RefusesAnotherVersionThanExpectedAndSaysWhich) {
  AppendRequest late = Next(Case(1), {"late"});
  Append(Case(1), {"a", "b"});
  const auto result = Append(late);
  EXPECT_EQ(result.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(store::ConflictingVersion(result.status()),
            std::optional<int64_t>(2));
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a", "b"));

  AppendRequest early = Next(Case(1), {"early"});
  early.expected_version = 5;
  EXPECT_EQ(store::ConflictingVersion(Append(early).status()),
            std::optional<int64_t>(2));
}

TEST_P(EventStoreContract, RefusesEventsThatDoNotLinkToTheHead) {
  Append(Case(1), {"a"});
  AppendRequest foreign = Next(Case(1), {"b"});
  foreign.events[0].chain_hash = std::string(32, 'x');
  EXPECT_EQ(Append(foreign).status().code(), absl::StatusCode::kDataLoss);

  AppendRequest broken = Next(Case(1), {"b", "c"});
  broken.events[1].bytes = "changed";
  EXPECT_EQ(Append(broken).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a"));
}

TEST_P(EventStoreContract, RefusesWhatIsOutOfBoundsBeforeItBegins) {
  AppendRequest request = Next(Case(1), {"a"});
  request.events[0].bytes.clear();
  EXPECT_EQ(Append(request).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ask_(&Store::Scan, {.limit = 0}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ask_(&Store::ReadEvents, {.limit = 0}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_P(EventStoreContract, WritesEveryPartOfAnAppend) {
  ASSERT_TRUE(Append(Everything(Next(Case(1), {"a"}))).ok());
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a"));
  EXPECT_THAT(IdsOf(kCases), ElementsAre("row"));
  const auto load =
      ask_(&Store::ReadForLoad,
           {.stream = Case(1), .fold_version = 3, .request = kRequest});
  ASSERT_TRUE(load.ok()) << load.status();
  EXPECT_TRUE(load->snapshot.has_value());
  EXPECT_TRUE(load->request.has_value());
  const auto keys = ask_(&Store::GetKeys, {Case(1)});
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->size(), 1u);
  const auto due = ask_(&Store::TakeDue, {.now = clock_.Now()});
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_EQ(due->size(), 1u);
}

// The claim is checked after most else is written, so whatever a backend
// writes first must be taken back.
TEST_P(EventStoreContract, LeavesNothingOfAnAppendThatFails) {
  AppendRequest request = Everything(Next(Case(1), {"a"}));
  request.confirm_claims = {"held by nobody"};
  EXPECT_EQ(Append(request).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(EventsOf(Case(1)), IsEmpty());
  EXPECT_THAT(IdsOf(kCases), IsEmpty());
  const auto load =
      ask_(&Store::ReadForLoad,
           {.stream = Case(1), .fold_version = 3, .request = kRequest});
  ASSERT_TRUE(load.ok()) << load.status();
  EXPECT_FALSE(load->snapshot.has_value());
  EXPECT_FALSE(load->request.has_value());
  const auto keys = ask_(&Store::GetKeys, {Case(1)});
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_THAT(*keys, IsEmpty());
  const auto due = ask_(&Store::TakeDue, {.now = clock_.Now()});
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_THAT(*due, IsEmpty());
}

TEST_P(EventStoreContract, WritesRowsWithoutEventsAtTheExpectedVersion) {
  Append(Case(1), {"a"});
  AppendRequest rebuild = Next(Case(1), {});
  rebuild.put_rows = {{.list = kCases, .id = "rebuilt"}};
  const auto result = Append(rebuild);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->version, 1);
  EXPECT_THAT(IdsOf(kCases), ElementsAre("rebuilt"));
  rebuild.expected_version = 0;
  EXPECT_EQ(store::ConflictingVersion(Append(rebuild).status()),
            std::optional<int64_t>(1));
}

TEST_P(EventStoreContract, ARequestHasOneEffectAndKeepsItsAnswer) {
  Append(Case(1), {"before"});
  AppendRequest request = Next(Case(1), {"a", "b"});
  request.request = Record("answer");
  ASSERT_TRUE(Append(request).ok());

  // The repeat was decided on an older state, and on a newer one.
  AppendRequest newer = Next(Case(1), {"again"});
  newer.request = Record("another answer");
  for (const AppendRequest& repeat : {request, newer}) {
    const auto result = Append(repeat);
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_TRUE(result->duplicate.has_value());
    EXPECT_EQ(result->version, 3);
    EXPECT_EQ(result->duplicate->answer, "answer");
    EXPECT_EQ(result->duplicate->body_hash, Body());
    EXPECT_EQ(result->duplicate->first_version, 2);
    EXPECT_EQ(result->duplicate->recorded_time, clock_.Now());
  }
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("before", "a", "b"));
}

TEST_P(EventStoreContract, TellsRequestsApartByStreamCallerAndId) {
  AppendRequest request = Next(Case(1), {"a"});
  request.request = Record("answer");
  ASSERT_TRUE(Append(request).ok());
  struct Other {
    store::StreamId stream;
    RequestKey key;
  };
  for (const Other& other :
       {Other{Case(2), kRequest},
        Other{Case(1), {.caller_key = "school", .request_id = "r-1"}},
        Other{Case(1), {.caller_key = "polyclinic", .request_id = "r-2"}}}) {
    const auto found =
        ask_(&Store::FindRequest, {.stream = other.stream, .key = other.key});
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_FALSE(found->has_value());
  }
}

TEST_P(EventStoreContract, PurgesOldAnswersAndKeepsTheRecords) {
  const absl::Time first = clock_.Now();
  for (const uint64_t number : {1u, 2u, 3u}) {
    clock_.AdvanceTo(first + absl::Hours(static_cast<int64_t>(number)));
    AppendRequest request = Next(Case(number), {"a"});
    request.request = Record("answer");
    ASSERT_TRUE(Append(request).ok());
  }
  const absl::Time before = first + absl::Hours(3);
  const auto one = ask_(&Store::PurgeAnswers, {.before = before, .limit = 1});
  const auto rest = ask_(&Store::PurgeAnswers, {.before = before});
  const auto none = ask_(&Store::PurgeAnswers, {.before = before});
  ASSERT_TRUE(one.ok() && rest.ok() && none.ok());
  EXPECT_EQ(*one, 1);
  EXPECT_EQ(*rest, 1);
  EXPECT_EQ(*none, 0);
  for (const uint64_t number : {1u, 2u, 3u}) {
    const auto record =
        ask_(&Store::FindRequest, {.stream = Case(number), .key = kRequest});
    ASSERT_TRUE(record.ok() && record->has_value());
    EXPECT_EQ((*record)->answer.has_value(), number == 3);
    EXPECT_EQ((*record)->first_version, 1);
    EXPECT_EQ((*record)->body_hash, Body());
  }
}

TEST_P(EventStoreContract, AppendsThatWaitTogetherFailApart) {
  Append(Case(2), {"before"});
  AppendRequest conflict = Next(Case(2), {"conflict"});
  conflict.expected_version = 0;
  AppendRequest unlinked = Next(Case(3), {"unlinked"});
  unlinked.events[0].chain_hash = std::string(32, 'x');
  AppendRequest unclaimed = Everything(Next(Case(4), {"unclaimed"}));
  unclaimed.confirm_claims = {"held by nobody"};
  const auto answers = AppendTogether({
      Everything(Next(Case(1), {"first"})),
      conflict,
      unlinked,
      unclaimed,
      Next(Case(5), {"last"}),
  });
  ASSERT_TRUE(answers[0].ok()) << answers[0].status();
  EXPECT_EQ(answers[1].status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(answers[2].status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(answers[3].status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(answers[4].ok()) << answers[4].status();
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("first"));
  EXPECT_THAT(EventsOf(Case(2)), ElementsAre("before"));
  EXPECT_THAT(EventsOf(Case(3)), IsEmpty());
  EXPECT_THAT(EventsOf(Case(4)), IsEmpty());
  EXPECT_THAT(EventsOf(Case(5)), ElementsAre("last"));
  EXPECT_THAT(IdsOf(kCases), ElementsAre("row"));
}

TEST_P(EventStoreContract, OfTwoAppendsAtOneVersionOneWins) {
  const AppendRequest one = Next(Case(1), {"one"});
  const AppendRequest other = Next(Case(1), {"other"});
  const auto answers = AppendTogether({one, other});
  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  EXPECT_EQ(EventsOf(Case(1)).size(), 1u);
}

TEST_P(EventStoreContract, TheSameRequestWaitingTwiceHasOneEffect) {
  AppendRequest request = Next(Case(1), {"a"});
  request.request = Record("answer");
  const auto answers = AppendTogether({request, request});
  ASSERT_TRUE(answers[0].ok() && answers[1].ok());
  EXPECT_EQ(
      answers[0]->duplicate.has_value() + answers[1]->duplicate.has_value(), 1);
  EXPECT_EQ(EventsOf(Case(1)).size(), 1u);
}

TEST_P(EventStoreContract, RefusesMoreWritesThanMayWait) {
  ASSERT_TRUE(Reopen({.executor = executor_, .append_queue_max = 3}).ok());
  std::vector<AppendRequest> requests;
  for (const uint64_t number : {1u, 2u, 3u, 4u, 5u}) {
    requests.push_back(Next(Case(number), {"a"}));
  }
  const auto answers = AppendTogether(requests);
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(),
                          [](const auto& answer) { return answer.ok(); }),
            3);
  EXPECT_EQ(answers[4].status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(EventsOf(Case(5)), IsEmpty());
  EXPECT_TRUE(Append(requests[4]).ok()) << "the queue has room again";
}

// Whether the lost append took effect is the backend's secret; looking it up
// and repeating it must end with one effect either way.
TEST_P(EventStoreContract, AnUnknownOutcomeIsSettledByTheRequestId) {
  AppendRequest request = Next(Case(1), {"a"});
  request.request = Record("answer");
  backend_->LoseNextAnswer(*store_);
  const auto lost = Append(request);
  EXPECT_EQ(lost.status().code(), absl::StatusCode::kUnavailable);
  backend_->Heal();

  const auto found =
      ask_(&Store::FindRequest, {.stream = Case(1), .key = kRequest});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->has_value(), EventsOf(Case(1)).size() == 1);
  const auto repeated = Append(request);
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_EQ(repeated->duplicate.has_value(), found->has_value());
  EXPECT_THAT(EventsOf(Case(1)), ElementsAre("a"));
}

TEST_P(EventStoreContract, TellsTheListenerOfEachCommitBeforeTheAnswer) {
  std::vector<std::string> heard;
  store_->SetCommitListener([&](const store::Commit& commit) {
    heard.push_back("commit of " + commit.head.stream.id.Hex().substr(31) +
                    " at " + std::to_string(commit.head.version) + ", " +
                    std::to_string(commit.changed_lists.size()) + " lists");
  });
  AppendRequest first = Next(Case(1), {"a", "b"});
  first.put_rows = {{.list = kCases, .id = "1"}, {.list = kCases, .id = "2"}};
  first.delete_rows = {{.list = {.table = 9, .key = "x"}, .id = "3"}};
  AppendRequest failing = Next(Case(2), {"c"});
  failing.expected_version = 9;
  AppendRequest last = Next(Case(3), {"d"});
  for (const AppendRequest& request : {first, failing, last}) {
    store_->Append(request, [&](const absl::StatusOr<AppendResult>& result) {
      heard.push_back(result.ok() ? "answer" : "refusal");
    });
  }
  executor_.RunReady();
  // Between an append's commit and its answer others may come.
  std::vector<std::string> commits;
  std::copy_if(heard.begin(), heard.end(), std::back_inserter(commits),
               [](const std::string& text) { return text[0] == 'c'; });
  EXPECT_THAT(commits, ElementsAre("commit of 1 at 2, 2 lists",
                                   "commit of 3 at 1, 0 lists"));
  EXPECT_EQ(std::count(heard.begin(), heard.end(), "answer"), 2);
  const auto at = [&](const std::string& text) {
    return std::find(heard.begin(), heard.end(), text);
  };
  EXPECT_LT(at(commits.front()), at("answer"));
}

TEST_P(EventStoreContract, TheListenerMayCallTheStore) {
  const AppendRequest second = Next(Case(2), {"caused"});
  bool answered = false;
  store_->SetCommitListener([&](const store::Commit& commit) {
    if (commit.head.stream == Case(1)) {
      store_->Append(second, [&](const absl::StatusOr<AppendResult>& result) {
        answered = result.ok();
      });
    }
  });
  Append(Case(1), {"cause"});
  EXPECT_TRUE(answered);
  EXPECT_THAT(EventsOf(Case(2)), ElementsAre("caused"));
}

TEST_P(EventStoreContract, TellsTheListenerNothingOfADuplicate) {
  AppendRequest request = Next(Case(1), {"a"});
  request.request = Record("answer");
  ASSERT_TRUE(Append(request).ok());
  int commits = 0;
  store_->SetCommitListener([&](const store::Commit&) { ++commits; });
  ASSERT_TRUE(Append(request).ok());
  EXPECT_EQ(commits, 0);
}

}  // namespace
}  // namespace careroute::tests

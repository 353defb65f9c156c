#include "lib/engine/unwitnessed.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/checkpoints.h"
#include "lib/engine/verify.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

registry::KeyRing NewRing() {
  base::SeededRandom random(1);
  return registry::KeyRing::Generate(random, absl::UnixEpoch());
}

store::StreamId CaseStream(uint64_t number) {
  return {.kind = store::StreamKind::kCase, .id = {.high = 1, .low = number}};
}

struct Bench {
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now()}};
  registry::KeyRing ring = NewRing();
  registry::Signer signer{ring};

  // A process of its own; what it heard goes with it.
  Checkpoints NewProcess(uint64_t number) {
    return Checkpoints({.store = store,
                        .clock = clock,
                        .signer = signer,
                        .process = {.high = 9, .low = number}});
  }

  // Adds an entry to the stream and answers its head.
  store::StreamHead Append(const store::StreamId& stream) {
    std::optional<store::StreamHead> head;
    store.ReadHead(stream, [&head](absl::StatusOr<store::StreamHead> read) {
      head = *std::move(read);
    });
    executor.RunReady();
    const std::string bytes = absl::StrCat("entry ", head->version + 1);
    const std::string hash =
        store::ChainHash({.previous = head->hash, .stored = bytes});
    store::AppendRequest request{.stream = stream,
                                 .expected_version = head->version,
                                 .recorded_time = clock.Now()};
    request.events.push_back({.bytes = bytes, .chain_hash = hash});
    store.Append(std::move(request),
                 [](absl::StatusOr<store::AppendResult> result) {
                   ASSERT_TRUE(result.ok()) << result.status();
                 });
    executor.RunReady();
    return {.stream = stream, .version = head->version + 1, .hash = hash};
  }

  void Sign(Checkpoints& checkpoints) {
    absl::Status done = absl::UnknownError("not answered");
    checkpoints.Sign([&done](absl::Status status) { done = status; });
    executor.RunReady();
    ASSERT_TRUE(done.ok()) << done;
  }

  std::vector<store::StreamHead> Unwitnessed() {
    std::vector<store::StreamHead> heads;
    std::optional<int64_t> count;
    FindUnwitnessed(
        store, [&](const store::StreamHead& head) { heads.push_back(head); },
        [&](absl::StatusOr<int64_t> found) { count = *found; });
    executor.RunReady();
    EXPECT_EQ(count, static_cast<int64_t>(heads.size()));
    return heads;
  }

  int64_t NotYetWitnessed() {
    Verifier verifier({.store = store, .check = SignedBy(signer)});
    std::optional<Verification> found;
    verifier.VerifyAll([&found](absl::StatusOr<Verification> result) {
      found = *std::move(result);
    });
    executor.RunReady();
    EXPECT_THAT(found->damages, IsEmpty());
    return found->not_yet_witnessed;
  }
};

TEST(FindUnwitnessed, FindsNothingInAnEmptyStore) {
  Bench bench;
  EXPECT_THAT(bench.Unwitnessed(), IsEmpty());
}

TEST(FindUnwitnessed, NamesTheHeadsThatGrewSinceTheLastCheckpoint) {
  Bench bench;
  Checkpoints died = bench.NewProcess(1);
  const store::StreamHead kept = bench.Append(CaseStream(1));
  died.Observe(kept);
  died.Observe(bench.Append(CaseStream(2)));
  bench.Sign(died);
  const store::StreamHead grown = bench.Append(CaseStream(2));
  const store::StreamHead fresh = bench.Append(
      {.kind = store::StreamKind::kAccessLog, .id = {.high = 9, .low = 1}});
  const store::StreamHead peer = bench.Append(
      {.kind = store::StreamKind::kPeer, .id = {.high = 9, .low = 2}});
  EXPECT_THAT(bench.Unwitnessed(), ElementsAre(grown, fresh, peer));
}

TEST(FindUnwitnessed, AsksTheCheckpointsOfEveryProcess) {
  Bench bench;
  Checkpoints first = bench.NewProcess(1);
  Checkpoints second = bench.NewProcess(2);
  second.Observe(bench.Append(CaseStream(1)));
  bench.Sign(second);
  first.Observe(bench.Append(CaseStream(2)));
  bench.Sign(first);
  EXPECT_THAT(bench.Unwitnessed(), IsEmpty());
}

TEST(FindUnwitnessed, LetsTheNextProcessWitnessWhatIsLeft) {
  Bench bench;
  Checkpoints died = bench.NewProcess(1);
  // More streams and more checkpoints than one page holds.
  constexpr uint64_t kMany = 230;
  for (uint64_t i = 0; i < kMany; ++i) {
    died.Observe(bench.Append(CaseStream(i)));
    bench.Sign(died);
  }
  for (uint64_t i = 0; i < kMany; i += 2) bench.Append(CaseStream(i));
  EXPECT_EQ(bench.NotYetWitnessed(), kMany / 2);
  Checkpoints next = bench.NewProcess(2);
  for (const store::StreamHead& head : bench.Unwitnessed()) next.Observe(head);
  bench.Sign(next);
  EXPECT_EQ(bench.NotYetWitnessed(), 0);
  EXPECT_THAT(bench.Unwitnessed(), IsEmpty());
}

TEST(FindUnwitnessed, LeavesACutStreamToTheVerifier) {
  Bench bench;
  Checkpoints died = bench.NewProcess(1);
  died.Observe(bench.Append(CaseStream(1)));
  bench.Sign(died);
  died.Observe({.stream = CaseStream(1), .version = 5, .hash = "cut"});
  bench.Sign(died);
  EXPECT_THAT(bench.Unwitnessed(), IsEmpty());
}

}  // namespace
}  // namespace careroute::engine

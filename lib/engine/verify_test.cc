// Damage done on purpose, and what the checker says of it. A store refuses
// entries that do not link, so each damaged history is a forgery whose hashes
// are right in themselves, in a store that holds the same checkpoints: nothing
// but what was witnessed can tell it from the true one.

#include "lib/engine/verify.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/checkpoints.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr base::Uid kCase{.high = 5, .low = 6};
constexpr base::Uid kProcess{.high = 3, .low = 4};
constexpr store::StreamId kStream{.kind = store::StreamKind::kCase,
                                  .id = kCase};
constexpr store::StreamId kCheckpointStream{
    .kind = store::StreamKind::kCheckpoint, .id = kProcess};

registry::KeyRing NewRing() {
  base::SeededRandom random(1);
  return registry::KeyRing::Generate(random, absl::UnixEpoch());
}

struct Bench {
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now()}};
  registry::KeyRing ring = NewRing();
  registry::Signer signer{ring};
  Verifier verifier{{.store = store, .signer = signer}};
  Checkpoints checkpoints{
      {.store = store, .clock = clock, .signer = signer, .process = kProcess}};

  void Append(const store::StreamId& stream,
              std::vector<store::NewEvent> events, int64_t version = 0) {
    store::AppendRequest request{.stream = stream,
                                 .expected_version = version,
                                 .recorded_time = clock.Now()};
    request.events = std::move(events);
    absl::Status written = absl::UnknownError("not answered");
    store.Append(std::move(request),
                 [&written](absl::StatusOr<store::AppendResult> result) {
                   written = result.status();
                 });
    executor.RunReady();
    ASSERT_TRUE(written.ok()) << written;
  }

  std::vector<store::StoredEvent> Read(const store::StreamId& stream) {
    std::vector<store::StoredEvent> events;
    store.ReadEvents({.stream = stream},
                     [&events](absl::StatusOr<store::EventPage> page) {
                       ASSERT_TRUE(page.ok()) << page.status();
                       events = std::move(page->events);
                     });
    executor.RunReady();
    return events;
  }

  void SignHead() {
    const std::vector<store::StoredEvent> events = Read(kStream);
    checkpoints.Observe({.stream = kStream,
                         .version = events.back().version,
                         .hash = events.back().chain_hash});
    absl::Status done = absl::UnknownError("not answered");
    checkpoints.Sign([&done](absl::Status status) { done = status; });
    executor.RunReady();
    ASSERT_TRUE(done.ok()) << done;
  }

  Verification Verify() {
    std::optional<Verification> found;
    verifier.VerifyAll([&found](absl::StatusOr<Verification> result) {
      ASSERT_TRUE(result.ok()) << result.status();
      found = *std::move(result);
    });
    executor.RunReady();
    EXPECT_TRUE(found.has_value());
    return found.value_or(Verification{});
  }
};

std::vector<store::NewEvent> Chained(const std::vector<std::string>& bytes) {
  std::vector<store::NewEvent> events;
  std::string hash = store::ChainStart();
  for (const std::string& one : bytes) {
    hash = store::ChainHash({.previous = hash, .stored = one});
    events.push_back({.bytes = one, .chain_hash = hash});
  }
  return events;
}

const std::vector<std::string>& History() {
  static const auto* history =
      new std::vector<std::string>{"opened", "assessed", "granted"};
  return *history;
}

// What is said of `stored`, in a hub whose checkpoints witnessed History().
std::vector<std::string> DamagesOf(std::vector<store::NewEvent> stored) {
  Bench sound;
  sound.Append(kStream, Chained(History()));
  sound.SignHead();
  Bench damaged;
  if (!stored.empty()) damaged.Append(kStream, std::move(stored));
  std::vector<store::NewEvent> checkpoints;
  for (const store::StoredEvent& one : sound.Read(kCheckpointStream)) {
    checkpoints.push_back({.bytes = one.bytes, .chain_hash = one.chain_hash});
  }
  damaged.Append(kCheckpointStream, std::move(checkpoints));
  std::vector<std::string> said;
  for (const model::v1::Damage& damage : damaged.Verify().damages) {
    EXPECT_EQ(damage.name(), NameOf(kStream));
    said.push_back(absl::StrCat(damage.version(), " ", damage.message()));
  }
  return said;
}

TEST(Verify, FindsNothingInASoundHistory) {
  EXPECT_THAT(DamagesOf(Chained(History())), IsEmpty());
}

TEST(Verify, FindsAnEntryChanged) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "Assessed", "granted"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsTwoEntriesSwapped) {
  EXPECT_THAT(DamagesOf(Chained({"assessed", "opened", "granted"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsAnEntryRemovedOrCutOff) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "granted"})),
              ElementsAre("3 entries a checkpoint witnessed were cut off"));
  EXPECT_THAT(DamagesOf(Chained({"opened", "assessed"})),
              ElementsAre("3 entries a checkpoint witnessed were cut off"));
}

TEST(Verify, FindsARemovedEntryThatAnotherReplaces) {
  EXPECT_THAT(DamagesOf(Chained({"opened", "granted", "ended"})),
              ElementsAre("3 a checkpoint witnessed another history"));
}

TEST(Verify, FindsAStreamThatIsGone) {
  EXPECT_THAT(DamagesOf({}),
              ElementsAre("0 a checkpoint names it, and it is gone"));
}

// Runs `task` after so many others of the executor.
void RunAfter(base::Executor& executor, int others, base::Task task) {
  executor.Post([&executor, others, task = std::move(task)]() mutable {
    if (others == 0) return task();
    RunAfter(executor, others - 1, std::move(task));
  });
}

// Others write while a hub verifies: whatever the moment between two reads of
// the store, what they add is no damage.
TEST(Verify, TakesEntriesThatComeMeanwhileForNoDamage) {
  // More than a verification of so little has reads.
  constexpr int kMoments = 30;
  for (int moment = 0; moment < kMoments; ++moment) {
    SCOPED_TRACE(moment);
    Bench bench;
    bench.Append(kStream, Chained(History()));
    bench.SignHead();
    RunAfter(bench.executor, moment, [&bench] {
      store::AppendRequest more{.stream = kStream, .expected_version = 3};
      more.recorded_time = bench.clock.Now();
      more.events.push_back(
          Chained({"opened", "assessed", "granted", "reviewed"}).back());
      bench.store.Append(std::move(more),
                         [](absl::StatusOr<store::AppendResult> result) {
                           ASSERT_TRUE(result.ok()) << result.status();
                         });
    });
    const Verification found = bench.Verify();
    EXPECT_THAT(found.damages, IsEmpty());
    EXPECT_LE(found.not_yet_witnessed, 1);
  }
}

TEST(Verify, FindsACheckpointSignedByAnother) {
  Bench bench;
  bench.Append(kStream, Chained(History()));
  bench.SignHead();
  model::v1::SignedCheckpoint forged;
  ASSERT_TRUE(forged.ParseFromString(bench.Read(kCheckpointStream)[0].bytes));
  forged.mutable_signature()->back() ^= 1;
  Bench other;
  other.Append(kStream, Chained(History()));
  other.Append(kCheckpointStream, Chained({forged.SerializeAsString()}));
  const Verification found = other.Verify();
  ASSERT_EQ(found.damages.size(), 1u);
  EXPECT_EQ(found.damages[0].message(),
            "the signature of the checkpoint does not verify");
}

TEST(Verify, NamesWhatIsNewerNotYetWitnessed) {
  Bench bench;
  bench.Append(kStream, Chained(History()));
  EXPECT_EQ(bench.Verify().not_yet_witnessed, 3);
  bench.SignHead();
  EXPECT_EQ(bench.Verify().not_yet_witnessed, 0);
  std::vector<std::string> longer = History();
  longer.push_back("ended");
  bench.Append(kStream, {Chained(longer).back()}, 3);
  const Verification found = bench.Verify();
  EXPECT_EQ(found.not_yet_witnessed, 1);
  EXPECT_THAT(found.damages, IsEmpty());
}

// Kinds that were added after that of the checkpoints are looked at too.
TEST(Verify, LooksAtStreamsOfEveryKind) {
  Bench bench;
  int64_t streams = 0;
  for (int kind = 1; kind <= static_cast<int>(store::kStreamKindLast); ++kind) {
    const auto one = static_cast<store::StreamKind>(kind);
    if (one == store::StreamKind::kCheckpoint) continue;
    bench.Append({.kind = one, .id = kCase}, Chained({"entry"}));
    ++streams;
  }
  EXPECT_EQ(bench.Verify().not_yet_witnessed, streams);
  EXPECT_EQ(NameOf({.kind = store::StreamKind::kPeer, .id = kCase}),
            absl::StrCat("peers/", kCase.Hex()));
}

TEST(Checkpoints, WritesNothingWhenNothingWasObserved) {
  Bench bench;
  absl::Status done = absl::UnknownError("not answered");
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_TRUE(done.ok());
  EXPECT_THAT(bench.Read(kCheckpointStream), IsEmpty());
}

TEST(Checkpoints, KeepsWhatItCouldNotSign) {
  Bench bench;
  bench.Append(kStream, Chained(History()));
  bench.store.FailNextAppend({.status = absl::UnavailableError("disk full")});
  const std::vector<store::StoredEvent> events = bench.Read(kStream);
  bench.checkpoints.Observe(
      {.stream = kStream, .version = 3, .hash = events.back().chain_hash});
  absl::Status done;
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_FALSE(done.ok());
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_TRUE(done.ok()) << done;
  EXPECT_EQ(bench.Verify().not_yet_witnessed, 0);
}

TEST(Checkpoints, FollowsAWriteWhoseOutcomeWasNotKnown) {
  Bench bench;
  bench.Append(kStream, Chained(History()));
  bench.store.FailNextAppend({.status = absl::UnavailableError("cut"),
                              .point = store::FaultPoint::kAfterEffect});
  const std::vector<store::StoredEvent> events = bench.Read(kStream);
  bench.checkpoints.Observe(
      {.stream = kStream, .version = 3, .hash = events.back().chain_hash});
  absl::Status done;
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_FALSE(done.ok());
  bench.SignHead();
  EXPECT_EQ(bench.Read(kCheckpointStream).size(), 2u);
  EXPECT_THAT(bench.Verify().damages, IsEmpty());
}

}  // namespace
}  // namespace careroute::engine

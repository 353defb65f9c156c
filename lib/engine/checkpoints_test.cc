#include "lib/engine/checkpoints.h"

#include <vector>

#include "gmock/gmock.h"
#include "lib/engine/testing/verify_bench.h"

namespace careroute::engine {
namespace {

using testing::IsEmpty;

TEST(Checkpoints, ShowsTheNewestThatIsDurable) {
  VerifyBench bench;
  EXPECT_EQ(bench.checkpoints.Newest(), nullptr);
  bench.Append(kStream, Chained(History()));
  bench.SignHead();
  const auto first = bench.checkpoints.Newest();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->sequence, 1);
  EXPECT_EQ(first->checkpoint.SerializeAsString(),
            bench.Read(kCheckpointStream)[0].bytes);

  bench.store.FailNextAppend({.status = absl::UnavailableError("disk full")});
  bench.checkpoints.Observe({.stream = kStream, .version = 4, .hash = "later"});
  bench.checkpoints.Sign([](const absl::Status&) {});
  bench.executor.RunReady();
  EXPECT_EQ(bench.checkpoints.Newest(), first);
}

// More streams than a checkpoint that is shown may name.
void WriteMany(VerifyBench& bench) {
  for (uint64_t i = 0; i <= kHeadsShownMax; ++i) {
    const store::StreamId stream{.kind = store::StreamKind::kCase,
                                 .id = {.high = 7, .low = i}};
    bench.Append(stream, Chained({"opened"}));
    bench.checkpoints.Observe({.stream = stream,
                               .version = 1,
                               .hash = Chained({"opened"})[0].chain_hash});
  }
}

TEST(Checkpoints, ShowsASmallOneAfterOneOfManyStreams) {
  VerifyBench bench;
  WriteMany(bench);
  bench.checkpoints.Sign([](const absl::Status&) {});
  bench.executor.RunReady();
  const auto newest = bench.checkpoints.Newest();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->sequence, 2);
  EXPECT_LT(newest->checkpoint.ByteSizeLong(), 1024u);
  const Verification found = bench.Verify();
  EXPECT_THAT(found.damages, IsEmpty());
  EXPECT_EQ(found.not_yet_witnessed, 0);
}

TEST(Checkpoints, WritesNothingWhenNothingWasObserved) {
  VerifyBench bench;
  absl::Status done = absl::UnknownError("not answered");
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_TRUE(done.ok());
  EXPECT_THAT(bench.Read(kCheckpointStream), IsEmpty());
}

TEST(Checkpoints, KeepsWhatItCouldNotSign) {
  VerifyBench bench;
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
  VerifyBench bench;
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

// What was written after all is not written again, and still shown.
TEST(Checkpoints, FollowsOneOfManyStreamsWhoseOutcomeWasNotKnown) {
  VerifyBench bench;
  WriteMany(bench);
  bench.store.FailNextAppend({.status = absl::UnavailableError("cut"),
                              .point = store::FaultPoint::kAfterEffect});
  absl::Status done;
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_FALSE(done.ok());
  bench.checkpoints.Sign([&done](absl::Status status) { done = status; });
  bench.executor.RunReady();
  EXPECT_TRUE(done.ok()) << done;
  EXPECT_EQ(bench.Read(kCheckpointStream).size(), 2u);
  const auto newest = bench.checkpoints.Newest();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->sequence, 2);
  EXPECT_LT(newest->checkpoint.ByteSizeLong(), 1024u);
  const Verification found = bench.Verify();
  EXPECT_THAT(found.damages, IsEmpty());
  EXPECT_EQ(found.not_yet_witnessed, 0);
}

}  // namespace
}  // namespace careroute::engine

// lib/engine/testing/verify_bench.h: a store whose history a test can forge.
//
// Streams of bytes with right hashes, checkpoints over them, and a verifier. A
// store refuses entries that do not link, so a forgery is another store, with
// as much copied from the true one as the forger would leave.
//
//   VerifyBench sound;
//   sound.Append(kStream, Chained(History()));
//   sound.SignHead();
//   VerifyBench cut;
//   cut.CopyFrom(sound, kStream, 2);

#ifndef CAREROUTE_LIB_ENGINE_TESTING_VERIFY_BENCH_H_
#define CAREROUTE_LIB_ENGINE_TESTING_VERIFY_BENCH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/random.h"
#include "lib/engine/checkpoints.h"
#include "lib/engine/verify.h"
#include "lib/store/chain.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine {

inline constexpr base::Uid kCase{.high = 5, .low = 6};
inline constexpr base::Uid kProcess{.high = 3, .low = 4};
inline constexpr store::StreamId kStream{.kind = store::StreamKind::kCase,
                                         .id = kCase};
inline constexpr store::StreamId kCheckpointStream{
    .kind = store::StreamKind::kCheckpoint, .id = kProcess};

inline registry::KeyRing NewRing() {
  base::SeededRandom random(1);
  return registry::KeyRing::Generate(random, absl::UnixEpoch());
}

struct VerifyBench {
  explicit VerifyBench(int64_t store_epoch = 1) : epoch(store_epoch) {}

  int64_t epoch;
  base::VirtualClock clock{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor{clock};
  store::MemoryStore store{{.executor = executor,
                            .uid = {.high = 1, .low = 1},
                            .created = clock.Now(),
                            .epoch = epoch}};
  registry::KeyRing ring = NewRing();
  registry::Signer signer{ring};
  Verifier verifier{{.store = store, .check = SignedBy(signer)}};
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

  void SignHead(const store::StreamId& stream = kStream) {
    const std::vector<store::StoredEvent> events = Read(stream);
    checkpoints.Observe({.stream = stream,
                         .version = events.back().version,
                         .hash = events.back().chain_hash});
    absl::Status done = absl::UnknownError("not answered");
    checkpoints.Sign([&done](absl::Status status) { done = status; });
    executor.RunReady();
    ASSERT_TRUE(done.ok()) << done;
  }

  Verification Verify() { return VerifyWith(verifier); }

  Verification VerifyWith(Verifier& one) {
    std::optional<Verification> found;
    one.VerifyAll([&found](absl::StatusOr<Verification> result) {
      ASSERT_TRUE(result.ok()) << result.status();
      found = *std::move(result);
    });
    executor.RunReady();
    EXPECT_TRUE(found.has_value());
    return found.value_or(Verification{});
  }

  // Against checkpoints held elsewhere.
  Verification VerifyAgainst(
      std::vector<model::v1::SignedCheckpoint> witnesses) {
    Verifier one({.store = store,
                  .check = SignedBy(signer),
                  .witnesses = std::move(witnesses)});
    return VerifyWith(one);
  }

  [[nodiscard]] model::v1::SignedCheckpoint Newest() const {
    return checkpoints.Newest()->checkpoint;
  }

  // What `other` holds of the stream, but for the end.
  void CopyFrom(VerifyBench& other, const store::StreamId& stream,
                size_t entries) {
    std::vector<store::NewEvent> copied;
    for (const store::StoredEvent& one : other.Read(stream)) {
      if (copied.size() == entries) break;
      copied.push_back({.bytes = one.bytes, .chain_hash = one.chain_hash});
    }
    if (!copied.empty()) Append(stream, std::move(copied));
  }
};

inline std::vector<store::NewEvent> Chained(
    const std::vector<std::string>& bytes) {
  std::vector<store::NewEvent> events;
  std::string hash = store::ChainStart();
  for (const std::string& one : bytes) {
    hash = store::ChainHash({.previous = hash, .stored = one});
    events.push_back({.bytes = one, .chain_hash = hash});
  }
  return events;
}

inline const std::vector<std::string>& History() {
  static const auto* history =
      new std::vector<std::string>{"opened", "assessed", "granted"};
  return *history;
}

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_TESTING_VERIFY_BENCH_H_

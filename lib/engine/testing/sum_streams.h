// lib/engine/testing/sum_streams.h: streams that only count, and an engine for
// them.

#ifndef CAREROUTE_LIB_ENGINE_TESTING_SUM_STREAMS_H_
#define CAREROUTE_LIB_ENGINE_TESTING_SUM_STREAMS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/base/hash.h"
#include "lib/engine/stream_engine.h"
#include "lib/store/memory/memory_store.h"

namespace careroute::engine::testing {

// A stream of numbers; its state is their sum.
struct SumTraits {
  struct State {
    int64_t sum = 0;
  };
  static constexpr store::StreamKind kKind = store::StreamKind::kCase;
  static constexpr int32_t kFoldVersion = 1;
  static constexpr int64_t kSnapshotEvery = 3;
  static constexpr absl::string_view kName = "sums";

  static absl::Status Fold(const std::string& stored, State& state) {
    int64_t number = 0;
    if (!absl::SimpleAtoi(stored, &number)) {
      return absl::DataLossError("no number");
    }
    state.sum += number;
    return absl::OkStatus();
  }
  static absl::Status Restore(const std::string& snapshot, State& state) {
    return Fold(snapshot, state);
  }
  static std::string Snapshot(const State& state) {
    return absl::StrCat(state.sum);
  }
};

using SumEngine = StreamEngine<SumTraits>;
using Sum = SumTraits::State;

inline constexpr base::Uid kStream{.high = 7, .low = 7};
inline constexpr base::Uid kNever{.high = 6, .low = 6};  // nothing is there

inline RequestInfo Info(const std::string& id, const std::string& body) {
  RequestInfo info{.request_id = id, .body_hash = base::Sha256(body)};
  info.actor.set_member("organisations/clinic/members/anna");
  return info;
}

inline Plan<Sum> Adding(const Loaded<Sum>& before, int64_t number) {
  Plan<Sum> plan;
  plan.events.push_back(absl::StrCat(number));
  auto after = std::make_shared<Sum>(*before.state);
  after->sum += number;
  plan.answer = absl::StrCat("sum ", after->sum);
  plan.after = std::move(after);
  return plan;
}

class StreamEngineTest : public ::testing::Test {
 protected:
  explicit StreamEngineTest(bool exclusive = true) : exclusive_(exclusive) {}

  // Adds `number`, counting how often it was decided.
  DecideOn<Sum> Add(int64_t number) {
    return
        [this, number](const Loaded<Sum>& before, base::Done<Plan<Sum>> done) {
          ++decided_;
          std::move(done)(Adding(before, number));
        };
  }

  Reply Run(SumEngine& engine, RequestInfo info, int64_t number) {
    const absl::StatusOr<Reply> reply =
        Try(engine, std::move(info), Add(number));
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *reply : Reply{};
  }

  absl::StatusOr<Reply> Try(SumEngine& engine, RequestInfo info,
                            DecideOn<Sum> decide) {
    std::optional<absl::StatusOr<Reply>> answer;
    engine.Execute(kStream, std::move(info), std::move(decide),
                   [&answer](absl::StatusOr<Reply> reply) {
                     EXPECT_FALSE(answer.has_value()) << "answered twice";
                     answer = std::move(reply);
                   });
    executor_.RunReady();
    if (!answer.has_value()) return absl::InternalError("never answered");
    return *std::move(answer);
  }

  Loaded<Sum> LoadFrom(SumEngine& engine) {
    Loaded<Sum> loaded;
    engine.Load(kStream, [&loaded](absl::StatusOr<Loaded<Sum>> found) {
      ASSERT_TRUE(found.ok()) << found.status();
      loaded = *std::move(found);
    });
    executor_.RunReady();
    return loaded;
  }

  absl::StatusOr<std::vector<Loaded<Sum>>> LoadManyFrom(
      SumEngine& engine, const std::vector<base::Uid>& ids) {
    absl::StatusOr<std::vector<Loaded<Sum>>> loaded =
        absl::InternalError("never answered");
    engine.LoadMany(ids, [&loaded](auto found) { loaded = std::move(found); });
    executor_.RunReady();
    return loaded;
  }

  // Writes past the engine, as another process would.
  void AppendPast(int64_t version, const std::string& bytes) {
    store::AppendRequest request{
        .stream = {.kind = SumTraits::kKind, .id = kStream},
        .expected_version = version,
        .recorded_time = clock_.Now()};
    request.events.push_back(
        {.bytes = bytes,
         .chain_hash = store::ChainHash(
             {.previous = LoadFrom(other_).head_hash, .stored = bytes})});
    absl::Status written = absl::UnknownError("not answered");
    store_.Append(std::move(request),
                  [&written](absl::StatusOr<store::AppendResult> result) {
                    written = result.status();
                  });
    executor_.RunReady();
    ASSERT_TRUE(written.ok()) << written;
    other_.ForgetCached();
  }

  const bool exclusive_;
  base::VirtualClock clock_{absl::FromUnixSeconds(1745000000)};
  base::ManualExecutor executor_{clock_};
  store::MemoryStore store_{{.executor = executor_,
                             .uid = {.high = 1, .low = 1},
                             .created = clock_.Now(),
                             .exclusive = exclusive_}};
  SumEngine engine_{{.store = store_, .clock = clock_, .executor = executor_}};
  // A second engine over the same store: it reads what is stored.
  SumEngine other_{{.store = store_, .clock = clock_, .executor = executor_}};
  int decided_ = 0;
};

}  // namespace careroute::engine::testing

#endif  // CAREROUTE_LIB_ENGINE_TESTING_SUM_STREAMS_H_

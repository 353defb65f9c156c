// A case that is not in the cache, read from SQLite: from its newest snapshot
// and what came after, and beside it from its whole history, as after a change
// of fold.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/casework/fold.h"
#include "lib/engine/case_traits.h"
#include "lib/engine/stream_engine.h"
#include "lib/store/chain.h"
#include "lib/store/scratch_directory.h"
#include "lib/store/sqlite/sqlite_store.h"
#include "tests/bench/case_world.h"

namespace careroute::bench {
namespace {

using benchmark::State;
using casework::Case;
using engine::CaseTraits;
using engine::Loaded;
using engine::StreamEngine;

constexpr store::StreamId kStream = {.kind = store::StreamKind::kCase,
                                     .id = {.high = 1, .low = 2}};

// Finds no snapshot of its own fold.
struct WholeHistory : CaseTraits {
  static constexpr int32_t kFoldVersion = CaseTraits::kFoldVersion + 1;
};

// A store with one case, and the thread that serves it.
class StoredCase {
 public:
  explicit StoredCase(size_t events) {
    auto opened = store::OpenSqliteStore({.executor = executor_,
                                          .path = scratch_.File("case.db"),
                                          .new_uid = {.high = 3, .low = 3},
                                          .now = clock_.Now()});
    CAREROUTE_CHECK(opened.ok());
    store_ = *std::move(opened);
    Write(CaseWorld::Get().LongStream(events));
  }

  // Loads it with an empty cache; the version it came to.
  template <typename Traits>
  int64_t Load(StreamEngine<Traits>& streams) {
    streams.ForgetCached();
    return Ask<Loaded<Case>>([&](base::Done<Loaded<Case>> done) {
             streams.Load(kStream.id, std::move(done));
           })
        .version;
  }

  // How many rows a load reads: a snapshot and events, over all pages.
  int64_t RowsOfLoad(int32_t fold_version) {
    const auto first = Ask<store::LoadResult>([&](auto done) {
      store_->ReadForLoad({.stream = kStream, .fold_version = fold_version},
                          std::move(done));
    });
    int64_t rows = static_cast<int64_t>(first.events.size()) +
                   (first.snapshot.has_value() ? 1 : 0);
    bool more = first.more;
    while (more) {
      const auto page = Ask<store::EventPage>([&](auto done) {
        store_->ReadEvents({.stream = kStream,
                            .after_version = rows,
                            .limit = store::kPageRowsMax},
                           std::move(done));
      });
      rows += static_cast<int64_t>(page.events.size());
      more = page.more;
    }
    return rows;
  }

  template <typename Traits>
  [[nodiscard]] typename StreamEngine<Traits>::Options Options() {
    return {.store = *store_, .clock = clock_, .executor = executor_};
  }

 private:
  template <typename T, typename Start>
  T Ask(Start start) {
    std::optional<absl::StatusOr<T>> answer;
    start(base::Done<T>(
        [&answer](absl::StatusOr<T> got) { answer = std::move(got); }));
    executor_.RunReady();
    CAREROUTE_CHECK(answer.has_value() && answer->ok());
    return **std::move(answer);
  }

  // In appends of as many events as lie between two snapshots.
  void Write(const std::vector<std::string>& stream) {
    Case state;
    std::string head = store::ChainStart();
    store::AppendRequest request{.stream = kStream,
                                 .recorded_time = clock_.Now()};
    for (const std::string& bytes : stream) {
      CAREROUTE_CHECK(CaseTraits::Fold(bytes, state).ok());
      head = store::ChainHash({.previous = head, .stored = bytes});
      request.events.push_back({.bytes = bytes, .chain_hash = head});
      if (state.version % CaseTraits::kSnapshotEvery == 0) {
        request.snapshot =
            store::NewSnapshot{.fold_version = CaseTraits::kFoldVersion,
                               .bytes = CaseTraits::Snapshot(state)};
        Append(request);
        request.expected_version = state.version;
        request.events.clear();
        request.snapshot.reset();
      }
    }
    if (!request.events.empty()) {
      Append(request);
    }
  }

  void Append(const store::AppendRequest& request) {
    Ask<store::AppendResult>(
        [&](auto done) { store_->Append(request, std::move(done)); });
  }

  store::ScratchDirectory scratch_;
  base::VirtualClock clock_{absl::FromUnixSeconds(1'772'409'600)};
  base::ManualExecutor executor_{clock_};
  std::unique_ptr<store::Store> store_;
};

template <typename Traits>
void Load(State& run) {
  StoredCase stored(static_cast<size_t>(run.range(0)));
  StreamEngine<Traits> streams(stored.Options<Traits>());
  CAREROUTE_CHECK(stored.Load(streams) == run.range(0));
  for (auto _ : run) {
    benchmark::DoNotOptimize(stored.Load(streams));
  }
  run.SetItemsProcessed(run.iterations());
  run.counters["rows"] =
      static_cast<double>(stored.RowsOfLoad(Traits::kFoldVersion));
}

// 50 events past the newest snapshot, half of what there can be.
BENCHMARK(Load<CaseTraits>)
    ->Name("load/snapshot")
    ->Arg(50)
    ->Arg(5050)
    ->Arg(50050)
    ->UseRealTime();
BENCHMARK(Load<WholeHistory>)
    ->Name("load/whole")
    ->Arg(50)
    ->Arg(5050)
    ->Arg(50050)
    ->UseRealTime();

}  // namespace
}  // namespace careroute::bench

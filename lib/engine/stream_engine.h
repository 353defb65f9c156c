// lib/engine/stream_engine.h: load, decide, append; once for every kind of
// stream.
//
// A stream has at most one command between decide and durable; the rest wait
// in its bounded queue. No lock is held over I/O, and nothing is decided on
// state that is not durable. On a conflict the state is loaded and the command
// decided again; an unknown commit outcome is looked up by request id before
// anybody is answered. A command that nobody awaits any more when its turn
// comes is not decided.
//
// A command is first decided on the cached state, without a look at the store:
// the append says whether that was the newest, at once and for certain. What is
// answered without an append, a refusal above all, is decided again on what is
// stored when other processes may have written. Who only reads is always shown
// what is stored.
//
// Traits say what a stream means:
//   using State;                        // default-constructed = empty stream
//   static constexpr store::StreamKind kKind;
//   static constexpr int32_t kFoldVersion;
//   static absl::Status Fold(const std::string& stored, State& state);
//   static absl::Status Restore(const std::string& snapshot, State& state);
//   static std::string Snapshot(const State& state);
//   static constexpr int64_t kSnapshotEvery;  // events between snapshots
//   static constexpr absl::string_view kName; // "cases", for messages

#ifndef CAREROUTE_LIB_ENGINE_STREAM_ENGINE_H_
#define CAREROUTE_LIB_ENGINE_STREAM_ENGINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/internal/stream_loader.h"
#include "lib/engine/internal/stream_queue.h"
#include "lib/engine/plan.h"
#include "lib/engine/request.h"
#include "lib/engine/tables.h"
#include "lib/store/chain.h"
#include "lib/store/store.h"

namespace careroute::engine {

// A command that loses this many races in a row is told ABORTED: somebody is
// writing faster than it can decide.
inline constexpr int kConflictsMax = 5;

template <typename Traits>
class StreamEngine {
 public:
  using State = typename Traits::State;
  using LoadedState = Loaded<State>;

  struct Options {
    store::Store& store;
    const base::Clock& clock;
    base::Executor& executor;
    // States kept in memory.
    size_t cached_max = 10000;
  };

  explicit StreamEngine(const Options& options)
      : store_(options.store),
        clock_(options.clock),
        queue_(options.executor),
        loader_(options.store, options.cached_max) {}

  // The newest durable state; version 0 and an empty state for a stream that
  // does not exist. DATA_LOSS when the stored bytes do not fold.
  void Load(base::Uid id, base::Done<LoadedState> done) {
    loader_.Load(id, Source::kStore, std::nullopt,
                 [done = std::move(done)](absl::StatusOr<Found> found) mutable {
                   if (!found.ok()) {
                     std::move(done)(found.status());
                     return;
                   }
                   std::move(done)(std::move(found->loaded));
                 });
  }

  // The same of several streams, each named once, at most kStreamsPerReadMax:
  // those that are not in memory are read by one call.
  void LoadMany(const std::vector<base::Uid>& ids,
                base::Done<std::vector<LoadedState>> done) {
    loader_.LoadMany(ids, std::move(done));
  }

  // Runs one command. RESOURCE_EXHAUSTED when too many wait on the stream;
  // what `info.awaited` says when nobody waits for the answer any more.
  // NOLINTNEXTLINE(performance-unnecessary-value-param): moved from below
  void Execute(base::Uid id, RequestInfo info, DecideOn<State> decide,
               base::Done<Reply> done) {
    auto run = std::make_shared<Run>();
    run->id = id;
    run->info = std::move(info);
    run->decide = std::move(decide);
    run->done = std::move(done);
    const bool queued = queue_.Enter(id, [this, run] { Attempt(run); });
    if (!queued) {
      std::move(run->done)(absl::ResourceExhaustedError(
          absl::StrCat("too many requests wait on one of ", Traits::kName,
                       "; try again later")));
    }
  }

  // Whoever hears of a commit may look at once, before its writer has been
  // answered and cached what it made: they are shown nothing older.
  void ShowNothingOlder(const store::StreamHead& head) {
    loader_.cache().EraseOlder(head.stream.id, head.version);
  }

  // Drops every cached state, as after an administrator's repair.
  void ForgetCached() { loader_.cache().Clear(); }

 private:
  struct Run {
    base::Uid id;
    RequestInfo info;
    DecideOn<State> decide;
    base::Done<Reply> done;
    int conflicts = 0;
    bool newest = true;  // what it is decided on: see Loader::Found
    // The cache has been tried: from now on the store is asked.
    bool asks_store = false;
  };
  using RunPtr = std::shared_ptr<Run>;
  using Loader = internal::StreamLoader<Traits>;
  using Found = typename Loader::Found;
  using Source = typename Loader::Source;

  [[nodiscard]] static std::optional<store::RequestKey> KeyOf(
      const RequestInfo& info) {
    if (info.request_id.empty()) return std::nullopt;
    return store::RequestKey{
        .caller_key = internal::CallerKey(info.actor.member()),
        .request_id = info.request_id};
  }

  void Finish(const RunPtr& run, absl::StatusOr<Reply> reply) {
    queue_.Leave(run->id);
    std::move(run->done)(std::move(reply));
  }

  // The first time, and again after each conflict: nothing was written then.
  void Attempt(const RunPtr& run) {
    if (run->info.awaited != nullptr) {
      absl::Status awaited = run->info.awaited();
      if (!awaited.ok()) return Finish(run, std::move(awaited));
    }
    loader_.Load(run->id, run->asks_store ? Source::kStore : Source::kCache,
                 KeyOf(run->info), [this, run](absl::StatusOr<Found> found) {
                   if (!found.ok()) return Finish(run, found.status());
                   run->newest = found->newest;
                   if (found->request.has_value()) {
                     return Finish(run, Replay(*run, *found->request));
                   }
                   if (!EtagFits(*run, found->loaded)) {
                     return Settle(run, found->looked_up,
                                   internal::EtagMismatch());
                   }
                   Decide(run, *std::move(found));
                 });
  }

  // Once more, on what is stored.
  void AskStore(const RunPtr& run) {
    run->asks_store = true;
    Attempt(run);
  }

  // Answers without a write: a refusal, or that nothing changes. Either may
  // only mean that the request had its effect already, or that others wrote.
  void Settle(const RunPtr& run, bool looked_up, Reply reply) {
    if (!run->newest) return AskStore(run);
    const auto key = KeyOf(run->info);
    if (looked_up || !key.has_value()) return Finish(run, std::move(reply));
    store_.FindRequest(
        {.stream = Loader::StreamOf(run->id), .key = *key},
        [this, run, reply = std::move(reply)](
            absl::StatusOr<std::optional<store::RequestRecord>> record) {
          if (!record.ok()) return Finish(run, record.status());
          if (record->has_value()) return Finish(run, Replay(*run, **record));
          Finish(run, reply);
        });
  }

  [[nodiscard]] static bool EtagFits(const Run& run,
                                     const LoadedState& loaded) {
    return run.info.etag.empty() ||
           run.info.etag == absl::StrCat(loaded.version);
  }

  void Decide(const RunPtr& run, Found found) {
    const bool looked_up = found.looked_up;
    auto shared = std::make_shared<const LoadedState>(std::move(found.loaded));
    run->decide(*shared, [this, run, shared,
                          looked_up](absl::StatusOr<Plan<State>> plan) {
      if (!plan.ok()) {
        if (!run->newest) return AskStore(run);
        if (looked_up) return Finish(run, plan.status());
        return LookUp(run, plan.status());
      }
      if (plan->refusal.has_value()) {
        return Settle(
            run, looked_up,
            Reply{.refusal = plan->refusal, .version = shared->version});
      }
      if (run->info.validate_only || IsEmpty(*plan)) {
        return Settle(
            run, looked_up,
            Reply{.answer = plan->answer, .version = shared->version});
      }
      // A store may name an erasure before it knows whether it can be.
      if (!run->newest && plan->write.destroy_key) return AskStore(run);
      Write(run, *shared, *std::move(plan));
    });
  }

  // A plan that changes nothing is answered without a write.
  [[nodiscard]] static bool IsEmpty(const Plan<State>& plan) {
    return plan.events.empty() && plan.write.put_rows.empty() &&
           plan.write.delete_rows.empty() && !plan.write.destroy_key;
  }

  void Write(const RunPtr& run, const LoadedState& before, Plan<State> plan) {
    store::AppendRequest request = std::move(plan.write);
    request.stream = Loader::StreamOf(run->id);
    request.expected_version = before.version;
    request.recorded_time = clock_.Now();
    for (store::IndexRow& row : request.put_rows) {
      row.followed = IsFollowed(row.list);
    }
    LoadedState after{.state = plan.after,
                      .version = before.version,
                      .head_hash = before.head_hash,
                      .snapshot_version = before.snapshot_version};
    for (std::string& bytes : plan.events) {
      after.head_hash =
          store::ChainHash({.previous = after.head_hash, .stored = bytes});
      ++after.version;
      request.events.push_back(
          {.bytes = std::move(bytes), .chain_hash = after.head_hash});
    }
    if (after.version - after.snapshot_version >= Traits::kSnapshotEvery) {
      request.snapshot =
          store::NewSnapshot{.fold_version = Traits::kFoldVersion,
                             .bytes = Traits::Snapshot(*after.state)};
      after.snapshot_version = after.version;
    }
    if (const auto key = KeyOf(run->info)) {
      request.request = store::RequestRecord{
          .key = *key,
          .body_hash = run->info.body_hash,
          .answer = std::move(plan.stored_answer).value_or(plan.answer)};
    }
    Reply reply{.answer = std::move(plan.answer), .version = after.version};
    store_.Append(
        std::move(request),
        [this, run, after = std::move(after), reply = std::move(reply)](
            absl::StatusOr<store::AppendResult> result) mutable {
          Written(run, std::move(after), std::move(reply), std::move(result));
        });
  }

  void Written(const RunPtr& run, LoadedState after, Reply reply,
               absl::StatusOr<store::AppendResult> result) {
    if (result.ok() && !result->duplicate.has_value()) {
      loader_.cache().Put(run->id, std::move(after));
      return Finish(run, std::move(reply));
    }
    // Whatever went wrong, the cached state may no longer be the newest.
    loader_.cache().Erase(run->id);
    if (result.ok()) return Finish(run, Replay(*run, *result->duplicate));
    if (store::ConflictingVersion(result.status()).has_value()) {
      // No race was lost: others had written before this began.
      if (!run->newest) return AskStore(run);
      if (++run->conflicts <= kConflictsMax && run->info.etag.empty()) {
        return AskStore(run);
      }
      return Finish(run, internal::TooManyConflicts());
    }
    if (absl::IsUnavailable(result.status())) {
      return LookUp(run, result.status());
    }
    Finish(run, result.status());
  }

  // After a failure, such as a commit of unknown outcome: what does the store
  // know of the request?
  void LookUp(const RunPtr& run, absl::Status unknown) {
    const auto key = KeyOf(run->info);
    if (!key.has_value()) return Finish(run, std::move(unknown));
    store_.FindRequest(
        {.stream = Loader::StreamOf(run->id), .key = *key},
        [this, run, unknown = std::move(unknown)](
            absl::StatusOr<std::optional<store::RequestRecord>> record) {
          if (record.ok() && record->has_value()) {
            return Finish(run, Replay(*run, **record));
          }
          Finish(run, record.ok() ? unknown : record.status());
        });
  }

  [[nodiscard]] absl::StatusOr<Reply> Replay(
      const Run& run, const store::RequestRecord& record) const {
    if (record.body_hash != run.info.body_hash) {
      return Reply{.refusal = internal::RequestIdReused()};
    }
    if (!record.answer.has_value()) {
      return Reply{.refusal = internal::RequestIdOld(
                       absl::StrCat(Traits::kName, "/", run.id.Hex(),
                                    "/events/", record.first_version))};
    }
    return Reply{.answer = *record.answer,
                 .version = record.first_version,
                 .replayed = true};
  }

  store::Store& store_;
  const base::Clock& clock_;
  internal::StreamQueue queue_;
  Loader loader_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_STREAM_ENGINE_H_

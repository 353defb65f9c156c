// lib/engine/internal/stream_loader.h: the state of streams, from memory or
// from what is stored; once for every kind of stream.
//
// Traits are those of lib/engine/stream_engine.h.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_LOADER_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_LOADER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/executor.h"
#include "lib/engine/plan.h"
#include "lib/engine/state_cache.h"
#include "lib/store/chain.h"
#include "lib/store/store.h"

namespace careroute::engine::internal {

// Thread-safe. Folds on whatever thread the store answers on.
template <typename Traits>
class StreamLoader {
 public:
  using State = typename Traits::State;
  using LoadedState = Loaded<State>;

  struct Found {
    LoadedState loaded;
    std::optional<store::RequestRecord> request;
    // False when the request id was not asked for, or taken on trust because
    // the state came from the cache: Append finds a repeat all the same.
    bool looked_up = false;
    // Known to have been the newest when it was loaded: not so of a cached
    // state that another process may have passed.
    bool newest = true;
  };

  // Where a state may come from.
  enum class Source {
    kCache,  // of this process, when it is there
    kStore,  // unless nobody else can have written
  };

  StreamLoader(store::Store& store, size_t cached_max)
      : store_(store), cache_(cached_max) {}

  [[nodiscard]] static store::StreamId StreamOf(const base::Uid& id) {
    return {.kind = Traits::kKind, .id = id};
  }

  [[nodiscard]] StateCache<LoadedState>& cache() { return cache_; }

  // Version 0 and an empty state for a stream that does not exist. DATA_LOSS
  // when the stored bytes do not fold. A request is looked up where the store
  // is asked anyway.
  void Load(base::Uid id, Source source,
            // NOLINTNEXTLINE(performance-unnecessary-value-param): moved
            std::optional<store::RequestKey> request, base::Done<Found> done) {
    std::optional<LoadedState> cached = cache_.Get(id);
    // An exclusive store changes only through this process: what is cached is
    // the newest.
    const bool exclusive = store_.info().exclusive;
    if (cached.has_value() && (exclusive || source == Source::kCache)) {
      std::move(done)(Found{.loaded = *std::move(cached), .newest = exclusive});
      return;
    }
    store::LoadRequest load = LoadOf(id, cached);
    load.request = std::move(request);
    store_.ReadForLoad(
        std::move(load),
        [this, id, cached = std::move(cached), done = std::move(done)](
            absl::StatusOr<store::LoadResult> result) mutable {
          if (!result.ok()) {
            std::move(done)(result.status());
            return;
          }
          Assemble(id, std::move(cached), *std::move(result), std::move(done));
        });
  }

  // The same of several streams, each named once, at most kStreamsPerReadMax:
  // those that are not in memory are read by one call.
  void LoadMany(const std::vector<base::Uid>& ids,
                base::Done<std::vector<LoadedState>> done) {
    auto many = std::make_shared<Many>();
    many->states.resize(ids.size());
    many->done = std::move(done);
    std::vector<store::LoadRequest> loads;
    for (size_t i = 0; i < ids.size(); ++i) {
      std::optional<LoadedState> cached = cache_.Get(ids[i]);
      if (cached.has_value() && store_.info().exclusive) {
        many->states[i] = *std::move(cached);
        continue;
      }
      loads.push_back(LoadOf(ids[i], cached));
      many->missing.push_back(
          {.place = i, .id = ids[i], .known = std::move(cached)});
    }
    if (loads.empty()) return AssembleNext(many, 0);
    store_.ReadManyForLoad(
        std::move(loads),
        [this, many](absl::StatusOr<std::vector<store::LoadResult>> read) {
          if (!read.ok()) {
            std::move(many->done)(read.status());
            return;
          }
          many->read = *std::move(read);
          AssembleNext(many, 0);
        });
  }

 private:
  // A stream that has to be read.
  struct Missing {
    size_t place = 0;  // among those asked for
    base::Uid id;
    std::optional<LoadedState> known;
  };
  struct Many {
    std::vector<LoadedState> states;  // in the order they were asked for
    std::vector<Missing> missing;
    std::vector<store::LoadResult> read;  // of those, in their order
    base::Done<std::vector<LoadedState>> done;
  };

  [[nodiscard]] static store::LoadRequest LoadOf(
      const base::Uid& id, const std::optional<LoadedState>& cached) {
    return {.stream = StreamOf(id),
            .known_version = cached.has_value() ? cached->version : 0,
            .fold_version = Traits::kFoldVersion};
  }

  // From the `index`-th of those that were read on.
  void AssembleNext(const std::shared_ptr<Many>& many, size_t index) {
    if (index == many->read.size()) {
      std::move(many->done)(std::move(many->states));
      return;
    }
    Missing& one = many->missing[index];
    Assemble(one.id, std::move(one.known), std::move(many->read[index]),
             [this, many, index](absl::StatusOr<Found> found) {
               if (!found.ok()) {
                 std::move(many->done)(found.status());
                 return;
               }
               many->states[many->missing[index].place] =
                   std::move(found->loaded);
               AssembleNext(many, index + 1);
             });
  }

  // Folds what was read onto what is known; asks for the next page if any.
  void Assemble(base::Uid id, std::optional<LoadedState> cached,
                store::LoadResult read, base::Done<Found> done) {
    auto found = std::make_shared<Found>();
    found->request = std::move(read.request);
    found->looked_up = true;
    if (cached.has_value() && read.events.empty()) {
      found->loaded = *std::move(cached);
      std::move(done)(std::move(*found));
      return;
    }
    auto state = std::make_shared<State>();
    LoadedState& loaded = found->loaded;
    loaded.head_hash = store::ChainStart();
    if (cached.has_value()) {
      *state = *cached->state;
      loaded.version = cached->version;
      loaded.head_hash = cached->head_hash;
      loaded.snapshot_version = cached->snapshot_version;
    } else if (read.snapshot.has_value()) {
      const absl::Status restored =
          Traits::Restore(read.snapshot->bytes, *state);
      if (!restored.ok()) {
        std::move(done)(restored);
        return;
      }
      loaded.version = read.snapshot->version;
      loaded.head_hash = read.snapshot->head_hash;
      loaded.snapshot_version = read.snapshot->version;
    }
    FoldPage(id, found, state, read.events, read.more, std::move(done));
  }

  void FoldPage(base::Uid id, std::shared_ptr<Found> found,
                std::shared_ptr<State> state,
                const std::vector<store::StoredEvent>& events, bool more,
                base::Done<Found> done) {
    for (const store::StoredEvent& event : events) {
      const absl::Status folded = Traits::Fold(event.bytes, *state);
      if (!folded.ok()) {
        std::move(done)(folded);
        return;
      }
      found->loaded.version = event.version;
      found->loaded.head_hash = event.chain_hash;
    }
    if (!more) {
      found->loaded.state = std::move(state);
      if (found->loaded.version > 0) cache_.Put(id, found->loaded);
      std::move(done)(std::move(*found));
      return;
    }
    store_.ReadEvents({.stream = StreamOf(id),
                       .after_version = found->loaded.version,
                       .limit = store::kPageRowsMax},
                      [this, id, found, state, done = std::move(done)](
                          absl::StatusOr<store::EventPage> page) mutable {
                        if (!page.ok()) {
                          std::move(done)(page.status());
                          return;
                        }
                        FoldPage(id, found, state, page->events, page->more,
                                 std::move(done));
                      });
  }

  store::Store& store_;
  StateCache<LoadedState> cache_;
};

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_STREAM_LOADER_H_

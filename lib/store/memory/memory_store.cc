#include "lib/store/memory/memory_store.h"

#include <atomic>
#include <deque>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/base/mutex.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/memory/internal/index.h"
#include "lib/store/memory/internal/registry.h"
#include "lib/store/memory/internal/streams.h"
#include "lib/store/request_check.h"
#include "lib/store/stamp_position.h"

namespace careroute::store {

namespace {

// All there is to keep; used under the store's mutex.
struct State {
  internal::Streams streams;
  internal::Index index;
  internal::Registry registry;
  std::deque<AppendFault> faults;
  CommitListener listener;

  absl::Status Check(const AppendRequest& request) const;
  absl::StatusOr<AppendResult> Append(const AppendRequest& request);
  void Announce(const AppendRequest& request) const;
};

absl::Status State::Check(const AppendRequest& request) const {
  CAREROUTE_RETURN_IF_ERROR(streams.CheckAppend(request));
  return registry.CheckAppend(request);
}

absl::StatusOr<AppendResult> State::Append(const AppendRequest& request) {
  std::optional<AppendFault> fault;
  if (!faults.empty()) {
    fault = std::move(faults.front());
    faults.pop_front();
  }
  if (fault.has_value() && fault->point == FaultPoint::kBeforeEffect) {
    return fault->status;
  }
  AppendResult result;
  if (request.request.has_value()) {
    result.duplicate = streams.FindRequest(
        {.stream = request.stream, .key = request.request->key});
  }
  if (!result.duplicate.has_value()) {
    CAREROUTE_RETURN_IF_ERROR(Check(request));
    streams.Append(request);
    index.Apply(request);
    registry.Append(request);
    Announce(request);
  }
  if (fault.has_value()) {
    return fault->status;
  }
  const StreamHead head = streams.Head(request.stream);
  result.version = head.version;
  result.head_hash = head.hash;
  return result;
}

void State::Announce(const AppendRequest& request) const {
  if (listener) {
    listener({.head = streams.Head(request.stream),
              .changed_lists = ChangedLists(request),
              .lanes = LanesOf(request)});
  }
}

}  // namespace

struct MemoryStore::Core : std::enable_shared_from_this<MemoryStore::Core> {
  explicit Core(const MemoryStoreOptions& options)
      : executor(options.executor),
        append_queue_max(options.append_queue_max),
        info{.uid = options.uid,
             .clock = options.clock,
             .schema_version = 1,
             .epoch = options.epoch,
             .created = options.created,
             .exclusive = options.exclusive} {}

  // Runs `call` on the executor under the mutex and completes `done` with
  // what it returns. When `checked` failed, completes with that instead.
  template <typename DoneT, typename Call>
  void Run(absl::Status checked, DoneT done, Call call) {
    ++calls;
    executor.Post([self = shared_from_this(), checked = std::move(checked),
                   done = std::move(done), call = std::move(call)]() mutable {
      if (!checked.ok()) {
        std::move(done)(std::move(checked));
        return;
      }
      // Outside the lock, since a callback may call the store again.
      std::move(done)(self->Locked(call));
    });
  }

  template <typename Call>
  auto Locked(Call& call) {
    base::MutexLock lock(mutex);
    return call(state);
  }

  // One place in the queue of appends, or RESOURCE_EXHAUSTED. Not under the
  // mutex, so that a listener may append.
  absl::Status EnterQueue() {
    if (appends_waiting.fetch_add(1) >= append_queue_max) {
      --appends_waiting;
      return QueueFull();
    }
    return absl::OkStatus();
  }

  base::Executor& executor;
  const size_t append_queue_max;
  const StoreInfo info;

  std::atomic<size_t> appends_waiting = 0;
  std::atomic<int64_t> calls = 0;
  base::Mutex mutex;
  State state CAREROUTE_GUARDED_BY(mutex);
};

MemoryStore::MemoryStore(const MemoryStoreOptions& options)
    : core_(std::make_shared<Core>(options)) {}

MemoryStore::~MemoryStore() = default;

std::unique_ptr<MemoryStore> MemoryStore::Copy(int64_t epoch) const {
  auto copy = std::make_unique<MemoryStore>(
      MemoryStoreOptions{.executor = core_->executor,
                         .uid = core_->info.uid,
                         .clock = core_->info.clock,
                         .created = core_->info.created,
                         .append_queue_max = core_->append_queue_max,
                         .exclusive = core_->info.exclusive,
                         .epoch = epoch});
  const base::MutexLock lock(core_->mutex);
  const base::MutexLock other(copy->core_->mutex);
  copy->core_->state.streams = core_->state.streams;
  copy->core_->state.index = core_->state.index;
  copy->core_->state.registry = core_->state.registry;
  return copy;
}

void MemoryStore::FailNextAppend(AppendFault fault) {
  base::MutexLock lock(core_->mutex);
  core_->state.faults.push_back(std::move(fault));
}

int64_t MemoryStore::calls() const { return core_->calls; }

const StoreInfo& MemoryStore::info() const { return core_->info; }

void MemoryStore::Append(AppendRequest request, base::Done<AppendResult> done) {
  absl::Status checked = CheckRequest(request);
  if (checked.ok()) {
    checked = core_->EnterQueue();
  }
  core_->Run(std::move(checked), std::move(done),
             [core = core_.get(), request = std::move(request)](State& state) {
               --core->appends_waiting;
               return state.Append(request);
             });
}

void MemoryStore::SetCommitListener(CommitListener listener) {
  base::MutexLock lock(core_->mutex);
  core_->state.listener = std::move(listener);
}

void MemoryStore::ReadEvents(ReadEventsRequest request,
                             base::Done<EventPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request](State& state) { return state.streams.Read(request); });
}

void MemoryStore::ReadManyEvents(std::vector<ReadEventsRequest> requests,
                                 base::Done<std::vector<EventPage>> done) {
  absl::Status checked = CheckRequest(requests);
  core_->Run(std::move(checked), std::move(done),
             [requests = std::move(requests)](State& state) {
               std::vector<EventPage> pages;
               for (const ReadEventsRequest& request : requests) {
                 pages.push_back(state.streams.Read(request));
               }
               return pages;
             });
}

void MemoryStore::ReadHead(StreamId stream, base::Done<StreamHead> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [stream](State& state) { return state.streams.Head(stream); });
}

void MemoryStore::ReadForLoad(LoadRequest request,
                              base::Done<LoadResult> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.streams.Load(request);
             });
}

void MemoryStore::ReadManyForLoad(std::vector<LoadRequest> requests,
                                  base::Done<std::vector<LoadResult>> done) {
  absl::Status checked = CheckRequest(requests);
  core_->Run(std::move(checked), std::move(done),
             [requests = std::move(requests)](State& state) {
               std::vector<LoadResult> results;
               for (const LoadRequest& request : requests) {
                 results.push_back(state.streams.Load(request));
               }
               return results;
             });
}

void MemoryStore::FindRequest(FindRequestRequest request,
                              base::Done<std::optional<RequestRecord>> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [request = std::move(request)](State& state) {
               return state.streams.FindRequest(request);
             });
}

void MemoryStore::PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done), [request](State& state) {
    return state.streams.PurgeAnswers(request);
  });
}

void MemoryStore::ListStreams(ListStreamsRequest request,
                              base::Done<StreamPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request](State& state) { return state.streams.List(request); });
}

void MemoryStore::GetRow(GetRowRequest request,
                         base::Done<std::optional<IndexRow>> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [request = std::move(request)](State& state) {
               return state.index.Get(request);
             });
}

void MemoryStore::Scan(ScanRequest request, base::Done<IndexPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.index.Scan(request);
             });
}

void MemoryStore::ScanMany(ScanManyRequest request,
                           base::Done<std::vector<IndexPage>> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               std::vector<IndexPage> pages;
               for (const IndexList& list : request.lists) {
                 pages.push_back(
                     state.index.Scan({.list = list, .limit = request.limit}));
               }
               return pages;
             });
}

void MemoryStore::ScanChanged(ScanChangedRequest request,
                              base::Done<ChangedPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.index.ScanChanged(request);
             });
}

void MemoryStore::CurrentPosition(base::Done<ChangePosition> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [](State& state) { return PositionAt(state.index.last_stamp()); });
}

void MemoryStore::Count(IndexList list, base::Done<int64_t> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [list = std::move(list)](State& state) {
               return state.index.Count(list);
             });
}

void MemoryStore::PurgeTombstones(PurgeRequest request,
                                  base::Done<int64_t> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done), [request](State& state) {
    return state.index.PurgeTombstones(request);
  });
}

void MemoryStore::ClaimUnique(ClaimRequest request, base::Done<Claim> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.ClaimUnique(request);
             });
}

void MemoryStore::FindClaim(std::string key,
                            base::Done<std::optional<Claim>> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [key = std::move(key)](State& state) {
               return state.registry.FindClaim(key);
             });
}

void MemoryStore::ReleaseClaim(ReleaseRequest request, base::DoneStatus done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [request = std::move(request)](State& state) {
               state.registry.ReleaseClaim(request);
               return absl::OkStatus();
             });
}

void MemoryStore::TakeDue(TakeDueRequest request,
                          base::Done<std::vector<OutboxRow>> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.outbox().TakeDue(request);
             });
}

void MemoryStore::Settle(std::vector<OutboxKey> keys, base::DoneStatus done) {
  absl::Status checked = CheckRequest(keys);
  core_->Run(std::move(checked), std::move(done),
             [keys = std::move(keys)](State& state) {
               for (const OutboxKey& key : keys) {
                 state.registry.outbox().Settle(key);
               }
               return absl::OkStatus();
             });
}

void MemoryStore::Reschedule(RescheduleRequest request, base::DoneStatus done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.outbox().Reschedule(request);
             });
}

void MemoryStore::DueNow(DueNowRequest request, base::Done<DueNowResult> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.outbox().DueNow(request);
             });
}

void MemoryStore::ListOutbox(ListOutboxRequest request,
                             base::Done<OutboxPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.outbox().List(request);
             });
}

void MemoryStore::GetKeys(std::vector<StreamId> owners,
                          base::Done<std::vector<KeyRecord>> done) {
  absl::Status checked = CheckRequest(owners);
  core_->Run(std::move(checked), std::move(done),
             [owners = std::move(owners)](State& state) {
               return state.registry.GetKeys(owners);
             });
}

void MemoryStore::ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.ReplaceKey(request);
             });
}

void MemoryStore::DestroyKey(DestroyKeyRequest request, base::DoneStatus done) {
  core_->Run(absl::OkStatus(), std::move(done), [request](State& state) {
    state.registry.DestroyKey(request);
    return absl::OkStatus();
  });
}

void MemoryStore::ListKeys(ListKeysRequest request, base::Done<KeyPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done), [request](State& state) {
    return state.registry.ListKeys(request);
  });
}

void MemoryStore::PutBlob(PutBlobRequest request,
                          base::Done<std::string> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.PutBlob(request);
             });
}

void MemoryStore::GetBlob(std::string hash,
                          base::Done<std::optional<Blob>> done) {
  core_->Run(absl::OkStatus(), std::move(done),
             [hash = std::move(hash)](State& state) {
               return state.registry.GetBlob(hash);
             });
}

void MemoryStore::ListBlobs(ListBlobsRequest request,
                            base::Done<BlobPage> done) {
  absl::Status checked = CheckRequest(request);
  core_->Run(std::move(checked), std::move(done),
             [request = std::move(request)](State& state) {
               return state.registry.ListBlobs(request);
             });
}

}  // namespace careroute::store

// lib/store/memory/memory_store.h: the store in plain ordered maps.
//
// For tests, the simulator and trials: it keeps the whole contract except that
// nothing survives the object. A hub that "crashes" in a simulation is built
// anew over the same MemoryStore.
//
//   store::MemoryStore store({.executor = executor});
//   store.FailNextAppend({.status = absl::UnavailableError("cut"),
//                         .point = FaultPoint::kAfterEffect});

#ifndef CAREROUTE_LIB_STORE_MEMORY_MEMORY_STORE_H_
#define CAREROUTE_LIB_STORE_MEMORY_MEMORY_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "lib/base/executor.h"
#include "lib/store/store.h"

namespace careroute::store {

struct MemoryStoreOptions {
  base::Executor& executor;  // runs every call; must outlive the store
  base::Uid uid;
  ClockKind clock = ClockKind::kVirtual;
  absl::Time created;
  // Writes that may wait; more are RESOURCE_EXHAUSTED.
  size_t append_queue_max = kAppendQueueMax;
  // False: it does as a database that other processes write to, for several
  // engines over it. Its one commit listener is still the last that was set.
  bool exclusive = true;
  // Above 1: what is put into it is a backup.
  int64_t epoch = 1;
};

// Where an injected failure strikes.
enum class FaultPoint {
  kBeforeEffect,  // nothing was written
  kAfterEffect,   // all was written and is durable, but the answer is lost
};

struct AppendFault {
  absl::Status status;
  FaultPoint point = FaultPoint::kBeforeEffect;
};

// Thread-safe.
class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const MemoryStoreOptions& options);
  ~MemoryStore() override;

  // A store of its own with all that is in this one now. As one of a later
  // epoch it is a backup that was put back.
  [[nodiscard]] std::unique_ptr<MemoryStore> Copy(int64_t epoch) const;

  // The next append that runs fails so. Faults given twice strike in turn.
  void FailNextAppend(AppendFault fault);

  // How many calls were made so far: what something costs.
  [[nodiscard]] int64_t calls() const;

  [[nodiscard]] const StoreInfo& info() const override;

  void Append(AppendRequest request, base::Done<AppendResult> done) override;
  void ReadEvents(ReadEventsRequest request,
                  base::Done<EventPage> done) override;
  void ReadManyEvents(std::vector<ReadEventsRequest> requests,
                      base::Done<std::vector<EventPage>> done) override;
  void ReadHead(StreamId stream, base::Done<StreamHead> done) override;
  void ReadForLoad(LoadRequest request, base::Done<LoadResult> done) override;
  void ReadManyForLoad(std::vector<LoadRequest> requests,
                       base::Done<std::vector<LoadResult>> done) override;
  void FindRequest(FindRequestRequest request,
                   base::Done<std::optional<RequestRecord>> done) override;
  void PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) override;
  void ListStreams(ListStreamsRequest request,
                   base::Done<StreamPage> done) override;
  void SetCommitListener(CommitListener listener) override;

  void GetRow(GetRowRequest request,
              base::Done<std::optional<IndexRow>> done) override;
  void Scan(ScanRequest request, base::Done<IndexPage> done) override;
  void ScanMany(ScanManyRequest request,
                base::Done<std::vector<IndexPage>> done) override;
  void ScanChanged(ScanChangedRequest request,
                   base::Done<ChangedPage> done) override;
  void CurrentPosition(base::Done<ChangePosition> done) override;
  void Count(IndexList list, base::Done<int64_t> done) override;
  void PurgeTombstones(PurgeRequest request, base::Done<int64_t> done) override;

  void ClaimUnique(ClaimRequest request, base::Done<Claim> done) override;
  void FindClaim(std::string key,
                 base::Done<std::optional<Claim>> done) override;
  void ReleaseClaim(ReleaseRequest request, base::DoneStatus done) override;

  void TakeDue(TakeDueRequest request,
               base::Done<std::vector<OutboxRow>> done) override;
  void Settle(std::vector<OutboxKey> keys, base::DoneStatus done) override;
  void Reschedule(RescheduleRequest request, base::DoneStatus done) override;
  void DueNow(DueNowRequest request, base::Done<DueNowResult> done) override;
  void ListOutbox(ListOutboxRequest request,
                  base::Done<OutboxPage> done) override;

  void GetKeys(std::vector<StreamId> owners,
               base::Done<std::vector<KeyRecord>> done) override;
  void ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) override;
  void DestroyKey(DestroyKeyRequest request, base::DoneStatus done) override;
  void ListKeys(ListKeysRequest request, base::Done<KeyPage> done) override;

  void PutBlob(PutBlobRequest request, base::Done<std::string> done) override;
  void GetBlob(std::string hash, base::Done<std::optional<Blob>> done) override;
  void ListBlobs(ListBlobsRequest request, base::Done<BlobPage> done) override;

 private:
  struct Core;
  // Shared with the tasks in flight, which may outlive this object.
  std::shared_ptr<Core> core_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_MEMORY_MEMORY_STORE_H_

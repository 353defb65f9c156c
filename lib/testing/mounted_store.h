// lib/testing/mounted_store.h: a simulated disk, as the store of a running hub.
//
// Reads go to what is durable, writes wait for the disk; every answer comes
// through the hub's life, so that none comes after its end. Made by
// SimulatedDisk::Mount.

#ifndef CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_
#define CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/store/store.h"
#include "lib/testing/hub_life.h"
#include "lib/testing/simulated_disk.h"

namespace careroute::testing {

class MountedStore final : public store::Store {
 public:
  MountedStore(SimulatedDisk& disk, std::shared_ptr<HubLife> life)
      : disk_(disk), durable_(disk.durable()), life_(std::move(life)) {}

  [[nodiscard]] const store::StoreInfo& info() const override {
    return durable_.info();
  }

  void Append(store::AppendRequest request,
              base::Done<store::AppendResult> done) override;
  void ReadEvents(store::ReadEventsRequest request,
                  base::Done<store::EventPage> done) override;
  void ReadHead(store::StreamId stream,
                base::Done<store::StreamHead> done) override;
  void ReadForLoad(store::LoadRequest request,
                   base::Done<store::LoadResult> done) override;
  void FindRequest(
      store::FindRequestRequest request,
      base::Done<std::optional<store::RequestRecord>> done) override;
  void PurgeAnswers(store::PurgeRequest request,
                    base::Done<int64_t> done) override;
  void ListStreams(store::ListStreamsRequest request,
                   base::Done<store::StreamPage> done) override;
  void SetCommitListener(store::CommitListener listener) override;

  void GetRow(store::GetRowRequest request,
              base::Done<std::optional<store::IndexRow>> done) override;
  void Scan(store::ScanRequest request,
            base::Done<store::IndexPage> done) override;
  void ScanChanged(store::ScanChangedRequest request,
                   base::Done<store::ChangedPage> done) override;
  void CurrentPosition(base::Done<store::ChangePosition> done) override;
  void Count(store::IndexList list, base::Done<int64_t> done) override;
  void PurgeTombstones(store::PurgeRequest request,
                       base::Done<int64_t> done) override;

  void ClaimUnique(store::ClaimRequest request,
                   base::Done<store::Claim> done) override;
  void FindClaim(std::string key,
                 base::Done<std::optional<store::Claim>> done) override;
  void ReleaseClaim(store::ReleaseRequest request,
                    base::DoneStatus done) override;

  void TakeDue(store::TakeDueRequest request,
               base::Done<std::vector<store::OutboxRow>> done) override;
  void Settle(store::OutboxKey key, base::DoneStatus done) override;
  void Reschedule(store::RescheduleRequest request,
                  base::DoneStatus done) override;
  void DueNow(store::DueNowRequest request,
              base::Done<store::DueNowResult> done) override;
  void ListOutbox(store::ListOutboxRequest request,
                  base::Done<store::OutboxPage> done) override;

  void GetKeys(std::vector<store::StreamId> owners,
               base::Done<std::vector<store::KeyRecord>> done) override;
  void ReplaceKey(store::ReplaceKeyRequest request,
                  base::DoneStatus done) override;
  void DestroyKey(store::DestroyKeyRequest request,
                  base::DoneStatus done) override;
  void ListKeys(store::ListKeysRequest request,
                base::Done<store::KeyPage> done) override;

  void PutBlob(store::PutBlobRequest request,
               base::Done<std::string> done) override;
  void GetBlob(std::string hash,
               base::Done<std::optional<store::Blob>> done) override;
  void ListBlobs(store::ListBlobsRequest request,
                 base::Done<store::BlobPage> done) override;

 private:
  using Memory = store::MemoryStore;

  template <typename Request, typename T>
  void Read(void (Memory::*method)(Request, base::Done<T>), Request request,
            base::Done<T> done) {
    (durable_.*method)(std::move(request), life_->Wrap<T>(std::move(done)));
  }
  template <typename Request, typename T>
  void Write(void (Memory::*method)(Request, base::Done<T>), Request request,
             base::Done<T> done) {
    disk_.Write([method, request = std::move(request),
                 done = life_->Wrap<T>(std::move(done), kAnswerTakes),
                 &durable = durable_]() mutable {
      (durable.*method)(std::move(request), std::move(done));
    });
  }
  template <typename Request>
  void WriteStatus(void (Memory::*method)(Request, base::DoneStatus),
                   Request request, base::DoneStatus done) {
    disk_.Write([method, request = std::move(request),
                 done = life_->WrapStatus(std::move(done), kAnswerTakes),
                 &durable = durable_]() mutable {
      (durable.*method)(std::move(request), std::move(done));
    });
  }

  SimulatedDisk& disk_;
  Memory& durable_;
  const std::shared_ptr<HubLife> life_;
};

}  // namespace careroute::testing

#endif  // CAREROUTE_LIB_TESTING_MOUNTED_STORE_H_

// lib/store/forwarding_store.h: a store that hands every call on.
//
// For a store that stands before another one and changes what it means to: it
// says once how a read and a write are handed on, and overrides the few calls
// it does more about.
//
//   class SlowStore final : public store::ForwardingStore<SlowStore> {
//     friend class store::ForwardingStore<SlowStore>;
//     template <typename Interface, typename Request, typename Answer>
//     void Read(void (Interface::*method)(Request, Answer), Request request,
//               Answer done) {
//       (beneath_.*method)(std::move(request), std::move(done));
//     }
//     ... and Write of the same form ...
//   };

#ifndef CAREROUTE_LIB_STORE_FORWARDING_STORE_H_
#define CAREROUTE_LIB_STORE_FORWARDING_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/callback.h"
#include "lib/store/store.h"

namespace careroute::store {

// As thread-safe as `Derived`, which owns nothing through it and whose store
// answers: nothing fails here. What takes no request, `Derived` does itself:
// info, SetCommitListener and CurrentPosition.
template <typename Derived>
class ForwardingStore : public Store {
 public:
  void Append(AppendRequest request, base::Done<AppendResult> done) override {
    self().Write(&Store::Append, std::move(request), std::move(done));
  }
  void ReadEvents(ReadEventsRequest request,
                  base::Done<EventPage> done) override {
    self().Read(&Store::ReadEvents, request, std::move(done));
  }
  void ReadManyEvents(std::vector<ReadEventsRequest> requests,
                      base::Done<std::vector<EventPage>> done) override {
    self().Read(&Store::ReadManyEvents, std::move(requests), std::move(done));
  }
  void ReadHead(StreamId stream, base::Done<StreamHead> done) override {
    self().Read(&Store::ReadHead, stream, std::move(done));
  }
  void ReadForLoad(LoadRequest request, base::Done<LoadResult> done) override {
    self().Read(&Store::ReadForLoad, std::move(request), std::move(done));
  }
  void ReadManyForLoad(std::vector<LoadRequest> requests,
                       base::Done<std::vector<LoadResult>> done) override {
    self().Read(&Store::ReadManyForLoad, std::move(requests), std::move(done));
  }
  void FindRequest(FindRequestRequest request,
                   base::Done<std::optional<RequestRecord>> done) override {
    self().Read(&Store::FindRequest, std::move(request), std::move(done));
  }
  void PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) override {
    self().Write(&Store::PurgeAnswers, request, std::move(done));
  }
  void ListStreams(ListStreamsRequest request,
                   base::Done<StreamPage> done) override {
    self().Read(&Store::ListStreams, request, std::move(done));
  }

  void GetRow(GetRowRequest request,
              base::Done<std::optional<IndexRow>> done) override {
    self().Read(&Store::GetRow, std::move(request), std::move(done));
  }
  void Scan(ScanRequest request, base::Done<IndexPage> done) override {
    self().Read(&Store::Scan, std::move(request), std::move(done));
  }
  void ScanMany(ScanManyRequest request,
                base::Done<std::vector<IndexPage>> done) override {
    self().Read(&Store::ScanMany, std::move(request), std::move(done));
  }
  void ScanChanged(ScanChangedRequest request,
                   base::Done<ChangedPage> done) override {
    self().Read(&Store::ScanChanged, std::move(request), std::move(done));
  }
  void Count(IndexList list, base::Done<int64_t> done) override {
    self().Read(&Store::Count, std::move(list), std::move(done));
  }
  void PurgeTombstones(PurgeRequest request,
                       base::Done<int64_t> done) override {
    self().Write(&Store::PurgeTombstones, request, std::move(done));
  }

  void ClaimUnique(ClaimRequest request, base::Done<Claim> done) override {
    self().Write(&Store::ClaimUnique, std::move(request), std::move(done));
  }
  void FindClaim(std::string key,
                 base::Done<std::optional<Claim>> done) override {
    self().Read(&Store::FindClaim, std::move(key), std::move(done));
  }
  void ReleaseClaim(ReleaseRequest request, base::DoneStatus done) override {
    self().Write(&Store::ReleaseClaim, std::move(request), std::move(done));
  }

  void TakeDue(TakeDueRequest request,
               base::Done<std::vector<OutboxRow>> done) override {
    self().Write(&Store::TakeDue, std::move(request), std::move(done));
  }
  void Settle(std::vector<OutboxKey> keys, base::DoneStatus done) override {
    self().Write(&Store::Settle, std::move(keys), std::move(done));
  }
  void Reschedule(RescheduleRequest request, base::DoneStatus done) override {
    self().Write(&Store::Reschedule, std::move(request), std::move(done));
  }
  void DueNow(DueNowRequest request, base::Done<DueNowResult> done) override {
    self().Write(&Store::DueNow, std::move(request), std::move(done));
  }
  void ListOutbox(ListOutboxRequest request,
                  base::Done<OutboxPage> done) override {
    self().Read(&Store::ListOutbox, std::move(request), std::move(done));
  }

  void GetKeys(std::vector<StreamId> owners,
               base::Done<std::vector<KeyRecord>> done) override {
    self().Read(&Store::GetKeys, std::move(owners), std::move(done));
  }
  void ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) override {
    self().Write(&Store::ReplaceKey, std::move(request), std::move(done));
  }
  void DestroyKey(DestroyKeyRequest request, base::DoneStatus done) override {
    self().Write(&Store::DestroyKey, request, std::move(done));
  }
  void ListKeys(ListKeysRequest request, base::Done<KeyPage> done) override {
    self().Read(&Store::ListKeys, request, std::move(done));
  }

  void PutBlob(PutBlobRequest request, base::Done<std::string> done) override {
    self().Write(&Store::PutBlob, std::move(request), std::move(done));
  }
  void GetBlob(std::string hash,
               base::Done<std::optional<Blob>> done) override {
    self().Read(&Store::GetBlob, std::move(hash), std::move(done));
  }
  void ListBlobs(ListBlobsRequest request, base::Done<BlobPage> done) override {
    self().Read(&Store::ListBlobs, std::move(request), std::move(done));
  }

 private:
  // Only the class it is named for can be made of it.
  friend Derived;
  ForwardingStore() = default;

  [[nodiscard]] Derived& self() { return static_cast<Derived&>(*this); }
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_FORWARDING_STORE_H_

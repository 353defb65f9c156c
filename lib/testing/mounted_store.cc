#include "lib/testing/mounted_store.h"

namespace careroute::testing {

// --- Reads ------------------------------------------------------------------

void MountedStore::ReadEvents(store::ReadEventsRequest request,
                              base::Done<store::EventPage> done) {
  Read(&Memory::ReadEvents, std::move(request), std::move(done));
}

void MountedStore::ReadHead(store::StreamId request,
                            base::Done<store::StreamHead> done) {
  Read(&Memory::ReadHead, std::move(request), std::move(done));
}

void MountedStore::ReadForLoad(store::LoadRequest request,
                               base::Done<store::LoadResult> done) {
  Read(&Memory::ReadForLoad, std::move(request), std::move(done));
}

void MountedStore::FindRequest(
    store::FindRequestRequest request,
    base::Done<std::optional<store::RequestRecord>> done) {
  Read(&Memory::FindRequest, std::move(request), std::move(done));
}

void MountedStore::ListStreams(store::ListStreamsRequest request,
                               base::Done<store::StreamPage> done) {
  Read(&Memory::ListStreams, std::move(request), std::move(done));
}

void MountedStore::GetRow(store::GetRowRequest request,
                          base::Done<std::optional<store::IndexRow>> done) {
  Read(&Memory::GetRow, std::move(request), std::move(done));
}

void MountedStore::Scan(store::ScanRequest request,
                        base::Done<store::IndexPage> done) {
  Read(&Memory::Scan, std::move(request), std::move(done));
}

void MountedStore::ScanChanged(store::ScanChangedRequest request,
                               base::Done<store::ChangedPage> done) {
  Read(&Memory::ScanChanged, std::move(request), std::move(done));
}

void MountedStore::Count(store::IndexList request, base::Done<int64_t> done) {
  Read(&Memory::Count, std::move(request), std::move(done));
}

void MountedStore::FindClaim(std::string request,
                             base::Done<std::optional<store::Claim>> done) {
  Read(&Memory::FindClaim, std::move(request), std::move(done));
}

void MountedStore::ListOutbox(store::ListOutboxRequest request,
                              base::Done<store::OutboxPage> done) {
  Read(&Memory::ListOutbox, std::move(request), std::move(done));
}

void MountedStore::GetKeys(std::vector<store::StreamId> request,
                           base::Done<std::vector<store::KeyRecord>> done) {
  Read(&Memory::GetKeys, std::move(request), std::move(done));
}

void MountedStore::ListKeys(store::ListKeysRequest request,
                            base::Done<store::KeyPage> done) {
  Read(&Memory::ListKeys, std::move(request), std::move(done));
}

void MountedStore::GetBlob(std::string request,
                           base::Done<std::optional<store::Blob>> done) {
  Read(&Memory::GetBlob, std::move(request), std::move(done));
}

void MountedStore::ListBlobs(store::ListBlobsRequest request,
                             base::Done<store::BlobPage> done) {
  Read(&Memory::ListBlobs, std::move(request), std::move(done));
}

void MountedStore::CurrentPosition(base::Done<store::ChangePosition> done) {
  durable_.CurrentPosition(life_->Wrap<store::ChangePosition>(std::move(done)));
}

// The disk outlives whoever listens.
void MountedStore::SetCommitListener(store::CommitListener listener) {
  durable_.SetCommitListener([life = life_, listener = std::move(listener)](
                                 const store::Commit& commit) {
    if (!life->ended() && listener) listener(commit);
  });
}

// --- Writes -----------------------------------------------------------------

void MountedStore::Append(store::AppendRequest request,
                          base::Done<store::AppendResult> done) {
  disk_.Write([&disk = disk_, request = std::move(request),
               done = life_->Wrap<store::AppendResult>(
                   std::move(done), kAnswerTakes)]() mutable {
    disk.MayFail();
    disk.durable().Append(std::move(request), std::move(done));
  });
}

void MountedStore::PurgeAnswers(store::PurgeRequest request,
                                base::Done<int64_t> done) {
  Write(&Memory::PurgeAnswers, std::move(request), std::move(done));
}

void MountedStore::PurgeTombstones(store::PurgeRequest request,
                                   base::Done<int64_t> done) {
  Write(&Memory::PurgeTombstones, std::move(request), std::move(done));
}

void MountedStore::ClaimUnique(store::ClaimRequest request,
                               base::Done<store::Claim> done) {
  Write(&Memory::ClaimUnique, std::move(request), std::move(done));
}

void MountedStore::TakeDue(store::TakeDueRequest request,
                           base::Done<std::vector<store::OutboxRow>> done) {
  Write(&Memory::TakeDue, std::move(request), std::move(done));
}

void MountedStore::DueNow(store::DueNowRequest request,
                          base::Done<store::DueNowResult> done) {
  Write(&Memory::DueNow, std::move(request), std::move(done));
}

void MountedStore::PutBlob(store::PutBlobRequest request,
                           base::Done<std::string> done) {
  Write(&Memory::PutBlob, std::move(request), std::move(done));
}

void MountedStore::ReleaseClaim(store::ReleaseRequest request,
                                base::DoneStatus done) {
  WriteStatus(&Memory::ReleaseClaim, std::move(request), std::move(done));
}

void MountedStore::Settle(store::OutboxKey request, base::DoneStatus done) {
  WriteStatus(&Memory::Settle, std::move(request), std::move(done));
}

void MountedStore::Reschedule(store::RescheduleRequest request,
                              base::DoneStatus done) {
  WriteStatus(&Memory::Reschedule, std::move(request), std::move(done));
}

void MountedStore::ReplaceKey(store::ReplaceKeyRequest request,
                              base::DoneStatus done) {
  WriteStatus(&Memory::ReplaceKey, std::move(request), std::move(done));
}

void MountedStore::DestroyKey(store::DestroyKeyRequest request,
                              base::DoneStatus done) {
  WriteStatus(&Memory::DestroyKey, std::move(request), std::move(done));
}

}  // namespace careroute::testing

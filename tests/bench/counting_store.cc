#include "tests/bench/counting_store.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace careroute::bench {

Written operator-(const Written& a, const Written& b) {
  return {.events = a.events - b.events,
          .requests = a.requests - b.requests,
          .list_rows = a.list_rows - b.list_rows,
          .others = a.others - b.others};
}

std::string WordsOf(const Written& written, double transitions) {
  const auto each = [transitions](int64_t rows) {
    return static_cast<double>(rows) / transitions;
  };
  return absl::StrFormat(
      "%.1f rows a transition: %.1f events, %.1f request ids, %.1f list rows, "
      "%.1f others",
      each(written.total()), each(written.events), each(written.requests),
      each(written.list_rows), each(written.others));
}

Written CountingStore::written() const {
  return {.events = events_,
          .requests = requests_,
          .list_rows = list_rows_,
          .others = others_};
}

const store::StoreInfo& CountingStore::info() const { return beneath_.info(); }

void CountingStore::Append(store::AppendRequest request,
                           base::Done<store::AppendResult> done) {
  events_ += static_cast<int64_t>(request.events.size());
  requests_ += request.request.has_value() ? 1 : 0;
  list_rows_ += static_cast<int64_t>(request.put_rows.size() +
                                     request.delete_rows.size());
  others_ += static_cast<int64_t>(
      (request.snapshot.has_value() ? 1U : 0U) + request.outbox.size() +
      request.confirm_claims.size() + request.release_claims.size() +
      (request.put_key.has_value() ? 1U : 0U));
  ++commits_;
  beneath_.Append(std::move(request), std::move(done));
}

void CountingStore::ReadEvents(store::ReadEventsRequest request,
                               base::Done<store::EventPage> done) {
  beneath_.ReadEvents(request, std::move(done));
}

void CountingStore::ReadHead(store::StreamId stream,
                             base::Done<store::StreamHead> done) {
  beneath_.ReadHead(stream, std::move(done));
}

void CountingStore::ReadForLoad(store::LoadRequest request,
                                base::Done<store::LoadResult> done) {
  beneath_.ReadForLoad(std::move(request), std::move(done));
}

void CountingStore::FindRequest(
    store::FindRequestRequest request,
    base::Done<std::optional<store::RequestRecord>> done) {
  beneath_.FindRequest(std::move(request), std::move(done));
}

void CountingStore::PurgeAnswers(store::PurgeRequest request,
                                 base::Done<int64_t> done) {
  beneath_.PurgeAnswers(request, std::move(done));
}

void CountingStore::ListStreams(store::ListStreamsRequest request,
                                base::Done<store::StreamPage> done) {
  beneath_.ListStreams(request, std::move(done));
}

void CountingStore::SetCommitListener(store::CommitListener listener) {
  beneath_.SetCommitListener(std::move(listener));
}

void CountingStore::GetRow(store::GetRowRequest request,
                           base::Done<std::optional<store::IndexRow>> done) {
  beneath_.GetRow(std::move(request), std::move(done));
}

void CountingStore::Scan(store::ScanRequest request,
                         base::Done<store::IndexPage> done) {
  beneath_.Scan(std::move(request), std::move(done));
}

void CountingStore::ScanChanged(store::ScanChangedRequest request,
                                base::Done<store::ChangedPage> done) {
  beneath_.ScanChanged(std::move(request), std::move(done));
}

void CountingStore::CurrentPosition(base::Done<store::ChangePosition> done) {
  beneath_.CurrentPosition(std::move(done));
}

void CountingStore::Count(store::IndexList list, base::Done<int64_t> done) {
  beneath_.Count(std::move(list), std::move(done));
}

void CountingStore::PurgeTombstones(store::PurgeRequest request,
                                    base::Done<int64_t> done) {
  beneath_.PurgeTombstones(request, std::move(done));
}

void CountingStore::ClaimUnique(store::ClaimRequest request,
                                base::Done<store::Claim> done) {
  beneath_.ClaimUnique(std::move(request), std::move(done));
}

void CountingStore::FindClaim(std::string key,
                              base::Done<std::optional<store::Claim>> done) {
  beneath_.FindClaim(std::move(key), std::move(done));
}

void CountingStore::ReleaseClaim(store::ReleaseRequest request,
                                 base::DoneStatus done) {
  beneath_.ReleaseClaim(std::move(request), std::move(done));
}

void CountingStore::TakeDue(store::TakeDueRequest request,
                            base::Done<std::vector<store::OutboxRow>> done) {
  beneath_.TakeDue(
      std::move(request),
      [this, done = std::move(done)](
          absl::StatusOr<std::vector<store::OutboxRow>> rows) mutable {
        if (rows.ok() && !rows->empty()) ++commits_;
        std::move(done)(std::move(rows));
      });
}

void CountingStore::Settle(store::OutboxKey key, base::DoneStatus done) {
  ++commits_;
  beneath_.Settle(key,
                  [this, done = std::move(done)](absl::Status status) mutable {
                    std::move(done)(std::move(status));
                    if (on_settled_ != nullptr) on_settled_();
                  });
}

void CountingStore::Reschedule(store::RescheduleRequest request,
                               base::DoneStatus done) {
  ++commits_;
  beneath_.Reschedule(std::move(request), std::move(done));
}

void CountingStore::DueNow(store::DueNowRequest request,
                           base::Done<store::DueNowResult> done) {
  beneath_.DueNow(std::move(request), std::move(done));
}

void CountingStore::ListOutbox(store::ListOutboxRequest request,
                               base::Done<store::OutboxPage> done) {
  beneath_.ListOutbox(std::move(request), std::move(done));
}

void CountingStore::GetKeys(std::vector<store::StreamId> owners,
                            base::Done<std::vector<store::KeyRecord>> done) {
  beneath_.GetKeys(std::move(owners), std::move(done));
}

void CountingStore::ReplaceKey(store::ReplaceKeyRequest request,
                               base::DoneStatus done) {
  beneath_.ReplaceKey(std::move(request), std::move(done));
}

void CountingStore::DestroyKey(store::DestroyKeyRequest request,
                               base::DoneStatus done) {
  beneath_.DestroyKey(request, std::move(done));
}

void CountingStore::ListKeys(store::ListKeysRequest request,
                             base::Done<store::KeyPage> done) {
  beneath_.ListKeys(request, std::move(done));
}

void CountingStore::PutBlob(store::PutBlobRequest request,
                            base::Done<std::string> done) {
  beneath_.PutBlob(std::move(request), std::move(done));
}

void CountingStore::GetBlob(std::string hash,
                            base::Done<std::optional<store::Blob>> done) {
  beneath_.GetBlob(std::move(hash), std::move(done));
}

void CountingStore::ListBlobs(store::ListBlobsRequest request,
                              base::Done<store::BlobPage> done) {
  beneath_.ListBlobs(std::move(request), std::move(done));
}

}  // namespace careroute::bench

// tests/bench/counting_store.h: a store that counts the rows it is given.
//
// Passes every call on. What a transition writes says most about what it
// costs: each row is a page touched and bytes logged.
//
//   CountingStore store(*sqlite);
//   const Written before = store.written();
//   ... 100 transitions ...
//   std::string per = WordsOf(store.written() - before, 100);

#ifndef CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_
#define CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/store/store.h"

namespace careroute::bench {

// Rows of appends: of cases, and of the access log and the checkpoints too.
struct Written {
  int64_t events = 0;
  int64_t requests = 0;   // request ids with their answers
  int64_t list_rows = 0;  // put or deleted
  int64_t others = 0;     // snapshots, outbox, claims, keys

  [[nodiscard]] int64_t total() const {
    return events + requests + list_rows + others;
  }
  friend Written operator-(const Written& a, const Written& b);
};

// "5.1 rows a transition: 1.0 events, 1.0 request ids, 3.0 list rows, 0.1
// others".
[[nodiscard]] std::string WordsOf(const Written& written, double transitions);

// Thread-safe. The store beneath must outlive it.
class CountingStore final : public store::Store {
 public:
  explicit CountingStore(store::Store& beneath) : beneath_(beneath) {}

  // Told whenever a row of the outbox is gone, on the store's threads. Before
  // the store is used.
  void set_on_settled(std::function<void()> on_settled) {
    on_settled_ = std::move(on_settled);
  }

  [[nodiscard]] Written written() const;
  // Commits that the store was asked for; what comes while it writes may share
  // one.
  [[nodiscard]] int64_t commits() const { return commits_; }

  [[nodiscard]] const store::StoreInfo& info() const override;

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
  store::Store& beneath_;
  std::function<void()> on_settled_;
  std::atomic<int64_t> events_{0};
  std::atomic<int64_t> requests_{0};
  std::atomic<int64_t> list_rows_{0};
  std::atomic<int64_t> others_{0};
  std::atomic<int64_t> commits_{0};
};

}  // namespace careroute::bench

#endif  // CAREROUTE_TESTS_BENCH_COUNTING_STORE_H_

// lib/store/query_store.h: a store made of query functions over connections.
//
// For backends only. A database backend is a set of functions, one a call of
// the contract, that take a connection or a write's context and the request:
//
//   absl::StatusOr<IndexPage> Scan(Connection& db, const ScanRequest& request);
//   absl::StatusOr<AppendResult> WriteAppend(WriteContext& context,
//                                            const AppendRequest& request);
//
// This class is the rest, written once: it refuses what is out of bounds before
// it begins, hands the function to whoever has a connection, and completes the
// callback. The functions are found beside the connection's type.
//
// Readers has Enqueue<T>(done, read), which runs `read(Connection&)`; Writer
// has Enqueue<T>(bytes, done, write), EnqueueStatus(done, write), which run
// `write(WriteContext&)`, and SetListener. `context.db` is the connection.

#ifndef CAREROUTE_LIB_STORE_QUERY_STORE_H_
#define CAREROUTE_LIB_STORE_QUERY_STORE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/executor.h"
#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"
#include "lib/store/store.h"

namespace careroute::store {

// The functions of a backend, to be found once its types are known.
namespace query {

// Reads.
inline constexpr auto kReadEvents = [](auto& db, const auto& request) {
  return ReadEvents(db, request);
};
inline constexpr auto kReadManyEvents = [](auto& db, const auto& requests) {
  return ReadManyEvents(db, requests);
};
inline constexpr auto kReadHead = [](auto& db, const auto& stream) {
  return ReadHead(db, stream);
};
inline constexpr auto kReadForLoad = [](auto& db, const auto& request) {
  return ReadForLoad(db, request);
};
inline constexpr auto kReadManyForLoad = [](auto& db, const auto& requests) {
  return ReadManyForLoad(db, requests);
};
inline constexpr auto kFindRequest = [](auto& db, const auto& request) {
  return FindRequest(db, request);
};
inline constexpr auto kListStreams = [](auto& db, const auto& request) {
  return ListStreams(db, request);
};
inline constexpr auto kGetRow = [](auto& db, const auto& request) {
  return GetRow(db, request);
};
inline constexpr auto kScan = [](auto& db, const auto& request) {
  return Scan(db, request);
};
inline constexpr auto kScanMany =
    [](auto& db,
       const auto& request) -> absl::StatusOr<std::vector<IndexPage>> {
  std::vector<IndexPage> pages;
  for (const IndexList& list : request.lists) {
    CAREROUTE_ASSIGN_OR_RETURN(
        IndexPage page,
        Scan(db, ScanRequest{.list = list, .limit = request.limit}));
    pages.push_back(std::move(page));
  }
  return pages;
};
inline constexpr auto kScanChanged = [](auto& db, const auto& request) {
  return ScanChanged(db, request);
};
inline constexpr auto kCurrentPosition = [](auto& db, const auto&) {
  return CurrentPosition(db);
};
inline constexpr auto kCount = [](auto& db, const auto& list) {
  return Count(db, list);
};
inline constexpr auto kFindClaim = [](auto& db, const auto& key) {
  return FindClaim(db, key);
};
inline constexpr auto kListOutbox = [](auto& db, const auto& request) {
  return ListOutbox(db, request);
};
inline constexpr auto kGetKeys = [](auto& db, const auto& owners) {
  return GetKeys(db, owners);
};
inline constexpr auto kListKeys = [](auto& db, const auto& request) {
  return ListKeys(db, request);
};
inline constexpr auto kGetBlob = [](auto& db, const auto& hash) {
  return GetBlob(db, hash);
};
inline constexpr auto kListBlobs = [](auto& db, const auto& request) {
  return ListBlobs(db, request);
};

// Writes.
inline constexpr auto kWriteAppend = [](auto& context, const auto& request) {
  return WriteAppend(context, request);
};
inline constexpr auto kPurgeAnswers = [](auto& context, const auto& request) {
  return PurgeAnswers(context.db, request);
};
inline constexpr auto kPurgeTombstones = [](auto& context,
                                            const auto& request) {
  return PurgeTombstones(context.db, request);
};
inline constexpr auto kClaimUnique = [](auto& context, const auto& request) {
  return ClaimUnique(context.db, request);
};
inline constexpr auto kReleaseClaim = [](auto& context, const auto& request) {
  return ReleaseClaim(context.db, request);
};
inline constexpr auto kTakeDue = [](auto& context, const auto& request) {
  return TakeDue(context.db, request);
};
inline constexpr auto kSettle = [](auto& context, const auto& keys) {
  return Settle(context.db, keys);
};
inline constexpr auto kReschedule = [](auto& context, const auto& request) {
  return Reschedule(context.db, request);
};
inline constexpr auto kDueNow = [](auto& context, const auto& request) {
  return DueNow(context.db, request);
};
inline constexpr auto kReplaceKey = [](auto& context, const auto& request) {
  return ReplaceKey(context.db, request);
};
inline constexpr auto kDestroyKey = [](auto& context, const auto& request) {
  return DestroyKey(context, request);
};
inline constexpr auto kPutBlob = [](auto& context, const auto& request) {
  return PutBlob(context.db, request);
};

}  // namespace query

template <typename Readers, typename Writer>
class QueryStore final : public Store {
 public:
  struct Parts {
    base::Executor& executor;
    StoreInfo info;
    std::shared_ptr<Writer> writer;  // none: opened for reading only
    std::shared_ptr<Readers> readers;
  };
  explicit QueryStore(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] const StoreInfo& info() const override { return parts_.info; }

  void SetCommitListener(CommitListener listener) override {
    if (parts_.writer != nullptr) {
      parts_.writer->SetListener(std::move(listener));
    }
  }

  void Append(AppendRequest request, base::Done<AppendResult> done) override {
    const size_t bytes = AppendBytes(request);
    Write<AppendResult>(std::move(request), bytes, std::move(done),
                        query::kWriteAppend);
  }
  void ReadEvents(ReadEventsRequest request,
                  base::Done<EventPage> done) override {
    Read<EventPage>(request, std::move(done), query::kReadEvents);
  }
  void ReadManyEvents(std::vector<ReadEventsRequest> requests,
                      base::Done<std::vector<EventPage>> done) override {
    Read<std::vector<EventPage>>(std::move(requests), std::move(done),
                                 query::kReadManyEvents);
  }
  void ReadHead(StreamId stream, base::Done<StreamHead> done) override {
    Read<StreamHead>(stream, std::move(done), query::kReadHead);
  }
  void ReadForLoad(LoadRequest request, base::Done<LoadResult> done) override {
    Read<LoadResult>(std::move(request), std::move(done), query::kReadForLoad);
  }
  void ReadManyForLoad(std::vector<LoadRequest> requests,
                       base::Done<std::vector<LoadResult>> done) override {
    Read<std::vector<LoadResult>>(std::move(requests), std::move(done),
                                  query::kReadManyForLoad);
  }
  void FindRequest(FindRequestRequest request,
                   base::Done<std::optional<RequestRecord>> done) override {
    Read<std::optional<RequestRecord>>(std::move(request), std::move(done),
                                       query::kFindRequest);
  }
  void PurgeAnswers(PurgeRequest request, base::Done<int64_t> done) override {
    Write<int64_t>(request, 0, std::move(done), query::kPurgeAnswers);
  }
  void ListStreams(ListStreamsRequest request,
                   base::Done<StreamPage> done) override {
    Read<StreamPage>(request, std::move(done), query::kListStreams);
  }

  void GetRow(GetRowRequest request,
              base::Done<std::optional<IndexRow>> done) override {
    Read<std::optional<IndexRow>>(std::move(request), std::move(done),
                                  query::kGetRow);
  }
  void Scan(ScanRequest request, base::Done<IndexPage> done) override {
    Read<IndexPage>(std::move(request), std::move(done), query::kScan);
  }
  void ScanMany(ScanManyRequest request,
                base::Done<std::vector<IndexPage>> done) override {
    Read<std::vector<IndexPage>>(std::move(request), std::move(done),
                                 query::kScanMany);
  }
  void ScanChanged(ScanChangedRequest request,
                   base::Done<ChangedPage> done) override {
    Read<ChangedPage>(std::move(request), std::move(done), query::kScanChanged);
  }
  void CurrentPosition(base::Done<ChangePosition> done) override {
    Read<ChangePosition>(nullptr, std::move(done), query::kCurrentPosition);
  }
  void Count(IndexList list, base::Done<int64_t> done) override {
    Read<int64_t>(std::move(list), std::move(done), query::kCount);
  }
  void PurgeTombstones(PurgeRequest request,
                       base::Done<int64_t> done) override {
    Write<int64_t>(request, 0, std::move(done), query::kPurgeTombstones);
  }

  void ClaimUnique(ClaimRequest request, base::Done<Claim> done) override {
    Write<Claim>(std::move(request), 0, std::move(done), query::kClaimUnique);
  }
  void FindClaim(std::string key,
                 base::Done<std::optional<Claim>> done) override {
    Read<std::optional<Claim>>(std::move(key), std::move(done),
                               query::kFindClaim);
  }
  void ReleaseClaim(ReleaseRequest request, base::DoneStatus done) override {
    WriteStatus(std::move(request), std::move(done), query::kReleaseClaim);
  }

  void TakeDue(TakeDueRequest request,
               base::Done<std::vector<OutboxRow>> done) override {
    Write<std::vector<OutboxRow>>(std::move(request), 0, std::move(done),
                                  query::kTakeDue);
  }
  void Settle(std::vector<OutboxKey> keys, base::DoneStatus done) override {
    WriteStatus(std::move(keys), std::move(done), query::kSettle);
  }
  void Reschedule(RescheduleRequest request, base::DoneStatus done) override {
    WriteStatus(std::move(request), std::move(done), query::kReschedule);
  }
  void DueNow(DueNowRequest request, base::Done<DueNowResult> done) override {
    Write<DueNowResult>(std::move(request), 0, std::move(done), query::kDueNow);
  }
  void ListOutbox(ListOutboxRequest request,
                  base::Done<OutboxPage> done) override {
    Read<OutboxPage>(std::move(request), std::move(done), query::kListOutbox);
  }

  void GetKeys(std::vector<StreamId> owners,
               base::Done<std::vector<KeyRecord>> done) override {
    Read<std::vector<KeyRecord>>(std::move(owners), std::move(done),
                                 query::kGetKeys);
  }
  void ReplaceKey(ReplaceKeyRequest request, base::DoneStatus done) override {
    WriteStatus(std::move(request), std::move(done), query::kReplaceKey);
  }
  void DestroyKey(DestroyKeyRequest request, base::DoneStatus done) override {
    WriteStatus(request, std::move(done), query::kDestroyKey);
  }
  void ListKeys(ListKeysRequest request, base::Done<KeyPage> done) override {
    Read<KeyPage>(request, std::move(done), query::kListKeys);
  }

  void PutBlob(PutBlobRequest request, base::Done<std::string> done) override {
    Write<std::string>(std::move(request), 0, std::move(done), query::kPutBlob);
  }
  void GetBlob(std::string hash,
               base::Done<std::optional<Blob>> done) override {
    Read<std::optional<Blob>>(std::move(hash), std::move(done),
                              query::kGetBlob);
  }
  void ListBlobs(ListBlobsRequest request, base::Done<BlobPage> done) override {
    Read<BlobPage>(std::move(request), std::move(done), query::kListBlobs);
  }

 private:
  enum class Access { kRead, kWrite };

  // Completes `done` with what speaks against the call, if anything does.
  template <typename Request, typename DoneT>
  bool Refused(const Request& request, Access access, DoneT& done) {
    absl::Status checked;
    // What has no bounds has no check.
    if constexpr (requires { CheckRequest(request); }) {
      checked = CheckRequest(request);
    }
    if (checked.ok() && access == Access::kWrite && parts_.writer == nullptr) {
      checked = OpenedReadOnly();
    }
    if (checked.ok()) return false;
    parts_.executor.Post(
        [done = std::move(done), checked = std::move(checked)]() mutable {
          std::move(done)(std::move(checked));
        });
    return true;
  }

  template <typename T, typename Request, typename Call>
  void Read(Request request, base::Done<T> done, Call call) {
    if (Refused(request, Access::kRead, done)) return;
    parts_.readers->template Enqueue<T>(
        std::move(done), [request = std::move(request), call](auto& db) {
          return call(db, request);
        });
  }

  template <typename T, typename Request, typename Call>
  void Write(Request request, size_t bytes, base::Done<T> done, Call call) {
    if (Refused(request, Access::kWrite, done)) return;
    parts_.writer->template Enqueue<T>(
        bytes, std::move(done),
        [request = std::move(request), call](auto& context) {
          return call(context, request);
        });
  }

  template <typename Request, typename Call>
  void WriteStatus(Request request, base::DoneStatus done, Call call) {
    if (Refused(request, Access::kWrite, done)) return;
    parts_.writer->EnqueueStatus(
        std::move(done), [request = std::move(request), call](auto& context) {
          return call(context, request);
        });
  }

  const Parts parts_;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_QUERY_STORE_H_

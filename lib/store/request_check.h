// lib/store/request_check.h: what every backend refuses before it begins.
//
// For backends only: the bounds are part of the contract, so they are checked
// by one piece of code rather than once a database. Each function answers
// INVALID_ARGUMENT listing everything that is out of bounds, with paths such
// as "put_rows[3].id"; no stored value is ever repeated in the text.
//
//   if (absl::Status s = CheckRequest(request); !s.ok()) { ... }
//   const int32_t limit = PageLimit(request.limit);

#ifndef CAREROUTE_LIB_STORE_REQUEST_CHECK_H_
#define CAREROUTE_LIB_STORE_REQUEST_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "lib/store/store.h"

namespace careroute::store {

[[nodiscard]] absl::Status CheckRequest(const AppendRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ReadEventsRequest& request);
[[nodiscard]] absl::Status CheckRequest(const LoadRequest& request);
[[nodiscard]] absl::Status CheckRequest(
    const std::vector<ReadEventsRequest>& requests);
[[nodiscard]] absl::Status CheckRequest(
    const std::vector<LoadRequest>& requests);
[[nodiscard]] absl::Status CheckRequest(const ListStreamsRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ScanRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ScanManyRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ScanChangedRequest& request);
[[nodiscard]] absl::Status CheckRequest(const PurgeRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ClaimRequest& request);
[[nodiscard]] absl::Status CheckRequest(const TakeDueRequest& request);
[[nodiscard]] absl::Status CheckRequest(const std::vector<OutboxKey>& settled);
[[nodiscard]] absl::Status CheckRequest(const RescheduleRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ListOutboxRequest& request);
[[nodiscard]] absl::Status CheckRequest(const DueNowRequest& request);
[[nodiscard]] absl::Status CheckRequest(const std::vector<StreamId>& owners);
[[nodiscard]] absl::Status CheckRequest(const ReplaceKeyRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ListKeysRequest& request);
[[nodiscard]] absl::Status CheckRequest(const PutBlobRequest& request);
[[nodiscard]] absl::Status CheckRequest(const ListBlobsRequest& request);

// How many entries a page may hold: what was asked for, at most kPageRowsMax.
[[nodiscard]] int32_t PageLimit(int32_t asked);

// The version a request record of this append points at: that of its first
// event, or of the head when it brings none.
[[nodiscard]] int64_t FirstVersion(const AppendRequest& request);

// Every list this append puts rows in or deletes rows from, each once.
[[nodiscard]] std::vector<IndexList> ChangedLists(const AppendRequest& request);

// Every lane this append puts outbox rows in, each once.
[[nodiscard]] std::vector<std::string> LanesOf(const AppendRequest& request);

// What an append weighs in a queue and against kAppendBytesMax: the bytes of
// all its variable fields.
[[nodiscard]] size_t AppendBytes(const AppendRequest& request);

// Whether a page that has begun is full by rows or by bytes.
//
//   PageFill fill(request.limit);
//   while (...next entry...) { if (!fill.Take(entry.bytes.size())) break; ... }
class PageFill {
 public:
  explicit PageFill(int32_t asked) : rows_left_(PageLimit(asked)) {}

  // Counts an entry of this size in; false when it no longer fits, which
  // means that the page ends before it and more follows.
  [[nodiscard]] bool Take(size_t bytes);

 private:
  int32_t rows_left_;
  size_t bytes_ = 0;
};

}  // namespace careroute::store

#endif  // CAREROUTE_LIB_STORE_REQUEST_CHECK_H_

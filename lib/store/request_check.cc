#include "lib/store/request_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "lib/base/hash.h"
#include "lib/base/problems.h"

namespace careroute::store {
namespace {

using base::Problems;

struct SizeBounds {
  size_t min = 0;
  size_t max = 0;
};

void CheckSize(Problems& problems, absl::string_view field, size_t size,
               SizeBounds bounds) {
  if (size < bounds.min || size > bounds.max) {
    problems.Error(field, "SIZE",
                   absl::StrCat("has ", size, " bytes or entries"),
                   absl::StrCat("give ", bounds.min, " to ", bounds.max));
  }
}

void CheckLimit(Problems& problems, int32_t limit) {
  if (limit < 1) {
    problems.Error("limit", "LIMIT", "a page needs at least one entry",
                   "give 1 or more");
  }
}

void CheckVersion(Problems& problems, absl::string_view field,
                  int64_t version) {
  if (version < 0) {
    problems.Error(field, "VERSION", "versions start at 0", "give 0 or more");
  }
}

void CheckList(Problems& problems, const IndexList& list) {
  CheckSize(problems, "list.key", list.key.size(), {.max = kIndexKeyBytesMax});
}

void CheckRow(Problems& problems, const IndexRow& row) {
  CheckList(problems, row.list);
  CheckSize(problems, "sort", row.sort.size(), {.max = kIndexSortBytesMax});
  CheckSize(problems, "id", row.id.size(), {.min = 1, .max = kIndexIdBytesMax});
  CheckSize(problems, "payload", row.payload.size(),
            {.max = kIndexPayloadBytesMax});
}

void CheckRows(Problems& problems, const AppendRequest& request) {
  CheckSize(problems, "put_rows",
            request.put_rows.size() + request.delete_rows.size(),
            {.max = kRowsPerAppendMax});
  std::set<std::tuple<const IndexList&, const std::string&>> seen;
  const auto check_once = [&](const IndexList& list, const std::string& id) {
    if (!seen.insert(std::tie(list, id)).second) {
      problems.Error("", "REPEATED", "one append names this row twice",
                     "put it or delete it, once");
    }
  };
  for (size_t i = 0; i < request.put_rows.size(); ++i) {
    const auto at = problems.Enter("put_rows", static_cast<int>(i));
    CheckRow(problems, request.put_rows[i]);
    check_once(request.put_rows[i].list, request.put_rows[i].id);
  }
  for (size_t i = 0; i < request.delete_rows.size(); ++i) {
    const auto at = problems.Enter("delete_rows", static_cast<int>(i));
    CheckList(problems, request.delete_rows[i].list);
    check_once(request.delete_rows[i].list, request.delete_rows[i].id);
  }
}

void CheckEvents(Problems& problems, const AppendRequest& request) {
  CheckSize(problems, "events", request.events.size(),
            {.max = kEventsPerAppendMax});
  for (size_t i = 0; i < request.events.size(); ++i) {
    const auto at = problems.Enter("events", static_cast<int>(i));
    CheckSize(problems, "bytes", request.events[i].bytes.size(),
              {.min = 1, .max = kEventBytesMax});
    CheckSize(problems, "chain_hash", request.events[i].chain_hash.size(),
              {.min = base::kSha256Size, .max = base::kSha256Size});
  }
}

size_t AnswerBytes(const RequestRecord& record) {
  return record.answer.has_value() ? record.answer->size() : 0;
}

void CheckRequestRecord(Problems& problems, const RequestRecord& record) {
  const auto at = problems.Enter("request");
  CheckSize(problems, "key.caller_key", record.key.caller_key.size(),
            {.min = 1, .max = kCallerKeyBytesMax});
  CheckSize(problems, "key.request_id", record.key.request_id.size(),
            {.min = 1, .max = kRequestIdBytesMax});
  CheckSize(problems, "body_hash", record.body_hash.size(),
            {.min = base::kSha256Size, .max = base::kSha256Size});
  CheckSize(problems, "answer", AnswerBytes(record), {.max = kAnswerBytesMax});
}

void CheckLane(Problems& problems, const std::string& lane) {
  CheckSize(problems, "lane", lane.size(), {.max = kDestinationBytesMax});
}

void CheckOutbox(Problems& problems, const std::vector<OutboxRow>& rows) {
  CheckSize(problems, "outbox", rows.size(), {.max = kOutboxRowsPerAppendMax});
  std::set<int64_t> sequences;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto at = problems.Enter("outbox", static_cast<int>(i));
    CheckSize(problems, "destination", rows[i].destination.size(),
              {.min = 1, .max = kDestinationBytesMax});
    CheckLane(problems, rows[i].lane);
    if (!sequences.insert(rows[i].key.sequence).second) {
      problems.Error("key.sequence", "REPEATED",
                     "one append uses this sequence number twice",
                     "number the rows of a stream without repeats");
    }
  }
}

void CheckKey(Problems& problems, absl::string_view field,
              const WrappedKey& key) {
  CheckSize(problems, field, key.wrapped.size(),
            {.min = 1, .max = kWrappedKeyBytesMax});
}

void CheckClaims(Problems& problems, const AppendRequest& request) {
  CheckSize(problems, "confirm_claims",
            request.confirm_claims.size() + request.release_claims.size(),
            {.max = kClaimsPerAppendMax});
  for (const std::string& key : request.confirm_claims) {
    CheckSize(problems, "confirm_claims", key.size(),
              {.min = 1, .max = kClaimKeyBytesMax});
  }
  for (const std::string& key : request.release_claims) {
    CheckSize(problems, "release_claims", key.size(),
              {.min = 1, .max = kClaimKeyBytesMax});
  }
}

// A request whose only bound is its page limit.
absl::Status CheckLimitOnly(int32_t limit) {
  Problems problems;
  CheckLimit(problems, limit);
  return problems.ToStatus();
}

void CheckRead(Problems& problems, const ReadEventsRequest& request) {
  CheckVersion(problems, "after_version", request.after_version);
  CheckLimit(problems, request.limit);
}

void CheckRead(Problems& problems, const LoadRequest& request) {
  CheckVersion(problems, "known_version", request.known_version);
}

template <typename Request>
absl::Status CheckReads(const std::vector<Request>& requests) {
  Problems problems;
  CheckSize(problems, "requests", requests.size(),
            {.min = 1, .max = kStreamsPerReadMax});
  for (size_t i = 0; i < requests.size(); ++i) {
    const auto at = problems.Enter("requests", static_cast<int>(i));
    CheckRead(problems, requests[i]);
  }
  return problems.ToStatus();
}

}  // namespace

absl::Status CheckRequest(const AppendRequest& request) {
  Problems problems;
  CheckVersion(problems, "expected_version", request.expected_version);
  CheckEvents(problems, request);
  CheckRows(problems, request);
  CheckOutbox(problems, request.outbox);
  CheckClaims(problems, request);
  if (request.snapshot.has_value()) {
    CheckSize(problems, "snapshot.bytes", request.snapshot->bytes.size(),
              {.min = 1, .max = kSnapshotBytesMax});
  }
  if (request.request.has_value()) {
    CheckRequestRecord(problems, *request.request);
  }
  if (request.put_key.has_value()) {
    CheckKey(problems, "put_key.wrapped", *request.put_key);
    if (request.destroy_key) {
      problems.Error("destroy_key", "CONTRADICTION",
                     "one append both brings and destroys the stream's key",
                     "do one of them");
    }
  }
  CheckSize(problems, "", AppendBytes(request), {.max = kAppendBytesMax});
  return problems.ToStatus();
}

absl::Status CheckRequest(const ReadEventsRequest& request) {
  Problems problems;
  CheckRead(problems, request);
  return problems.ToStatus();
}

absl::Status CheckRequest(const LoadRequest& request) {
  Problems problems;
  CheckRead(problems, request);
  return problems.ToStatus();
}

absl::Status CheckRequest(const std::vector<ReadEventsRequest>& requests) {
  return CheckReads(requests);
}

absl::Status CheckRequest(const std::vector<LoadRequest>& requests) {
  return CheckReads(requests);
}

absl::Status CheckRequest(const ListStreamsRequest& request) {
  return CheckLimitOnly(request.limit);
}

absl::Status CheckRequest(const ScanRequest& request) {
  return CheckLimitOnly(request.limit);
}

absl::Status CheckRequest(const ScanManyRequest& request) {
  Problems problems;
  CheckSize(problems, "lists", request.lists.size(),
            {.min = 1, .max = kListsPerScanMax});
  CheckLimit(problems, request.limit);
  return problems.ToStatus();
}

absl::Status CheckRequest(const ScanChangedRequest& request) {
  return CheckLimitOnly(request.limit);
}

absl::Status CheckRequest(const PurgeRequest& request) {
  return CheckLimitOnly(request.limit);
}

absl::Status CheckRequest(const ClaimRequest& request) {
  Problems problems;
  CheckSize(problems, "key", request.key.size(),
            {.min = 1, .max = kClaimKeyBytesMax});
  if (request.lapse <= absl::ZeroDuration()) {
    problems.Error("lapse", "LAPSE", "a claim must last",
                   "give a duration above zero");
  }
  return problems.ToStatus();
}

absl::Status CheckRequest(const TakeDueRequest& request) {
  Problems problems;
  CheckLane(problems, request.lane);
  CheckLimit(problems, request.limit);
  if (request.lease <= absl::ZeroDuration()) {
    problems.Error("lease", "LEASE", "a lease must last",
                   "give a duration above zero");
  }
  return problems.ToStatus();
}

absl::Status CheckRequest(const std::vector<OutboxKey>& settled) {
  Problems problems;
  CheckSize(problems, "keys", settled.size(),
            {.min = 1, .max = size_t{kOutboxTakeMax}});
  return problems.ToStatus();
}

absl::Status CheckRequest(const RescheduleRequest& request) {
  Problems problems;
  CheckSize(problems, "problem", request.problem.size(),
            {.max = kProblemBytesMax});
  return problems.ToStatus();
}

absl::Status CheckRequest(const ListOutboxRequest& request) {
  Problems problems;
  CheckLane(problems, request.lane.value_or(""));
  CheckLimit(problems, request.limit);
  return problems.ToStatus();
}

absl::Status CheckRequest(const DueNowRequest& request) {
  Problems problems;
  CheckLane(problems, request.lane);
  CheckLimit(problems, request.limit);
  return problems.ToStatus();
}

absl::Status CheckRequest(const std::vector<StreamId>& owners) {
  Problems problems;
  CheckSize(problems, "owners", owners.size(), {.max = kKeysPerReadMax});
  return problems.ToStatus();
}

absl::Status CheckRequest(const ReplaceKeyRequest& request) {
  Problems problems;
  CheckKey(problems, "key.wrapped", request.key);
  return problems.ToStatus();
}

absl::Status CheckRequest(const ListKeysRequest& request) {
  return CheckLimitOnly(request.limit);
}

absl::Status CheckRequest(const PutBlobRequest& request) {
  Problems problems;
  CheckSize(problems, "bytes", request.bytes.size(),
            {.min = 1, .max = kBlobBytesMax});
  return problems.ToStatus();
}

absl::Status CheckRequest(const ListBlobsRequest& request) {
  return CheckLimitOnly(request.limit);
}

int32_t PageLimit(int32_t asked) { return std::min(asked, kPageRowsMax); }

int64_t FirstVersion(const AppendRequest& request) {
  return request.expected_version + (request.events.empty() ? 0 : 1);
}

std::vector<IndexList> ChangedLists(const AppendRequest& request) {
  std::vector<IndexList> changed;
  changed.reserve(request.put_rows.size() + request.delete_rows.size());
  for (const IndexRow& row : request.put_rows) {
    changed.push_back(row.list);
  }
  for (const IndexRowId& row : request.delete_rows) {
    changed.push_back(row.list);
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

std::vector<std::string> LanesOf(const AppendRequest& request) {
  std::set<std::string> lanes;
  for (const OutboxRow& row : request.outbox) {
    lanes.insert(row.lane);
  }
  return {lanes.begin(), lanes.end()};
}

size_t AppendBytes(const AppendRequest& request) {
  size_t bytes = 0;
  for (const NewEvent& event : request.events) {
    bytes += event.bytes.size() + event.chain_hash.size();
  }
  if (request.snapshot.has_value()) {
    bytes += request.snapshot->bytes.size();
  }
  if (request.request.has_value()) {
    bytes += AnswerBytes(*request.request);
  }
  for (const IndexRow& row : request.put_rows) {
    bytes += row.list.key.size() + row.sort.size() + row.id.size() +
             row.payload.size();
  }
  for (const IndexRowId& row : request.delete_rows) {
    bytes += row.list.key.size() + row.id.size();
  }
  for (const OutboxRow& row : request.outbox) {
    bytes += row.destination.size() + row.lane.size();
  }
  return bytes;
}

bool PageFill::Take(size_t bytes) {
  const bool first = bytes_ == 0;
  if (rows_left_ == 0 || (!first && bytes_ + bytes > kPageBytesMax)) {
    return false;
  }
  --rows_left_;
  bytes_ += bytes + 1;  // so that empty entries count as begun
  return true;
}

}  // namespace careroute::store

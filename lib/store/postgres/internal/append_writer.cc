#include "lib/store/postgres/internal/append_writer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/store/chain.h"
#include "lib/store/errors.h"
#include "lib/store/postgres/internal/batch.h"
#include "lib/store/postgres/internal/claim_queries.h"
#include "lib/store/postgres/internal/event_queries.h"
#include "lib/store/postgres/internal/index_queries.h"
#include "lib/store/postgres/internal/key_queries.h"
#include "lib/store/postgres/internal/outbox_queries.h"
#include "lib/store/postgres/internal/stamp.h"
#include "lib/store/request_check.h"

namespace careroute::store::postgres {
namespace {

// How often a write that the server broke off for another's sake is tried.
constexpr int kTriesMax = 5;

constexpr char kTakeNextVersion[] =
    "INSERT INTO events (stream, version, chain_hash, stamp, bytes) "
    "VALUES ($1, $2, '', " CAREROUTE_STAMP ", '')";
constexpr char kLeaveNextVersion[] =
    "DELETE FROM events WHERE stream = $1 AND version = $2";

absl::StatusOr<std::optional<std::string>> HashBefore(
    Connection& db, const AppendRequest& request) {
  if (request.expected_version == 0) {
    return std::optional<std::string>(ChainStart());
  }
  std::optional<std::string> known =
      db.heads()->HashAt(request.stream, request.expected_version);
  if (known.has_value()) return known;
  return ReadHash(db, request.stream, request.expected_version);
}

// The head after the append; none when its events do not link to `hash`.
std::optional<StreamHead> HeadAfter(const AppendRequest& request,
                                    std::string hash) {
  StreamHead head{.stream = request.stream,
                  .version = request.expected_version,
                  .hash = std::move(hash)};
  for (const NewEvent& event : request.events) {
    head.hash = ChainHash({.previous = head.hash, .stored = event.bytes});
    if (head.hash != event.chain_hash) return std::nullopt;
    ++head.version;
  }
  return head;
}

// An append without events would not notice that others go on meanwhile. It
// takes the place of the next event and leaves it again: whoever wants it
// waits for the end of this transaction.
void HoldVersion(const AppendRequest& request, Batch& batch) {
  const int64_t next = request.expected_version + 1;
  batch.Add(kTakeNextVersion, Params(request.stream, next));
  batch.Add(kLeaveNextVersion, Params(request.stream, next));
}

Batch BatchOf(const AppendRequest& request, const StreamHead& after) {
  Batch batch;
  if (request.events.empty()) HoldVersion(request, batch);
  AddEvents(request, after, batch);
  AddClaims(request, batch);
  AddKey(request, batch);
  AddOutbox(request, batch);
  AddRows(request, batch);
  return batch;
}

// Why the append cannot be, in the order of the contract; `otherwise` when
// nothing speaks against it.
absl::StatusOr<AppendResult> Explain(Connection& db,
                                     const AppendRequest& request,
                                     absl::Status otherwise) {
  if (request.request.has_value()) {
    CAREROUTE_ASSIGN_OR_RETURN(std::optional<RequestRecord> duplicate,
                               FindRequest(db, {.stream = request.stream,
                                                .key = request.request->key}));
    if (duplicate.has_value()) {
      CAREROUTE_ASSIGN_OR_RETURN(StreamHead head, ReadHead(db, request.stream));
      return AppendResult{.version = head.version,
                          .head_hash = std::move(head.hash),
                          .duplicate = std::move(duplicate)};
    }
  }
  CAREROUTE_ASSIGN_OR_RETURN(const StreamHead head,
                             ReadHead(db, request.stream));
  if (head.version != request.expected_version) {
    return VersionConflict(head.version);
  }
  if (absl::IsDataLoss(otherwise)) return otherwise;
  if (request.put_key.has_value()) {
    CAREROUTE_ASSIGN_OR_RETURN(const std::vector<KeyRecord> keys,
                               GetKeys(db, {request.stream}));
    if (!keys.empty()) {
      return keys[0].destroyed.has_value() ? KeyDestroyed() : KeyExists();
    }
  }
  CAREROUTE_ASSIGN_OR_RETURN(const bool taken, OutboxTaken(db, request));
  if (taken) return OutboxSequenceTaken();
  return otherwise;
}

// ABORTED without a version when it may be tried again.
absl::StatusOr<AppendResult> TryAppend(WriteContext& context,
                                       const AppendRequest& request) {
  Connection& db = context.db;
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<std::string> before,
                             HashBefore(db, request));
  const absl::Status again =
      absl::AbortedError("another write went on at the same place; try again");
  if (!before.has_value()) return Explain(db, request, again);
  std::optional<StreamHead> after = HeadAfter(request, *before);
  if (!after.has_value()) return Explain(db, request, BrokenChain());
  if (request.destroy_key) {
    CAREROUTE_RETURN_IF_ERROR(
        NameErasure(context, request.stream, request.recorded_time));
    context.destroys_key = true;
  }
  const absl::Status written = BatchOf(request, *after).Commit(db).status();
  if (absl::IsAlreadyExists(written)) return Explain(db, request, again);
  CAREROUTE_RETURN_IF_ERROR(written);
  db.heads()->Put(*after);
  AppendResult result{.version = after->version, .head_hash = after->hash};
  context.commit = {.head = *std::move(after),
                    .changed_lists = ChangedLists(request),
                    .lanes = LanesOf(request)};
  return result;
}

}  // namespace

absl::StatusOr<AppendResult> WriteAppend(WriteContext& context,
                                         const AppendRequest& request) {
  absl::StatusOr<AppendResult> result = TryAppend(context, request);
  for (int tries = 1; tries < kTriesMax && absl::IsAborted(result.status()) &&
                      !ConflictingVersion(result.status()).has_value();
       ++tries) {
    result = TryAppend(context, request);
  }
  return result;
}

}  // namespace careroute::store::postgres

#include "lib/store/sqlite/internal/append_writer.h"

#include <optional>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/request_check.h"
#include "lib/store/sqlite/internal/claim_queries.h"
#include "lib/store/sqlite/internal/event_queries.h"
#include "lib/store/sqlite/internal/index_queries.h"
#include "lib/store/sqlite/internal/key_queries.h"
#include "lib/store/sqlite/internal/outbox_queries.h"

namespace careroute::store::internal {
namespace {

// Inserted without being looked for first: what is new is the rule, and the
// table finds the other itself.
absl::StatusOr<std::optional<RequestRecord>> WriteRequest(
    Connection& db, const AppendRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const bool is_new, InsertRequest(db, request));
  if (is_new) return std::optional<RequestRecord>();
  return FindRequest(db,
                     {.stream = request.stream, .key = request.request->key});
}

}  // namespace

absl::StatusOr<AppendResult> WriteAppend(WriteContext& context,
                                         const AppendRequest& request) {
  Connection& db = context.db;
  CAREROUTE_ASSIGN_OR_RETURN(StreamHead head, ReadHead(db, request.stream));
  if (request.request.has_value()) {
    CAREROUTE_ASSIGN_OR_RETURN(std::optional<RequestRecord> duplicate,
                               WriteRequest(db, request));
    if (duplicate.has_value()) {
      return AppendResult{.version = head.version,
                          .head_hash = head.hash,
                          .duplicate = std::move(duplicate)};
    }
  }
  if (head.version != request.expected_version) {
    return VersionConflict(head.version);
  }
  CAREROUTE_ASSIGN_OR_RETURN(head, WriteEvents(db, head, request));
  CAREROUTE_RETURN_IF_ERROR(WriteClaims(db, request));
  if (request.destroy_key) {
    CAREROUTE_RETURN_IF_ERROR(DestroyKey(
        context, {.owner = request.stream, .now = request.recorded_time}));
  }
  CAREROUTE_RETURN_IF_ERROR(WriteKey(db, request));
  CAREROUTE_RETURN_IF_ERROR(WriteOutbox(db, request));
  CAREROUTE_RETURN_IF_ERROR(WriteRows(db, request, context.last_stamp));
  AppendResult result{.version = head.version, .head_hash = head.hash};
  context.commit = {.head = std::move(head),
                    .changed_lists = ChangedLists(request),
                    .lanes = LanesOf(request)};
  return result;
}

}  // namespace careroute::store::internal

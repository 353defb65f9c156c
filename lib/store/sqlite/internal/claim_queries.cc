#include "lib/store/sqlite/internal/claim_queries.h"

#include <algorithm>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {
namespace {

constexpr char kSelectClaim[] =
    "SELECT owner, confirmed, claimed FROM claims WHERE claim_key = ?";
constexpr char kPutClaim[] =
    "INSERT INTO claims (claim_key, owner, confirmed, claimed) "
    "VALUES (?, ?, ?, ?) ON CONFLICT (claim_key) DO UPDATE SET "
    "owner = excluded.owner, claimed = excluded.claimed";
constexpr char kConfirmClaim[] =
    "UPDATE claims SET confirmed = 1 WHERE claim_key = ? AND owner = ?";
constexpr char kDeleteClaim[] =
    "DELETE FROM claims WHERE claim_key = ? AND owner = ?";

constexpr char kInsertOutbox[] =
    "INSERT INTO outbox (stream, sequence, destination, event_version, due, "
    "attempts) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING";
constexpr char kSelectDue[] =
    "SELECT stream, sequence, destination, event_version, due, attempts, "
    "problem FROM outbox WHERE due <= ? ORDER BY due, stream, sequence LIMIT ?";
constexpr char kSelectWaiting[] =
    "SELECT stream, sequence, destination, event_version, due, attempts, "
    "problem FROM outbox WHERE (stream, sequence) > (?, ?) "
    "ORDER BY stream, sequence LIMIT ?";
constexpr char kTakeOutbox[] =
    "UPDATE outbox SET due = ?, attempts = ? WHERE stream = ? AND "
    "sequence = ?";
constexpr char kRescheduleOutbox[] =
    "UPDATE outbox SET due = ?, problem = ? WHERE stream = ? AND "
    "sequence = ?";
constexpr char kDeleteOutbox[] =
    "DELETE FROM outbox WHERE stream = ? AND sequence = ?";

struct HeldClaim {
  Claim claim;
  absl::Time claimed;
};

absl::StatusOr<std::optional<HeldClaim>> ReadClaim(Connection& db,
                                                   const std::string& key) {
  Query query(db, kSelectClaim);
  query.Bind(key);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<HeldClaim>();
  }
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId owner, query.Stream(0));
  return std::optional<HeldClaim>(
      {.claim = {.owner = owner, .confirmed = query.Int(1) != 0},
       .claimed = query.Time(2)});
}

// Of the columns both selects name.
absl::StatusOr<OutboxRow> OutboxRowOf(Query& query) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId stream, query.Stream(0));
  return OutboxRow{.key = {.stream = stream, .sequence = query.Int(1)},
                   .destination = query.Bytes(2),
                   .event_version = query.Int(3),
                   .due = query.Time(4),
                   .attempts = static_cast<int32_t>(query.Int(5)),
                   .problem = query.Bytes(6)};
}

absl::StatusOr<std::vector<OutboxRow>> SelectDue(
    Connection& db, const TakeDueRequest& request) {
  std::vector<OutboxRow> rows;
  Query query(db, kSelectDue);
  query.Bind(request.now, std::min(request.limit, kOutboxTakeMax));
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return rows;
    }
    CAREROUTE_ASSIGN_OR_RETURN(OutboxRow row, OutboxRowOf(query));
    row.due = request.now + request.lease;
    ++row.attempts;
    rows.push_back(std::move(row));
  }
}

}  // namespace

absl::StatusOr<Claim> ClaimUnique(Connection& db, const ClaimRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<HeldClaim> held,
                             ReadClaim(db, request.key));
  Claim claim{.owner = request.owner};
  if (held.has_value()) {
    const bool is_own = held->claim.owner == request.owner;
    const bool lapsed =
        !held->claim.confirmed && ClaimLapsed(held->claimed, request);
    if (!is_own && !lapsed) {
      return held->claim;
    }
    claim.confirmed = held->claim.confirmed;
  }
  Query query(db, kPutClaim);
  query.Bind(request.key, request.owner, claim.confirmed ? 1 : 0, request.now);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return claim;
}

absl::StatusOr<std::optional<Claim>> FindClaim(Connection& db,
                                               const std::string& key) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<HeldClaim> held,
                             ReadClaim(db, key));
  if (!held.has_value()) {
    return std::optional<Claim>();
  }
  return std::optional<Claim>(held->claim);
}

absl::Status ReleaseClaim(Connection& db, const ReleaseRequest& request) {
  Query query(db, kDeleteClaim);
  query.Bind(request.key, request.owner);
  return query.Run();
}

absl::Status WriteClaims(Connection& db, const AppendRequest& request) {
  for (const std::string& key : request.confirm_claims) {
    Query query(db, kConfirmClaim);
    query.Bind(key, request.stream);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
    if (db.changed() == 0) {
      return ClaimNotHeld();
    }
  }
  for (const std::string& key : request.release_claims) {
    CAREROUTE_RETURN_IF_ERROR(
        ReleaseClaim(db, {.key = key, .owner = request.stream}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<OutboxRow>> TakeDue(Connection& db,
                                               const TakeDueRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(std::vector<OutboxRow> rows,
                             SelectDue(db, request));
  for (const OutboxRow& row : rows) {
    Query query(db, kTakeOutbox);
    query.Bind(row.due, row.attempts, row.key.stream, row.key.sequence);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
  }
  return rows;
}

absl::Status Settle(Connection& db, const OutboxKey& key) {
  Query query(db, kDeleteOutbox);
  query.Bind(key.stream, key.sequence);
  return query.Run();
}

absl::Status Reschedule(Connection& db, const RescheduleRequest& request) {
  Query query(db, kRescheduleOutbox);
  query.Bind(request.due, request.problem, request.key.stream,
             request.key.sequence);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return db.changed() == 0 ? OutboxRowMissing() : absl::OkStatus();
}

absl::StatusOr<OutboxPage> ListOutbox(Connection& db,
                                      const ListOutboxRequest& request) {
  // No stream's bytes are empty: every row comes after none.
  std::string stream;
  int64_t sequence = 0;
  if (request.after.has_value()) {
    stream = request.after->stream.Bytes();
    sequence = request.after->sequence;
  }
  Query query(db, kSelectWaiting);
  query.Bind(stream, sequence, PageLimit(request.limit) + 1);
  OutboxPage page;
  PageFill fill(request.limit);
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return page;
    }
    CAREROUTE_ASSIGN_OR_RETURN(OutboxRow row, OutboxRowOf(query));
    if (!fill.Take(row.destination.size())) {
      page.more = true;
      return page;
    }
    page.rows.push_back(std::move(row));
  }
}

absl::Status WriteOutbox(Connection& db, const AppendRequest& request) {
  for (const OutboxRow& row : request.outbox) {
    Query query(db, kInsertOutbox);
    query.Bind(request.stream, row.key.sequence, row.destination,
               row.event_version, row.due);
    CAREROUTE_RETURN_IF_ERROR(query.Run());
    if (db.changed() == 0) {
      return OutboxSequenceTaken();
    }
  }
  return absl::OkStatus();
}

}  // namespace careroute::store::internal

#include "lib/store/sqlite/internal/claim_queries.h"

#include "lib/base/status_macros.h"
#include "lib/store/errors.h"

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

}  // namespace careroute::store::internal
